import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { mounted } from "./mounted.test-support.js";
import { NumberField } from "./number-field.js";

const place = mounted();

test("Escape gives up what was typed and not taken; once more it is for what the field stands in", async () => {
  const taken: (number | undefined)[] = [];
  const heard: string[] = [];
  flushSync(() =>
    place.root.render(
      // biome-ignore lint/a11y/noStaticElementInteractions: listens as a panel does
      <div onKeyDown={({ key }) => heard.push(key)}>
        <NumberField
          label="At least"
          unit=""
          decimals={0}
          minimum={0}
          maximum={16}
          value={3}
          onChange={(one) => taken.push(one)}
        />
      </div>,
    ),
  );
  const field = place.box.querySelector("input")!;
  field.focus();
  await userEvent.keyboard("9v{Enter}");
  await expect.poll(() => place.box.textContent).toContain("A number from 0 to 16.");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => place.box.textContent).not.toContain("A number from 0 to 16.");
  expect([field.value, taken, heard]).toEqual(["3", [], []]);
  await userEvent.keyboard("{Escape}");
  expect(heard).toEqual(["Escape"]);
});

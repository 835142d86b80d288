import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { mounted } from "../../ui/mounted.test-support.js";
import { RovingToolbar } from "./roving-toolbar.js";

const place = mounted();

function draw(titles: readonly string[], hasOptions = false): void {
  flushSync(() =>
    place.root.render(
      <>
        <input aria-label="before" />
        <RovingToolbar label="Selection">
          {titles.map((title) => (
            <button key={title} type="button" aria-pressed={title === "Lasso"}>
              {title}
            </button>
          ))}
          {hasOptions && <input type="range" aria-label="Size" />}
        </RovingToolbar>
        <input aria-label="after" />
      </>,
    ),
  );
}

const focused = () => document.activeElement?.ariaLabel ?? document.activeElement?.textContent;
const stops = () =>
  [...place.box.querySelectorAll("button")].filter(({ tabIndex }) => tabIndex === 0).map((one) => one.textContent);

test("the toolbar is one stop of Tab; arrows, Home and End go round in it", async () => {
  draw(["Hand", "Pick", "Lasso", "Clear"]);
  place.box.querySelector<HTMLElement>('[aria-label="before"]')!.focus();
  await userEvent.keyboard("{Tab}");
  expect(focused()).toBe("Lasso");
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  expect(focused()).toBe("Hand");
  await userEvent.keyboard("{ArrowLeft}");
  expect(focused()).toBe("Clear");
  await userEvent.keyboard("{Home}{ArrowRight}");
  expect(focused()).toBe("Pick");
  await userEvent.keyboard("{Tab}");
  expect(focused()).toBe("after");
  await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
  expect(focused()).toBe("Pick");
  await userEvent.keyboard("{End}");
  expect(focused()).toBe("Clear");
});

test("what comes later is no second stop, and what went is none; a slider is a stop of its own", async () => {
  draw(["Hand", "Pick"]);
  expect(stops()).toEqual(["Hand"]);
  draw(["Hand", "Pick", "Connected only"], true);
  await vi.waitFor(() => expect(stops()).toEqual(["Hand"]));
  place.box.querySelector("button")!.focus();
  await userEvent.keyboard("{Tab}");
  expect(focused()).toBe("Size");
  draw(["Pick", "Connected only"]);
  await vi.waitFor(() => expect(stops()).toEqual(["Pick"]));
});

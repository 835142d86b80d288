import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { slowSession } from "../session/hasty.test-support.js";
import type { Session } from "../session/session.js";
import { mounted } from "../ui/mounted.test-support.js";
import { isCharacter, useQuietKeys } from "./use-quiet-keys.js";

const place = mounted();

function Place({ session, heard }: { readonly session: Session; readonly heard: string[] }) {
  useQuietKeys(session);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens as a view does
    <div onKeyDown={({ key }) => heard.push(key)}>
      <button type="button">map</button>
      <input aria-label="name" />
      <div role="dialog">
        <button type="button">in a dialog</button>
      </div>
    </div>
  );
}

test("switched off, single characters reach no view; other keys, and those with Ctrl, do; text and dialogs get them all", async () => {
  const { session } = slowSession({});
  const heard: string[] = [];
  flushSync(() => place.root.render(<Place session={session} heard={heard} />));
  const [map, inDialog] = place.box.querySelectorAll("button");
  const all = "n1[[.{F2}{Escape}{ArrowUp}";
  map!.focus();
  await userEvent.keyboard(all);
  expect(heard.splice(0)).toEqual(["n", "1", "[", ".", "F2", "Escape", "ArrowUp"]);
  session.store.setState({ singleKeys: false });
  await userEvent.keyboard(all);
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(heard.splice(0)).toEqual(["F2", "Escape", "ArrowUp", "Control", "k"]);
  place.box.querySelector("input")!.focus();
  await userEvent.keyboard("n1");
  inDialog!.focus();
  await userEvent.keyboard("f");
  expect(heard).toEqual(["n", "1", "f"]);
});

test("a character is what one key gives without Ctrl or Alt; Space is none", () => {
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
  expect([press("D"), press("!"), press("\\")].map(isCharacter)).toEqual([true, true, true]);
  expect([press("d", true), press(" "), press("Enter")].map(isCharacter)).toEqual([false, false, false]);
});

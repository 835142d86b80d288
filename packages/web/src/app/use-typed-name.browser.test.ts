import { afterEach, expect, test } from "vitest";
import { commandRegistry } from "../session/commands.js";
import { slowSession } from "../session/hasty.test-support.js";
import { shellKeys } from "./use-shell-keys.js";
import { listenForNames } from "./use-typed-name.js";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Everything on the page that keys reach: the names, then the commands. */
function keyboard() {
  const { session } = slowSession();
  const done: string[] = [];
  const commands = commandRegistry();
  const keys = {
    "edit.make-class": "N",
    "spectrum.pin": "P",
    "periodic-table": "E",
    "class.note": "Enter",
    "edit.undo": "Ctrl Z",
  };
  commands.register(Object.entries(keys).map(([id, key]) => ({ id, title: id, keys: key, run: () => void done.push(id) })));
  const given = { ...session, commands };
  stops.push(listenForNames(given));
  const answer = shellKeys(given);
  window.addEventListener("keydown", answer);
  stops.push(() => window.removeEventListener("keydown", answer));
  return { session, done };
}

/** Presses keys, each so many milliseconds after the page began. */
function type(keys: readonly string[], at: (i: number) => number, given: KeyboardEventInit = {}): void {
  for (const [i, key] of keys.entries()) {
    const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...given });
    Object.defineProperty(press, "timeStamp", { value: at(i) });
    document.body.dispatchEvent(press);
  }
}

test("a name that is typed after N without a field for it runs no command, to its last letter", () => {
  const { session, done } = keyboard();
  session.store.setState({ onStart: false });
  type([..."nPepe", "Shift", "N", "e", "Enter"], (i) => 300 * i);
  expect(done).toEqual(["edit.make-class"]);
  type(["p"], () => 3000);
  expect(done).toEqual(["edit.make-class", "spectrum.pin"]);
});

test("after a pause, a click, Escape or another command, letters are commands again", () => {
  const { session, done } = keyboard();
  session.store.setState({ onStart: false });
  type(["n", "p", "e"], (i) => 2000 * i);
  expect(done.splice(0)).toEqual(["edit.make-class", "spectrum.pin", "periodic-table"]);
  type(["n"], () => 10_000);
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  type(["p", "n", "Escape", "e"], () => 10_010);
  expect(done.splice(0)).toEqual(["edit.make-class", "spectrum.pin", "edit.make-class", "periodic-table"]);
  session.store.setState({ singleKeys: false });
  type(["n", "p"], () => 20_000);
  expect(done.splice(0)).toEqual(["edit.make-class", "spectrum.pin"]);
});

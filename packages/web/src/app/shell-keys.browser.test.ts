import { expect, test, vi } from "vitest";
import { commandRegistry } from "../session/commands.js";
import { slowSession } from "../session/hasty.test-support.js";
import { listenForKeys, shellKeys } from "./use-shell-keys.js";

const press = (key: string, given: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, cancelable: true, ...given });

test("a held key does its command once, or again when the time before is done; what comes to nothing says why", async () => {
  const { session } = slowSession();
  const commands = commandRegistry();
  const ends: (() => void)[] = [];
  const long = (): Promise<void> => new Promise((end) => ends.push(end));
  commands.register([
    { id: "edit.make-class", title: "Make a class", keys: "N", run: long },
    { id: "edit.undo", title: "Undo", keys: "Ctrl Z", repeats: true, run: long },
    { id: "run.stop", title: "Stop", keys: "S", unavailable: () => "Nothing is running.", run: () => {} },
    { id: "session.save", title: "Save", keys: "Ctrl S", run: () => Promise.reject(new TypeError("No room.")) },
  ]);
  const answer = shellKeys({ ...session, commands });
  for (let time = 0; time < 3; time++) answer(press("n", { repeat: time > 0 }));
  expect(ends).toHaveLength(1);
  for (let time = 0; time < 3; time++) answer(press("z", { ctrlKey: true, repeat: time > 0 }));
  expect(ends).toHaveLength(2);
  ends[1]!();
  await vi.waitFor(() => {
    answer(press("z", { ctrlKey: true, repeat: true }));
    expect(ends).toHaveLength(3);
  });
  answer(press("z", { ctrlKey: true }));
  expect(ends).toHaveLength(4);
  answer(press("s"));
  await vi.waitFor(() => expect(session.store.getState().said?.sentence).toBe("Nothing is running."));
  answer(press("s", { ctrlKey: true }));
  await vi.waitFor(() => expect(session.store.getState().problem?.details).toContain("No room."));
});

test("Escape that closes a menu, which goes with it and gives the focus back, does nothing else", async () => {
  const { session } = slowSession();
  const commands = commandRegistry();
  const cleared = vi.fn<() => void>();
  commands.register([{ id: "select.clear", title: "Clear selection", keys: "Escape", run: cleared }]);
  const answer = shellKeys({ ...session, commands });
  window.addEventListener("keydown", answer);
  const menu = document.createElement("div");
  menu.role = "menu";
  menu.innerHTML = "<button>Entry</button>";
  document.body.append(menu);
  menu.addEventListener("keydown", () => menu.remove());
  menu.querySelector("button")!.dispatchEvent(press("Escape", { bubbles: true }));
  expect(cleared).toHaveBeenCalledTimes(0);
  document.body.dispatchEvent(press("Escape", { bubbles: true }));
  expect(cleared).toHaveBeenCalledTimes(1);
  window.removeEventListener("keydown", answer);
});

test("from a field that keeps its keys, what runs a command with Ctrl is heard, and what edits its text is not", () => {
  const { session } = slowSession();
  const commands = commandRegistry();
  const done: string[] = [];
  const ways = { "palette.open": "Ctrl K", "file.open": "Ctrl O", "session.save": "Ctrl S", "export.all": "Ctrl E" };
  const others = { "edit.undo": "Ctrl Z", "select.all": "Ctrl A", "edit.make-class": "N", "select.clear": "Escape" };
  commands.register(
    Object.entries({ ...ways, ...others }).map(([id, keys]) => ({ id, title: id, keys, run: () => void done.push(id) })),
  );
  const stop = listenForKeys({ ...session, commands });
  const field = document.createElement("input");
  field.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(field);
  field.focus();
  const pressed = (key: string, ctrlKey: boolean): KeyboardEvent => press(key, { ctrlKey, bubbles: true });
  for (const key of ["k", "o", "s", "e"]) field.dispatchEvent(pressed(key, true));
  expect(done).toEqual(Object.keys(ways));
  for (const key of ["z", "a"]) field.dispatchEvent(pressed(key, true));
  for (const key of ["n", "Escape"]) field.dispatchEvent(pressed(key, false));
  expect(done).toEqual(Object.keys(ways));
  field.remove();
  document.body.dispatchEvent(pressed("k", true));
  expect(done).toEqual([...Object.keys(ways), "palette.open"]);
  stop();
});

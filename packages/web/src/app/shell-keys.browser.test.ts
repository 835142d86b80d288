import { expect, test, vi } from "vitest";
import { commandRegistry } from "../session/commands.js";
import { slowSession } from "../session/hasty.test-support.js";
import { shellKeys } from "./use-shell-keys.js";

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

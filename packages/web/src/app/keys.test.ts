import { expect, test } from "vitest";
import { commandOf, matches, type Pressed } from "./keys.js";

function press(key: string, held: Partial<Pressed> = {}, code = `Key${key.toUpperCase()}`): Pressed {
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

test("keys mean the same with Ctrl and with Command, and every way of writing them counts", () => {
  expect(matches("Ctrl Shift Z, Ctrl Y", press("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(matches("Ctrl Shift Z, Ctrl Y", press("y", { metaKey: true }))).toBe(true);
  expect(matches("Ctrl Z", press("z", { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(matches("N", press("n"))).toBe(true);
  expect(matches("Shift 3", press("§", { shiftKey: true }, "Digit3"))).toBe(true);
  expect(matches("3", press("§", { shiftKey: true }, "Digit3"))).toBe(false);
  expect(matches("?", press("?", { shiftKey: true }, "Minus"))).toBe(true);
});

test("letters are letters in a field and Ctrl Z undoes its text, and Ctrl K still opens the palette", () => {
  const commands = [
    { id: "a", title: "A", keys: "N", run: () => {} },
    { id: "b", title: "B", keys: "Ctrl K", run: () => {} },
  ];
  expect(commandOf(commands, press("n"), true)).toBeUndefined();
  expect(commandOf(commands, press("n"), false)?.id).toBe("a");
  expect(commandOf(commands, press("k", { ctrlKey: true }), true)?.id).toBe("b");
  const undo = { id: "c", title: "C", keys: "Ctrl Z", run: () => {} };
  expect(commandOf([undo], press("z", { ctrlKey: true }), true)).toBeUndefined();
  expect(commandOf([undo], press("z", { ctrlKey: true }), false)?.id).toBe("c");
});

import { expect, test } from "vitest";
import { foundWords } from "./marked-elements.js";

test("the words under the table tell what is marked from what was identified", () => {
  expect(foundWords(["O", "Si"], [], false)).toBe("Filled: 2 marked. Classes are not identified yet.");
  expect(foundWords([], [], false)).toBe("None is marked. Classes are not identified yet.");
  expect(foundWords(["O"], ["O"], true)).toBe("Filled: 1 marked. All that was identified is marked.");
  expect(foundWords(["O", "Zr"], ["O", "Ti"], true)).toBe(
    "Filled: 2 marked. Framed: identified in a class, not marked: Ti. Marked, but identified in no class: Zr.",
  );
});

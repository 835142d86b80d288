import { expect, test } from "vitest";
import { readersNotation } from "./readers-notation.js";

test("points and commas are those of the language", () => {
  expect(readersNotation("en-GB")).toEqual({ decimal: ".", group: "," });
  expect(readersNotation("de-DE")).toEqual({ decimal: ",", group: "." });
  expect(readersNotation("fr-FR").decimal).toBe(",");
  expect(readersNotation("ar-EG").decimal).toMatch(/[.,٫]/);
});

import { setNumberNotation } from "@sigma-eds/core";
import { afterEach, expect, test } from "vitest";
import { readersSentence, withLineWords } from "./line-words.js";

afterEach(() => setNumberNotation({ decimal: ".", group: "," }));

test("lines have the names that people write", () => {
  expect(withLineWords("Resolution from Ca_Ka (98.2 eV).")).toBe("Resolution from Ca Kα (98.2 eV).");
});

test("decimals have the reader's sign; ends of sentences, versions and names have their points", () => {
  setNumberNotation({ decimal: ",", group: "." });
  expect(readersSentence("Smoothed over 0.86, 1.72 pixels; at 0.86 it was decided. Version 0.1.0 of map2.5b.tif, 4.")).toBe(
    "Smoothed over 0,86, 1,72 pixels; at 0,86 it was decided. Version 0.1.0 of map2.5b.tif, 4.",
  );
});

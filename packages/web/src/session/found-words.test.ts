import { expect, test } from "vitest";
import { foundWords } from "./found-words.js";

type Found = Parameters<typeof foundWords>[0];

const words = (given: Partial<Record<keyof Found, unknown>>): string =>
  foundWords({ classes: [{}, {}], ...given } as unknown as Found, { cluster: 7.6 }).replace(/[\u00a0\u202f]/g, " ");

test("what is unassigned and what is not explained is said with what was found", () => {
  expect(words({})).toBe("2 classes in 8 s.");
  expect(words({ labels: Int32Array.of(0, 1, 1, 0) })).toBe("2 classes in 8 s.");
  expect(words({ labels: Int32Array.of(0, 1, -1, 0), unmixing: { unexplainedShare: 0.014 } })).toBe(
    "2 classes in 8 s. 25.0 % of pixels are unassigned, 1.4 % of counts are not explained.",
  );
});

test("so are edits that could not be repeated", () => {
  const edit = { action: "rename" };
  const gone = { code: "class-gone", message: "" };
  const outcomes = [undefined, gone, undefined].map((refusal) => ({ edit, refusal }));
  expect(words({ edits: { outcomes } })).toBe("2 classes in 8 s. 2 of 3 edits repeated: see History.");
  expect(words({ edits: { outcomes: outcomes.slice(0, 1) } })).toBe("2 classes in 8 s.");
  const kept = { edit: { action: "keep-colours" }, refusal: undefined };
  expect(words({ edits: { outcomes: [kept, ...outcomes] } })).toBe("2 classes in 8 s. 2 of 3 edits repeated: see History.");
});

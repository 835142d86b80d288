import { expect, test } from "vitest";
import { wholeClassOf } from "./masks.js";

const labels = Int32Array.of(0, 0, 1, 1, -1);

test("all pixels of a class and no others are that class", () => {
  expect(wholeClassOf(Uint8Array.of(0, 0, 1, 1, 0), labels)).toBe(1);
  expect(wholeClassOf(Uint8Array.of(0, 0, 1, 0, 0), labels)).toBeUndefined();
  expect(wholeClassOf(Uint8Array.of(0, 1, 1, 1, 0), labels)).toBeUndefined();
  expect(wholeClassOf(Uint8Array.of(0, 0, 0, 0, 1), labels)).toBeUndefined();
  expect(wholeClassOf(new Uint8Array(5), labels)).toBeUndefined();
});

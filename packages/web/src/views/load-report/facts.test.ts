import { expect, test } from "vitest";
import { countsVerdict } from "./facts.js";

test("lost counts are told, with how many and what share", () => {
  expect(countsVerdict({ totalCounts: 90, statedCounts: { value: 90, where: "header" } }).good).toBe(true);
  const { good, sentence } = countsVerdict({ totalCounts: 90, statedCounts: { value: 100, where: "header" } });
  expect(good).toBe(false);
  expect(sentence).toBe("The file states 100 counts, 10 more than were read (10 %).");
  expect(countsVerdict({ totalCounts: 90, statedCounts: undefined }).sentence).toMatch(/no sum/);
});

import { expect, test } from "vitest";
import { alikeTogether, countsVerdict } from "./facts.js";

test("lost counts are told, with how many and what share", () => {
  expect(countsVerdict({ totalCounts: 90, statedCounts: { value: 90, where: "header" } }).good).toBe(true);
  const { good, sentence } = countsVerdict({ totalCounts: 90, statedCounts: { value: 100, where: "header" } });
  expect(good).toBe(false);
  expect(sentence).toBe("The file states 100 counts, 10 more than were read (10 %).");
  expect(countsVerdict({ totalCounts: 90, statedCounts: undefined }).sentence).toMatch(/no sum/);
});

test("maps of elements are no counts, and are named", () => {
  const { good, sentence } = countsVerdict({
    totalCounts: 167_546_524,
    statedCounts: undefined,
    channelLines: ["Al_Ka", "Fe_Ka"],
  });
  expect(good).toBe(true);
  expect(sentence).toMatch(/^2 element maps read: Al Kα, Fe Kα\. There are no spectra/);
});

test("what is found of each picture of a set stands as one, other findings on their own", () => {
  const finding = (code: string, message: string) => ({ severity: "info", code, message }) as const;
  const [a, b, c] = ["Al", "Co", "Fe"].map((name) => finding("jpeg", `${name} is a JPEG.`)) as [never, never, never];
  const [one, two] = [finding("axis", "It begins below zero."), finding("axis", "It has a zero peak.")];
  expect(alikeTogether([a, one, b, two, c])).toEqual([[a, b, c], [one], [two]]);
});

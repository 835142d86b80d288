import { stages } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { pendingWords, sinceWords } from "./status-words.js";

test("what is brought up to date is told by what it gives, never by the id of a step", () => {
  expect(pendingWords(["spectra", "identify"])).toBe("Bringing up to date: spectra of the classes, names of the phases");
  expect(pendingWords(["maps", "unknown", "other"])).toBe("Bringing up to date: element maps, the rest");
  for (const id of stages.filter((stage) => /-/.test(stage))) expect(pendingWords([id])).not.toContain(id);
});

test("how long ago the session was saved is counted in seconds, then in minutes, then told by the clock", () => {
  const at = new Date(2026, 0, 2, 14, 32).getTime();
  expect([0, 4_900, 60_000, 3_599_000].map((after) => sinceWords(at, at + after))).toEqual([
    "just now",
    "4 s ago",
    "1 min ago",
    "59 min ago",
  ]);
  expect(sinceWords(at, at + 3_600_000)).toMatch(/^at .*32/);
  expect(sinceWords(at, at - 500)).toBe("just now");
});

import { expect, test } from "vitest";
import { sectionsAsked } from "./report-sections.js";

test("parts of a report are known by name; another name is a slip of usage that lists them", () => {
  expect(sectionsAsked(["phases", "method"])).toEqual(["phases", "method"]);
  expect(() => sectionsAsked(["phases", "gossip"])).toThrow(/--report-sections has no gossip; name some of phases, cards, /);
});

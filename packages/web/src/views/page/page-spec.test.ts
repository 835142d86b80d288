import { reportSections } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { parsePageSpec, sectionsOf, sectionsOption, withSection } from "./page-spec.js";

test("with nothing left out the report is the whole one, and no option is needed", () => {
  const all = parsePageSpec(undefined);
  expect(sectionsOf(all)).toBeUndefined();
  expect(sectionsOption(all)).toBe("");
});

test("parts are left out and come back, in the order of the report", () => {
  const without = withSection(withSection(parsePageSpec({}), "latent", false), "phases", false);
  const sections = sectionsOf(without)!;
  expect(sections).toHaveLength(reportSections.length - 2);
  expect(sections[0]).toBe("cards");
  expect(sectionsOption(without)).toMatch(/^--report-sections cards,names,/);
  expect(withSection(withSection(without, "latent", true), "phases", true)).toEqual(parsePageSpec(undefined));
});

test("saved names that are no parts any more are forgotten", () => {
  expect(parsePageSpec({ leftOut: ["latent", "gossip", 3] })).toEqual({ leftOut: ["latent"] });
});

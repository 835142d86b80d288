import type { IdentifiedPixels } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import { fitFigures, fitTable } from "./export-fit.js";

const values = (...all: number[]) => Float64Array.from(all);
const fit = {
  ...{ fromKev: 0.1, toKev: 0.4, measured: values(0, 40, 90, 10), model: values(0, 42, 88, 11) },
  ...{ continuum: values(0, 4, 5, 6), residualSigma: values(0, -0.3, 0.2, -0.3) },
} as unknown as NonNullable<IdentifiedPixels["fit"]>;
const elements = [{ element: "B", significance: 9, lines: [{ line: "B_Ka" }] }];
const answer = { identity: { pixels: 10, counts: 140, elements } } as unknown as IdentifiedPixels;
const shown = { name: "Quartz", answer, fit, offset: 0.1, scale: 0.1, range: [0.1, 0.4] as const };

test("a figure of the fit and one of what it leaves", () => {
  const figures = fitFigures(shown);
  expect(figures.map(({ id }) => id)).toEqual(["fit", "fit-residual"]);
  expect(figures[0]!.draw(400)).toMatch(/^<svg[\s\S]*Continuum[\s\S]*<\/svg>\s*$/);
  for (const figure of figures) expect(figure.draw(400)).toContain("B Kα");
  expect(figures[1]!.draw(400)).toContain("Standard errors, without sign");
});

test("channels with their energies, residuals with their sign", () => {
  const lines = tableCsv(fitTable(shown)).trim().split("\r\n");
  expect(lines[0]).toBe("channel,energy_kev,measured_counts,fitted_counts,continuum_counts,residual_sigma");
  expect(lines[2]).toBe("1,0.2,40,42,4,-0.3");
  expect(lines).toHaveLength(5);
});

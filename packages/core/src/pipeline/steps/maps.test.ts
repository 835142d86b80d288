import { expect, test } from "vitest";
import { makePhantom } from "../../phantom/phantom.js";
import { type Analysis, startAnalysis } from "../analysis.js";
import { maps } from "./maps.js";

const fit = maps.schema.parse({ step: "maps", method: "fit" });
const parameters = { width: 20, height: 15, particles: 2, countsPerPixel: 200, seed: 3 };
const lines = ["C_Ka", "O_Ka", "Si_Ka", "Fe_Ka"];

async function before(): Promise<Analysis> {
  return { ...startAnalysis((await makePhantom(parameters)).image), lines };
}

test("fitted maps are net counts with their variances, and add up to about the lines of the map", async () => {
  const start = await before();
  const { elementMaps, warnings } = await maps.run(start, fit, { seed: 0 });
  expect(elementMaps.map(({ line, background }) => [line, background])).toEqual(lines.map((line) => [line, "fit"]));
  for (const { data, variance } of elementMaps) {
    expect(data).toHaveLength(300);
    expect(variance!.every((value) => value > 0)).toBe(true);
  }
  const windows = await maps.run(start, maps.schema.parse({ step: "maps", background: "linear" }), { seed: 0 });
  const total = (map: { data: Float32Array } | undefined) => map!.data.reduce((sum, value) => sum + value, 0);
  // The window of E - FWHM to E + FWHM holds 98 % of a line.
  const [fitted, counted] = [elementMaps, windows.elementMaps].map((all) => total(all.find(({ line }) => line === "Si_Ka")));
  expect(Math.abs(fitted! / counted! - 1)).toBeLessThan(0.1);
  expect(warnings).toEqual([]);
});

test("a line that cannot be fitted is left out with its name", async () => {
  const { elementMaps, warnings } = await maps.run({ ...(await before()), lines: [...lines, "Pb_La"] }, fit, { seed: 0 });
  expect(elementMaps.map(({ line }) => line)).toContain("Fe_Ka");
  expect(warnings.join(" ") + elementMaps.map(({ line }) => line).join(" ")).toMatch(/Pb_La/);
});

test("where the physics of bulk samples does not hold, windows are counted and it is said", async () => {
  const start = await before();
  const thin = { ...start, image: { ...start.image, metadata: { ...start.image.metadata, instrument: "TEM" as const } } };
  const { elementMaps, warnings } = await maps.run(thin, fit, { seed: 0 });
  expect(elementMaps.every(({ background, variance }) => background === "none" && variance === undefined)).toBe(true);
  expect(warnings[0]).toMatch(/counted in windows and not fitted/);
});

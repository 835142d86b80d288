/** Where SIGMA rounds, flattens, shifts columns or divides by zero. */
import { describe, expect, test } from "vitest";
import { analysed, height, threePhases, toClasses, width } from "./three-phases.test-support.js";

const unmixed = [
  ...toClasses,
  { step: "spectra" },
  { step: "unmix", method: "nmf", nComponents: 3, normaliseSpectra: "maximum" },
];

describe("unmixing", () => {
  test("weights and endmembers are not rounded to three decimals, so that small peaks stay", async () => {
    const { endmembers, classWeights } = (await analysed(unmixed)).unmixing!;
    const isRounded = (value: number) => Math.abs(1000 * value - Math.round(1000 * value)) < 1e-9;
    for (const values of [classWeights!.data, ...endmembers]) {
      const positive = Array.from(values).filter((value) => value > 1e-9);
      expect(positive.filter(isRounded).length).toBeLessThan(0.2 * positive.length);
    }
  });

  test("abundances differ inside a class, sum to one, and come with what the fit leaves", async () => {
    const { unmixing, labels } = await analysed(unmixed);
    const { abundances, endmembers, residual } = unmixing!;
    const k = endmembers.length;
    const ofClass0 = Array.from(labels!, (label, p) => (label === 0 ? abundances[p * k]! : Number.NaN)).filter(Number.isFinite);
    expect(new Set(ofClass0).size).toBeGreaterThan(ofClass0.length / 3);
    for (let p = 0; p < width * height; p++) {
      expect(abundances.subarray(p * k, (p + 1) * k).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
    expect(residual.every((value) => value > 0 && value < 3)).toBe(true);
  });

  test("a class weighs by its spectrum, not by its pixels: class spectra are means", async () => {
    const { classSpectra, classes } = await analysed([...toClasses, { step: "spectra" }]);
    const counts = classSpectra.map((spectrum) => spectrum.reduce((sum, value) => sum + value, 0));
    // The classes have 192, 128 and 64 pixels: their sums would differ by three and more.
    expect(classes.map(({ pixels }) => pixels)).toEqual([192, 128, 64]);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(2);
  });
});

test("a line that the axis does not reach leaves with its name: the columns of the others stay theirs", async () => {
  const some = ["O_Ka", "Fe_Ka"];
  const alone = await analysed([{ step: "elements", lines: some }, { step: "features" }]);
  const asked = await analysed([{ step: "elements", lines: ["O_Ka", "Zr_Ka", "Fe_Ka"] }, { step: "features" }]);
  expect(asked.features!.lines).toEqual(some);
  expect(asked.features!.data).toEqual(alone.features!.data);
  expect(asked.warnings.join(" ")).toContain("Zr_Ka");
});

test.each([
  ["gaussian-mixture", { nComponents: 1 }],
  ["bayesian-gaussian-mixture", { nComponents: 1 }],
  ["k-means", { nClusters: 1 }],
  ["birch", { nClusters: 1 }],
])("a single class by %s goes through every step: a colour, a spectrum, an endmember", async (method, given) => {
  const cluster = { step: "cluster", method, ...given };
  const rest = [{ step: "spectra" }, { step: "statistics" }, { step: "unmix", method: "nmf" }];
  const { classes, classSpectra, unmixing } = await analysed([...toClasses.slice(0, -1), cluster, ...rest]);
  expect(classes.map(({ pixels }) => pixels)).toEqual([width * height]);
  expect(classes[0]!.colour).toMatch(/^#[0-9a-f]{6}$/);
  expect(classSpectra[0]!.every(Number.isFinite)).toBe(true);
  expect(unmixing!.endmembers.length).toBe(1);
});

describe("channels of other widths", () => {
  test.each([0.005, 0.02])("lines lie at their energies with %d keV per channel and no channel at 0 keV", async (scale) => {
    const image = threePhases();
    const energyAxis = { ...image.energyAxis, scale, offset: -0.1234 };
    const { elementMaps } = await analysed([{ step: "elements", lines: ["O_Ka", "Mg_Ka"] }, { step: "maps" }], {
      ...image,
      energyAxis,
    });
    expect(elementMaps.map(({ line }) => line)).toEqual(["O_Ka", "Mg_Ka"]);
    for (const [i, energy] of [0.525, 1.254].entries()) {
      const { fromKev, toKev } = elementMaps[i]!;
      expect((fromKev! + toKev!) / 2).toBeCloseTo(energy, 2);
    }
  });
});

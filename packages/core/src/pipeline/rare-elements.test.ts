import { expect, test } from "vitest";
import { logPoissonTail } from "../algorithms/identify/poisson-tail.js";
import { makePhantom } from "../phantom/phantom.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { classSpectra, pass } from "../spectrum-image/pass.js";
import { polymerWindowDetector } from "../xray/detector.js";
import { rareElements } from "./rare-elements.js";

const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const known = ["C", "O", "Na", "Al", "Si", "K"];

async function searched(zirconPixels: number, seed: number) {
  const { image, truth } = await makePhantom({
    width: 60,
    height: 45,
    particles: 10,
    matrix: { name: "albite", formula: "NaAlSi3O8" },
    particlePhases: [
      { name: "quartz", formula: "SiO2" },
      { name: "orthoclase", formula: "KAlSi3O8" },
    ],
    rarePhases: zirconPixels === 0 ? [] : [{ name: "zircon", formula: "ZrSiO4", pixels: zirconPixels }],
    countsPerPixel: 150,
    seed,
  });
  // The rare grain is in the class of what lies around it, as a method that missed it would have it.
  const slots = truth.labels.map((label) => (label === 3 ? 0 : label));
  const { counts } = image;
  const [spectra] = await pass(counts, [classSpectra(counts, slots, 3)], {});
  const axis = image.energyAxis as CalibratedEnergyAxis;
  return { truth, found: await rareElements({ counts, axis, conditions, slots, spectra, known }) };
}

test("a grain of five pixels that neither the sum nor a class shows is found by its pixels, and by nothing else", async () => {
  const { truth, found } = await searched(5, 2);
  expect(found).toHaveLength(1);
  const [zirconium] = found;
  // A dozen counts of Zr La are as well of Pt Ma, 7 eV away.
  expect([zirconium!.element, ...zirconium!.couldBe].sort()).toEqual(["Pt", "Zr"]);
  expect(zirconium!.pixels.length).toBeGreaterThanOrEqual(1);
  for (const p of zirconium!.pixels) expect(truth.fractions[p * truth.phases.length + 3]!).toBeGreaterThan(0.3);
  expect(zirconium!.counts).toBeGreaterThan(4 * zirconium!.expected);
});

test("maps without rare elements have none: 2,700 pixels, 70 elements, four seeds", async () => {
  for (const seed of [1, 2, 3, 4]) expect((await searched(0, seed)).found).toEqual([]);
});

test("a phase that its neighbourhood does not hold is no rare element on the flank of its line", async () => {
  const { image, truth } = await makePhantom({
    ...{ width: 40, height: 40, particles: 14, countsPerPixel: 250, seed: 3 },
    particlePhases: [
      { name: "quartz", formula: "SiO2" },
      { name: "apatite", formula: "Ca5(PO4)3F" },
      { name: "pyrite", formula: "FeS2" },
    ],
  });
  // Left of the middle all grains were missed: their pixels stand out of the tape by their own lines, and by what lies beside these.
  const slots = truth.labels.map((label, p) => (p % 40 < 20 ? 0 : label));
  const [spectra] = await pass(image.counts, [classSpectra(image.counts, slots, 4)], {});
  const axis = image.energyAxis as CalibratedEnergyAxis;
  const elements = ["C", "O", "F", "Si", "P", "S", "Ca", "Fe"];
  expect(await rareElements({ counts: image.counts, axis, conditions, slots, spectra, known: elements })).toEqual([]);
});

test("the tail of the Poisson distribution is its sum", () => {
  for (const [count, mean] of [
    [5, 0.5],
    [12, 3.2],
    [40, 21],
    [300, 150],
  ] as const) {
    let term = Math.exp(-mean);
    let below = 0;
    let above = 0;
    for (let k = 0; k < 1000; k++) {
      if (k < count) below += term;
      else above += term;
      term *= mean / (k + 1);
    }
    expect(logPoissonTail(count, mean)).toBeCloseTo(Math.log(above), 9);
    expect(below + above).toBeCloseTo(1, 9);
  }
  expect(logPoissonTail(3, 3)).toBe(0);
});

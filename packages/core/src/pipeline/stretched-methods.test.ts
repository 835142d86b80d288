import { expect, test } from "vitest";
import { continuumEnd } from "../algorithms/doubt/continuum-end.js";
import { countGradient } from "../algorithms/doubt/count-gradient.js";
import { randomStream } from "../kernels/random.js";
import { makePhantom } from "../phantom/phantom.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { countMap, pass, sumSpectrum } from "../spectrum-image/pass.js";
import { polymerWindowDetector } from "../xray/detector.js";
import { identityFrom } from "./identified-classes.js";
import { stretchedMethods } from "./stretched-methods.js";

const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const elements = ["C", "O", "F", "Na", "Mg", "Al", "Si", "P", "K", "Ca", "Ti", "Fe"];

async function inputOf(parameters: Parameters<typeof makePhantom>[0]) {
  const { image, truth } = await makePhantom({
    width: 64,
    height: 48,
    particles: 12,
    countsPerPixel: 150,
    seed: 7,
    ...parameters,
  });
  const { counts } = image;
  const [sum, countsOfPixels] = await pass(counts, [sumSpectrum(counts), countMap(counts)], {});
  const axis = image.energyAxis as CalibratedEnergyAxis;
  const { navigationShape } = counts;
  return {
    sum,
    countsOfPixels,
    slots: truth.labels,
    navigationShape,
    axis,
    conditions,
    shape: undefined,
    identities: [],
    nameOf: (id: number) => ["Quartz", "P-Ca"][id]!,
  };
}

test("a good map has no warnings", async () => {
  const input = await inputOf({});
  const end = continuumEnd(input.sum, input.axis, conditions, elements)!;
  expect(Math.abs(end.energyKev - 15)).toBeLessThan(0.4);
  expect(stretchedMethods(input)).toEqual([]);
});

test("electrons that land with less energy than stated end the continuum early", async () => {
  const input = await inputOf({});
  const stated = { ...input, conditions: { ...conditions, beamEnergyKev: 18 } };
  const end = continuumEnd(input.sum, input.axis, stated.conditions, elements)!;
  expect(Math.abs(end.energyKev - 15)).toBeLessThan(0.5);
  expect(end.sigma).toBeGreaterThan(5);
  expect(stretchedMethods(stated).join()).toMatch(/continuum ends at 1[45]\.\d keV, below the beam energy of 18 keV/);
});

test("brightness that changes across the map is found, classes that lie apart are no gradient", async () => {
  const gradient = await inputOf({ brightnessGradient: 0.5 });
  expect(stretchedMethods(gradient).join()).toMatch(/Counts of one and the same class rise by \d\d %/);
  const random = randomStream(1, "gradient");
  const slots = Int32Array.from({ length: 40 * 30 }, (_, p) => (p % 40 < 20 ? 0 : 1));
  const counts = Float64Array.from(slots, (slot) => random.poisson(slot === 0 ? 60 : 180));
  const flat = countGradient(counts, slots, 40, 30)!;
  expect(flat.size).toBeLessThan(0.1);
  expect(flat.sigma).toBeLessThan(4);
  const tilted = counts.map((_, p) => random.poisson((slots[p] === 0 ? 60 : 180) * (0.8 + (0.4 * ((p % 40) + 0.5)) / 40)));
  const { alongX, alongY } = countGradient(tilted, slots, 40, 30)!;
  expect(Math.abs(alongX - 0.4)).toBeLessThan(0.08);
  expect(Math.abs(alongY)).toBeLessThan(0.08);
});

test("an axis that ends early, peaks that lie elsewhere and classes without counts are said", async () => {
  const input = await inputOf({ channels: 900 });
  const shape = { shiftKev: 0.02, gain: 0, resolutionEv: 130, tail: 0.01, softShiftKev: 0 };
  const poor = { ...identityFrom(1, { pixels: 3, counts: 40, pure: true }, 1000, () => undefined as never).identity };
  const warnings = stretchedMethods({ ...input, shape, identities: [poor] });
  expect(warnings.join("\n")).toMatch(/axis ends at 9\.0 keV[\s\S]*20 eV above their energies[\s\S]*^“P-Ca” has too few counts/m);
});

import { expect, test } from "vitest";
import { ParameterError } from "../errors.js";
import { randomStream } from "../kernels/random.js";
import { makePhantom } from "../phantom/phantom.js";
import { polymerWindowDetector } from "../xray/detector.js";
import { massFractions, parseFormula } from "../xray/formula.js";
import { ownPhase } from "../xray/phases/own-phases.js";
import { expectedSpectrum } from "../xray/physics/expected-spectrum.js";
import { startAnalysis } from "./analysis.js";
import { withComposition } from "./own-spectra.js";
import { identify } from "./steps/identify.js";

const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
/** Another axis than the map's, as another detector's file has. */
const axis = { name: "energy", size: 1500, offset: -0.1, scale: 0.01, units: "keV" } as const;

function measured(formula: string, counts: number) {
  const random = randomStream(8, "own-spectra");
  const expected = expectedSpectrum(massFractions(parseFormula(formula)), conditions, axis);
  const dose = counts / expected.reduce((sum, value) => sum + value, 0);
  return { energyOffsetKev: -0.1, energyScaleKev: 0.01, counts: [...expected.map((value) => random.poisson(value * dose))] };
}

test("a spectrum becomes the composition that it shows, once", () => {
  const given = ownPhase.parse({ name: "our ilmenite", spectrum: measured("FeTiO3", 50_000) });
  const phase = withComposition(given, conditions);
  expect(phase.spectrum).toBeUndefined();
  for (const [element, value] of Object.entries(massFractions(parseFormula("FeTiO3")))) {
    expect(phase.massFractions![element]! / value, element).toBeGreaterThan(0.95);
    expect(phase.massFractions![element]! / value, element).toBeLessThan(1.05);
  }
  expect(withComposition(given, conditions)).toBe(phase);
  const plain = ownPhase.parse({ name: "sand", formula: "SiO2" });
  expect(withComposition(plain, conditions)).toBe(plain);
});

test("a class is named after the spectrum that it looks like", async () => {
  const { image, truth } = await makePhantom({
    width: 24,
    height: 18,
    particles: 0,
    matrix: { name: "slag", formula: "Ca0.4Mn0.3Al0.5Si0.6O2.5" },
    countsPerPixel: 100,
    seed: 2,
  });
  const given = identify.schema.parse({
    step: "identify",
    ownPhases: [{ name: "furnace slag", spectrum: measured("Ca0.4Mn0.3Al0.5Si0.6O2.5", 60_000) }],
  });
  const before = {
    ...startAnalysis(image),
    labels: Int32Array.from(truth.labels),
    lines: ["O_Ka", "Al_Ka", "Si_Ka", "Ca_Ka", "Mn_Ka"],
  };
  const { identities } = await identify.run(before, given, { seed: 0 });
  expect(identities![0]!.name).toBe("furnace slag");
});

test("a spectrum without lines is refused with its name", () => {
  const empty = ownPhase.parse({
    name: "nothing",
    spectrum: { energyOffsetKev: 0, energyScaleKev: 0.01, counts: Array(1024).fill(3) },
  });
  expect(() => withComposition(empty, conditions)).toThrow(ParameterError);
  expect(ownPhase.safeParse({ name: "two", formula: "SiO2", spectrum: measured("SiO2", 1000) }).success).toBe(false);
});

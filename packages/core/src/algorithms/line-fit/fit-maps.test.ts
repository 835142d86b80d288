/** Lines that windows mix: at every pixel of a phantom the fit gives each its own, with the variance that it states. */
import { describe, expect, test } from "vitest";
import { makePhantom, type Phantom } from "../../phantom/phantom.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { polymerWindowDetector } from "../../xray/detector.js";
import { countedLines } from "../../xray/physics/emission.js";
import { expectedContinuum } from "../../xray/physics/expected-spectrum.js";
import { grossSum } from "../preprocess/line-background.js";
import { windowsOfLines } from "../preprocess/line-windows.js";
import { weightedMaps } from "../preprocess/weighted-maps.js";
import { fitMaps } from "./fit-maps.js";

const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const COUNTS = 400;

interface Measured {
  /** Mean over the pure pixels of a phase, its standard error, and the spread of a pixel over the stated one. */
  readonly mean: number;
  readonly error: number;
  readonly spreadOverStated: number;
  /** Of the window of the line. */
  readonly inWindow: number;
  /** Counts of the line that the physics makes. */
  readonly truth: number;
}

async function mapsOf(phases: readonly { name: string; formula: string }[], lines: readonly string[], seed: number) {
  const phantom = await makePhantom({
    width: 64,
    height: 48,
    particles: 14,
    thinShare: 0,
    particlePhases: [...phases],
    countsPerPixel: COUNTS,
    seed,
  });
  const { image } = phantom;
  const axis = image.energyAxis as CalibratedEnergyAxis;
  const [sum] = await pass(image.counts, [sumSpectrum(image.counts)], {});
  const maps = await fitMaps(image.counts, sum, axis, conditions, lines);
  expect(maps.lines).toEqual(lines);
  const { windows } = windowsOfLines(image, [...lines], { resolutionEv: 130, centre: "mean" });
  const sums = windows.map((window) => grossSum(window.channels));
  const [inWindows] = await pass(image.counts, [weightedMaps(image.counts, sums, false)], {});
  return (phase: string, line: string): Measured => measuredOf(phantom, phase, lines.indexOf(line), line, maps, inWindows.values);
}

function measuredOf(
  { truth }: Phantom,
  phase: string,
  column: number,
  line: string,
  { lines, values, variances }: { lines: readonly string[]; values: Float32Array; variances: Float32Array },
  inWindows: Float32Array,
): Measured {
  const own = truth.phases.findIndex(({ name }) => name === phase);
  const pixels = [...truth.labels.keys()].filter((p) => truth.fractions[p * truth.phases.length + own]! > 0.999);
  const at = (data: Float32Array) => pixels.map((p) => data[p * lines.length + column]!);
  const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
  const found = mean(at(values));
  const stated = mean(at(variances));
  const spread = mean(at(values).map((value) => (value - found) * (value - found)));
  return {
    mean: found,
    error: Math.sqrt(stated / pixels.length),
    spreadOverStated: Math.sqrt(spread / stated),
    inWindow: mean(at(inWindows)),
    truth: trueCounts(truth, own, line),
  };
}

function trueCounts(truth: Phantom["truth"], phase: number, name: string): number {
  const composition = truth.phases[phase]!.massFractions;
  const lines = countedLines(composition, conditions);
  const continuum = expectedContinuum(composition, conditions, truth.energyAxis).reduce((sum, value) => sum + value, 0);
  const photons = lines.reduce((sum, one) => sum + one.photons, 0);
  const all = truth.spectra[phase]!.reduce((sum, value) => sum + value, 0);
  return ((lines.find(({ line }) => line.name === name)?.photons ?? 0) / (photons + continuum)) * all;
}

describe("element maps from the fit", () => {
  test.each([
    {
      case: "Ba and Ti",
      phases: [
        { name: "barite", formula: "BaSO4" },
        { name: "rutile", formula: "TiO2" },
      ],
      lines: ["C_Ka", "O_Ka", "S_Ka", "Ti_Ka", "Ba_La"],
      absent: [
        ["rutile", "Ba_La"],
        ["barite", "Ti_Ka"],
      ],
      present: [
        ["rutile", "Ti_Ka"],
        ["barite", "Ba_La"],
      ],
    },
    {
      case: "S, Mo and Pb",
      phases: [
        { name: "pyrite", formula: "FeS2" },
        { name: "molybdenum", formula: "Mo" },
        { name: "cerussite", formula: "PbCO3" },
      ],
      lines: ["C_Ka", "O_Ka", "S_Ka", "Mo_La", "Pb_Ma", "Fe_Ka"],
      absent: [
        ["pyrite", "Pb_Ma"],
        ["molybdenum", "S_Ka"],
        ["cerussite", "Mo_La"],
        ["cerussite", "S_Ka"],
      ],
      present: [
        ["pyrite", "S_Ka"],
        ["molybdenum", "Mo_La"],
        ["cerussite", "Pb_Ma"],
      ],
    },
    {
      case: "P and Zr",
      phases: [
        { name: "apatite", formula: "Ca5(PO4)3F" },
        { name: "zircon", formula: "ZrSiO4" },
      ],
      lines: ["C_Ka", "O_Ka", "F_Ka", "Si_Ka", "P_Ka", "Zr_La", "Ca_Ka"],
      absent: [
        ["zircon", "P_Ka"],
        ["apatite", "Zr_La"],
      ],
      present: [
        ["zircon", "Zr_La"],
        ["apatite", "P_Ka"],
      ],
    },
  ] as const)("$case come apart where windows mix them", async ({ phases, lines, absent, present }) => {
    const of = await mapsOf(phases, lines, 11);
    for (const [phase, line] of absent) {
      const { mean, error, inWindow } = of(phase, line);
      expect(inWindow, `${line} in ${phase}, window`).toBeGreaterThan(8);
      expect(Math.abs(mean), `${line} in ${phase}: ${mean} beside ${inWindow}`).toBeLessThan(4 * error + 0.05 * inWindow);
    }
    for (const [phase, line] of present) {
      const { mean, error, truth, spreadOverStated } = of(phase, line);
      expect(Math.abs(mean - truth), `${line} in ${phase}: ${mean} for ${truth}`).toBeLessThan(4 * error + 0.06 * truth);
      expect(spreadOverStated, `${line} in ${phase}`).toBeGreaterThan(0.85);
      expect(spreadOverStated, `${line} in ${phase}`).toBeLessThan(1.15);
    }
  });
});

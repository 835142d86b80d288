/** Expected spectra beside measured ones: the glass K412 and pure standards, 15 keV, 35 degrees, silicon drift detector. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { polymerWindowDetector } from "../detector.js";
import { type Amounts, massFractions, parseFormula } from "../formula.js";
import { expectedSpectrum } from "./expected-spectrum.js";

const data = process.env["SIGMA_DATA"] ?? fileURLToPath(new URL("../../../../../../shared/data", import.meta.url));
const folder = join(data, "msa/nexl");
const present = existsSync(folder);
/** NIST SRM 470 as the file states it, mass fractions. */
const k412: Amounts = { O: 0.42758, Mg: 0.116567, Al: 0.049062, Si: 0.211982, Ca: 0.10899, Fe: 0.07742 };

interface Spectrum {
  readonly counts: Float64Array;
  readonly offset: number;
  readonly scale: number;
}

function measured(file: string): Spectrum {
  const lines = readFileSync(join(folder, file), "latin1").split(/\r?\n/);
  const field = (name: string) => Number(lines.find((line) => line.startsWith(`#${name} `))!.split(":")[1]);
  const counts = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => Number(line.replace(",", "")));
  return { counts: Float64Array.from(counts), offset: field("OFFSET") / 1000, scale: field("XPERCHAN") / 1000 };
}

function expected(composition: Amounts, { counts, offset, scale }: Spectrum): Spectrum {
  const axis = { name: "energy", size: counts.length, offset, scale, units: "keV" } as const;
  const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
  return { counts: expectedSpectrum(composition, conditions, axis), offset, scale };
}

function mean({ counts, offset, scale }: Spectrum, from: number, to: number): number {
  const part = counts.slice(Math.round((from - offset) / scale), Math.round((to - offset) / scale));
  return part.reduce((a, b) => a + b, 0) / part.length;
}

/** Counts above a straight line between the means of 50 eV at either side. */
function net(spectrum: Spectrum, [from, to]: readonly [number, number]): number {
  const under = (mean(spectrum, from - 0.05, from) + mean(spectrum, to, to + 0.05)) / 2;
  return ((mean(spectrum, from, to) - under) * (to - from)) / spectrum.scale;
}

const windows = {
  O: [0.44, 0.61],
  F: [0.6, 0.76],
  Mg: [1.16, 1.35],
  Al: [1.39, 1.58],
  Si: [1.62, 1.93],
  Ca: [3.5, 4.2],
  Fe: [6.2, 6.6],
} as const;
type Peak = keyof typeof windows;

describe.skipIf(!present)(`measured spectra${present ? "" : " (real files absent: set SIGMA_DATA)"}`, () => {
  test.each([
    ["K412 glass", "Example 2__K412 unk.msa", k412, "Si", ["O", "Mg", "Al", "Ca", "Fe"]],
    ["MgO", "Example 2__MgO std.msa", massFractions(parseFormula("MgO")), "Mg", ["O"]],
    ["CaF2", "Example 2__CaF2 std.msa", massFractions(parseFormula("CaF2")), "Ca", ["F"]],
  ] as [string, string, Amounts, Peak, Peak[]][])(
    "%s: ratios of lines within 30 %%",
    (_, file, composition, reference, peaks) => {
      const real = measured(file);
      const model = expected(composition, real);
      for (const peak of peaks) {
        const ratio = net(model, windows[peak]) / net(model, windows[reference]);
        const realRatio = net(real, windows[peak]) / net(real, windows[reference]);
        expect(Math.abs(ratio / realRatio - 1), `${peak}: ${ratio} against ${realRatio}`).toBeLessThan(0.3);
      }
    },
  );

  test.each([
    ["K412 glass", "Example 2__K412 unk.msa", k412, "Si"],
    ["silicon", "Example 2__Si std.msa", { Si: 1 }, "Si"],
    ["aluminium", "Example 2__Al std.msa", { Al: 1 }, "Al"],
    ["CaF2", "Example 2__CaF2 std.msa", massFractions(parseFormula("CaF2")), "Ca"],
    ["iron", "Example 2__Fe std.msa", { Fe: 1 }, "Fe"],
  ] as [string, string, Amounts, Peak][])("%s: continuum beside the lines within 20 %%", (_, file, composition, reference) => {
    const real = measured(file);
    const model = expected(composition, real);
    const scale = net(real, windows[reference]) / net(model, windows[reference]);
    for (const energyKev of [0.9, 2.4, 5.2, 8.5]) {
      const ratio = (scale * mean(model, energyKev - 0.1, energyKev + 0.1)) / mean(real, energyKev - 0.1, energyKev + 0.1);
      expect(Math.abs(ratio - 1), `at ${energyKev} keV: ${ratio}`).toBeLessThan(0.2);
    }
  });
});

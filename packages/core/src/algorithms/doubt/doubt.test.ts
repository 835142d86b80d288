import { describe, expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { polymerWindowDetector } from "../../xray/detector.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { expectedSpectrum } from "../../xray/physics/expected-spectrum.js";
import { associations } from "../statistics/associations.js";
import { energyGroups } from "./energy-groups.js";
import { spectrumDifference } from "./same-spectrum.js";
import { unexplainedLedger } from "./unexplained-ledger.js";

const axis = { name: "energy", size: 1600, offset: 0, scale: 0.01, units: "keV" } as const;
const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };
const groups = energyGroups(axis, {
  fromKev: 0.2,
  toKev: 15,
  resolutionEv: 130,
  elements: ["O", "Na", "Al", "Si", "Ca", "Fe"],
  beamEnergyKev: 15,
});

function expected(formula: string, counts: number): Float64Array {
  const spectrum = expectedSpectrum(massFractions(parseFormula(formula)), conditions, axis);
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  return spectrum.map((value) => (value * counts) / total);
}

const drawn = (mean: Float64Array, seed: number) => {
  const random = randomStream(seed, "doubt-test");
  return mean.map((value) => random.poisson(value));
};

test("groups cover the range once and carry the names of their lines", () => {
  expect(groups.every(({ start }, i) => i === 0 || start === groups[i - 1]!.end)).toBe(true);
  expect(groups.filter(({ line }) => line !== undefined).map(({ line }) => line)).toEqual([
    "O_Ka",
    "Na_Ka",
    "Al_Ka",
    "Si_Ka",
    "Ca_Ka",
    "Fe_Ka",
  ]);
});

describe("two spectra", () => {
  test("of one phase are the same in 95 of 100 cases, whatever their totals", () => {
    let beyond = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { sigma } = spectrumDifference(
        drawn(expected("NaAlSi3O8", 20_000), seed),
        drawn(expected("NaAlSi3O8", 3000), seed + 500),
        groups,
      );
      if (sigma > 1.645) beyond += 1;
    }
    expect(beyond).toBeGreaterThanOrEqual(1);
    expect(beyond).toBeLessThanOrEqual(12);
  });

  test("of albite and oligoclase differ, and calcium and sodium decide", () => {
    const difference = spectrumDifference(
      drawn(expected("NaAlSi3O8", 20_000), 1),
      drawn(expected("Na0.8Ca0.2Al1.2Si2.8O8", 20_000), 2),
      groups,
    );
    expect(difference.sigma).toBeGreaterThan(5);
    expect(difference.deciding.slice(0, 3).map(({ line }) => line)).toContain("Ca_Ka");
    expect(difference.deciding.find(({ line }) => line === "Ca_Ka")!.excess).toBeLessThan(0);
  });
});

test("the ledger lists what is not explained and nothing else", () => {
  const known = expected("SiO2", 50_000);
  const iron = expected("Fe", 1500);
  const measured = drawn(
    known.map((value, c) => value + iron[c]!),
    3,
  );
  const entries = unexplainedLedger([measured, drawn(known, 4)], [known, known], groups, 5);
  expect(entries[0]!.slot).toBe(0);
  expect(entries.map(({ line }) => line)).toContain("Fe_Ka");
  expect(entries.every(({ slot, counts }) => slot === 0 && counts > 0)).toBe(true);
});

describe("associations", () => {
  const axes = [
    { name: "y", size: 3, offset: 0, scale: 2, units: "um" },
    { name: "x", size: 4, offset: 0, scale: 0.5, units: "um" },
  ];
  test("are the lengths of shared edges, in micrometres", () => {
    const labels = Int32Array.of(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, -1);
    const { lengths, unit, ids } = associations(labels, [0, 1, 2], axes);
    const between = (a: number, b: number) => lengths[ids.indexOf(a) * ids.length + ids.indexOf(b)];
    expect(unit).toBe("um");
    expect(between(0, 1)).toBe(4);
    expect(between(0, 2)).toBe(1);
    expect(between(1, 2)).toBe(0.5);
    expect(between(2, -1)).toBe(2);
    expect(between(1, -1)).toBe(0.5);
    expect(between(1, 0)).toBe(between(0, 1));
    expect(between(0, 0)).toBe(0);
  });

  test("prefer nothing where classes are strewn at random", () => {
    const random = randomStream(3, "associations");
    const labels = Int32Array.from({ length: 200 * 150 }, () => Math.floor(random.uniform() * 3));
    const uncalibrated = [
      { ...axes[0]!, size: 150, units: undefined },
      { ...axes[1]!, size: 200, units: undefined },
    ];
    const { preference, unit, ids } = associations(labels, [0, 1, 2], uncalibrated);
    expect(unit).toBe("px");
    for (const a of [0, 1, 2]) for (const b of [0, 1, 2]) if (a !== b) expect(preference[a * ids.length + b]).toBeCloseTo(1, 1);
  });
});

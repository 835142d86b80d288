import { z } from "zod";
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Algorithm } from "../algorithm.js";
import { parseParameters } from "../parameters.js";
import { featureMaps, type LineMaps } from "../preprocess/feature-maps.js";
import { type CliffLorimerFormula, cliffLorimerFormula, type KFactor } from "./cliff-lorimer-formula.js";
import { SIGMA_TABLE_KEV, sigma120kv } from "./cliff-lorimer-k-factors.js";
import type { Composition } from "./composition.js";

const parameters = z.strictObject({
  lines: z.array(z.string().min(1)).max(100).default([]).meta({
    title: "X-ray lines",
    description:
      "One line per element, for example Si_Ka. All elements of the sample must be among them, since the fractions sum to 1.",
  }),
  kFactorTable: z.enum(["sigma-120kv", "none"]).default("sigma-120kv").meta({
    title: "Table of k-factors",
    description: "sigma-120kv: Ka lines relative to Fe at 120 kV, as SIGMA has them; none: only those given.",
  }),
  kFactors: z.record(z.string(), z.number().positive().max(1e6)).default({}).meta({
    title: "k-factors",
    description: "By mass and relative to one line, for example Fe_Ka 1, Si_Ka 0.76; they go before those of the table.",
  }),
  kFactorError: z.number().min(0).max(1).default(0).meta({
    title: "Error of the k-factors",
    unit: "of the k-factor",
    description: "Standard error of each k-factor over itself. 0: errors are those of counting alone.",
  }),
  background: z.enum(["none", "linear"]).default("linear").meta({
    title: "Background",
    description: "linear: minus a straight line between windows at both sides; none: all counts in the window, as in SIGMA.",
  }),
  resolutionEv: z.number().min(20).max(500).optional().meta({
    title: "Detector resolution",
    unit: "eV",
    description: "Full width at half maximum at Mn Ka, from which the windows are made. Left open: what the file says, else 130.",
  }),
  minimumCounts: z.number().min(1).max(1e12).default(100).meta({
    title: "Fewest counts",
    unit: "net counts",
    description: "A pixel or class whose lines have fewer net counts together is not quantified.",
  }),
});

type Parameters = z.output<typeof parameters>;

export interface QuantifyInput {
  readonly image: SpectrumImage;
  /** Int32 [pixels], -1 = unassigned. Left out: no classes are quantified. */
  readonly labels?: Int32Array | undefined;
  /** Ids of the classes, in the order of the result. Left out: those in the labels, rising. */
  readonly ids?: readonly number[] | undefined;
  /** Uint8 [pixels], 0 where a pixel is left out. */
  readonly mask?: Uint8Array | undefined;
}

/** All pixels of a class together. */
export interface ClassComposition {
  readonly id: number;
  readonly pixels: number;
  /** Float64 [elements]: counts of each line above background, and their variance. */
  readonly netCounts: Float64Array;
  readonly variance: Float64Array;
  /** Undefined where there are too few counts. */
  readonly composition: Composition | undefined;
  /** Float64 [elements]: mass fraction that would just be seen; NaN where nothing is. */
  readonly detectionLimit: Float64Array;
}

export interface CliffLorimerResult {
  /** In column order, one per element. */
  readonly lines: readonly string[];
  readonly elements: readonly string[];
  readonly kFactors: readonly number[];
  readonly classes: readonly ClassComposition[];
  /** Float32 [pixels x elements], row-major; NaN where there are too few counts. */
  readonly massFraction: Float32Array;
  readonly massFractionError: Float32Array;
  readonly atomicFraction: Float32Array;
  readonly atomicFractionError: Float32Array;
  readonly quantifiedPixels: number;
  readonly findings: readonly Finding[];
}

/**
 * Quantification of thin samples by k-factors, per class and per pixel, from net counts. Throws `ParameterError` for less than two lines, two lines of one element or
 * a line without k-factor, `DataCheckError` for data that are not counts or an energy axis without calibration, `ShapeError` for labels of another size.
 */
export const cliffLorimer: Algorithm<typeof parameters, QuantifyInput, CliffLorimerResult> = {
  id: "cliff-lorimer",
  name: "Cliff-Lorimer quantification",
  summary: "Turns net counts of thin samples into mass and atomic fractions with their counting errors, by k-factors.",
  reference: "Cliff and Lorimer 1975, doi:10.1111/j.1365-2818.1975.tb03895.x; Currie 1968, doi:10.1021/ac60259a007",
  parameters,
  run: quantified,
};

async function quantified(input: QuantifyInput, given: Parameters, context: SeededContext): Promise<CliffLorimerResult> {
  const { image } = input;
  checkSizes(input);
  if (image.counts.kind !== "counts") {
    throw new DataCheckError("Errors of a quantification follow from counting, and these data are not counts.", {
      where: "cliff-lorimer",
      found: "intensities",
      expected: "counts as the detector gave them",
    });
  }
  requireLines(given.lines);
  const { lines, background, resolutionEv } = given;
  const maps = await featureMaps.run(
    image,
    parseParameters(featureMaps, { lines, background, resolutionEv }),
    partOf(context, 0, 0.5),
  );
  requireLines(maps.lines);
  const kFactors = maps.lines.map((line) => kFactorOf(line, given));
  const formula = cliffLorimerFormula(kFactors);
  const perPixel = await pixelCompositions(input, maps, formula, given.minimumCounts, partOf(context, 0.5, 1));
  context.onProgress?.(1);
  return {
    lines: maps.lines,
    elements: formula.elements,
    kFactors: kFactors.map(({ kFactor }) => kFactor),
    classes: classCompositions(input, maps, formula, given.minimumCounts),
    ...perPixel,
    findings: [...maps.findings, ...doubts(image, maps, given)],
  };
}

function checkSizes({ image, labels, mask }: QuantifyInput): void {
  const pixels = image.counts.navigationShape.reduce((product, size) => product * size, 1);
  for (const [what, array] of [["label", labels] as const, ["mask value", mask] as const]) {
    if (array === undefined || array.length === pixels) continue;
    throw new ShapeError(`There must be one ${what} per pixel.`, { found: String(array.length), expected: String(pixels) });
  }
}

function requireLines(lines: readonly string[]): void {
  const elements = lines.map((line) => lineNamed(line).element);
  const twice = elements.find((element, i) => elements.indexOf(element) !== i);
  if (twice !== undefined) {
    throw new ParameterError("An element is to be quantified by two lines.", {
      where: "cliff-lorimer",
      field: "lines",
      found: lines.filter((_, i) => elements[i] === twice).join(" and "),
      expected: "one line per element",
    });
  }
  if (lines.length >= 2) return;
  throw new ParameterError("Fractions need the lines of at least two elements.", {
    where: "cliff-lorimer",
    field: "lines",
    found: lines.length === 0 ? "no line" : lines.join(),
    remedy: "Name a line for every element of the sample.",
  });
}

/** The k-factor of a line, from those given or from the table; undefined when neither has it. */
export function knownKFactor(line: string, given: Pick<Parameters, "kFactors" | "kFactorTable">): number | undefined {
  const own = Object.entries(given.kFactors).find(([name]) => lineNamed(name).name === line)?.[1];
  return own ?? (given.kFactorTable === "sigma-120kv" ? sigma120kv[line] : undefined);
}

function kFactorOf(line: string, given: Parameters): KFactor {
  const kFactor = knownKFactor(line, given);
  if (kFactor !== undefined) return { line, kFactor, relativeError: given.kFactorError };
  throw new ParameterError(`There is no k-factor for ${line}.`, {
    where: "cliff-lorimer",
    field: "kFactors",
    expected: "a k-factor by mass for every line, all relative to the same line",
    remedy: `Give one under "kFactors", or leave out the line.`,
  });
}

function classCompositions(
  { labels, ids: given, mask }: QuantifyInput,
  { data, variances, lines }: LineMaps,
  formula: CliffLorimerFormula,
  minimumCounts: number,
): ClassComposition[] {
  if (labels === undefined) return [];
  const n = lines.length;
  const ids = given ?? [...new Set(labels)].filter((label) => label >= 0).sort((a, b) => a - b);
  const slots = new Map(ids.map((id, slot) => [id, slot]));
  const sums = ids.map((id) => ({ id, pixels: 0, netCounts: new Float64Array(n), variance: new Float64Array(n) }));
  for (let p = 0; p < labels.length; p++) {
    const slot = slots.get(labels[p]!);
    if (slot === undefined || mask?.[p] === 0) continue;
    const sum = sums[slot]!;
    sum.pixels += 1;
    for (let k = 0; k < n; k++) {
      sum.netCounts[k]! += data[p * n + k]!;
      sum.variance[k]! += (variances ?? data)[p * n + k]!;
    }
  }
  return sums.map((sum) => ({
    ...sum,
    composition: enough(sum.netCounts, minimumCounts) ? formula.composition(sum.netCounts, sum.variance) : undefined,
    detectionLimit: formula.detectionLimit(sum.netCounts, sum.variance),
  }));
}

async function pixelCompositions(
  { mask }: QuantifyInput,
  { data, variances, lines }: LineMaps,
  formula: CliffLorimerFormula,
  minimumCounts: number,
  context: SeededContext,
) {
  const n = lines.length;
  const empty = () => new Float32Array(data.length).fill(Number.NaN);
  const found = { massFraction: empty(), massFractionError: empty(), atomicFraction: empty(), atomicFractionError: empty() };
  const breath = breather(context);
  let quantifiedPixels = 0;
  for (let at = 0; at < data.length; at += n) {
    if (at % (n * 4096) === 0) {
      await breath();
      context.onProgress?.(at / data.length);
    }
    const net = data.subarray(at, at + n);
    if (mask?.[at / n] === 0 || !enough(net, minimumCounts)) continue;
    const composition = formula.composition(net, variances?.subarray(at, at + n) ?? net);
    for (const key of ["massFraction", "massFractionError", "atomicFraction", "atomicFractionError"] as const) {
      found[key].set(composition[key], at);
    }
    quantifiedPixels += 1;
  }
  return { ...found, quantifiedPixels };
}

function enough(net: ArrayLike<number>, minimumCounts: number): boolean {
  let sum = 0;
  for (let i = 0; i < net.length; i++) sum += Math.max(0, net[i]!);
  return sum >= minimumCounts;
}

const THIN_SAMPLE_KEV = 60;

function doubts({ metadata }: SpectrumImage, { windows }: LineMaps, given: Parameters): Finding[] {
  const warning = (code: string, message: string): Finding => ({ severity: "warning", code, message });
  const found: Finding[] = [];
  const beam = metadata.beamEnergyKev;
  if (metadata.instrument === "SEM" || (beam !== undefined && beam < THIN_SAMPLE_KEV)) {
    const message =
      "Cliff and Lorimer's formula holds for thin samples in a TEM; in bulk, absorption makes these fractions wrong.";
    found.push(warning("not-thin", message));
  }
  const fromTable = windows.some(({ line }) => knownKFactor(line, { ...given, kFactorTable: "none" }) === undefined);
  if (fromTable && beam !== undefined && Math.abs(beam - SIGMA_TABLE_KEV) > 1) {
    found.push(
      warning(
        "other-beam-energy",
        `The k-factors of the table are for ${SIGMA_TABLE_KEV} kV; this image was taken at ${beam} kV.`,
      ),
    );
  }
  const byEnergy = windows.toSorted((a, b) => a.energyKev - b.energyKev);
  byEnergy.slice(1).forEach((window, i) => {
    const before = byEnergy[i]!;
    if (before.toKev <= window.fromKev) return;
    found.push(warning("overlap", `${before.line} and ${window.line} overlap, and each is counted in the window of the other.`));
  });
  return found;
}

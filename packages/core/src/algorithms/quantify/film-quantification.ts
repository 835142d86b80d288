/** Films pixel by pixel and class by class: net counts of lines, through a formula, to fractions with errors. */
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import { parseParameters } from "../parameters.js";
import { featureMaps, type LineMaps } from "../preprocess/feature-maps.js";
import type { FilmComposition, FilmFormula } from "./film-formula.js";

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
  readonly composition: FilmComposition | undefined;
  /** Float64 [elements]: mass fraction that would just be seen; NaN where nothing is. */
  readonly detectionLimit: Float64Array;
}

export interface FilmResult {
  /** In column order, one per element. */
  readonly lines: readonly string[];
  readonly elements: readonly string[];
  readonly classes: readonly ClassComposition[];
  /** Float32 [pixels x elements], row-major; NaN where there are too few counts. */
  readonly massFraction: Float32Array;
  readonly massFractionError: Float32Array;
  readonly atomicFraction: Float32Array;
  readonly atomicFractionError: Float32Array;
  /** Float32 [pixels], kg/m2, where the formula gives it; NaN where there are too few counts. */
  readonly massThickness: Float32Array | undefined;
  readonly quantifiedPixels: number;
  readonly findings: readonly Finding[];
}

export interface FilmJob {
  /** Id of the method, for errors. */
  readonly where: string;
  readonly lines: readonly string[];
  readonly background: "none" | "linear";
  readonly resolutionEv?: number | undefined;
  readonly minimumCounts: number;
  /** Electrons that hit one pixel, where the formula asks for them. */
  readonly electronsPerPixel?: number | undefined;
  /** The formula for the lines that can be counted. */
  formulaFor(lines: readonly string[]): FilmFormula;
}

/**
 * Throws `ParameterError` for less than two lines, two lines of one element or a line without factor, `DataCheckError` for data that are not counts or an energy axis
 * without calibration, `ShapeError` for labels of another size.
 */
export async function quantifyFilm(
  input: QuantifyInput,
  job: FilmJob,
  context: SeededContext,
): Promise<{ result: FilmResult; maps: LineMaps }> {
  const { image } = input;
  const { where, lines, background, resolutionEv, minimumCounts } = job;
  checkSizes(input);
  if (image.counts.kind !== "counts") {
    throw new DataCheckError("Errors of a quantification follow from counting, and these data are not counts.", {
      where,
      found: "intensities",
      expected: "counts as the detector gave them",
    });
  }
  requireLines(lines, where);
  const maps = await featureMaps.run(
    image,
    parseParameters(featureMaps, { lines, background, resolutionEv }),
    partOf(context, 0, 0.5),
  );
  requireLines(maps.lines, where);
  const formula = job.formulaFor(maps.lines);
  const perPixel = await pixelCompositions(input, maps, formula, job, partOf(context, 0.5, 1));
  context.onProgress?.(1);
  const result: FilmResult = {
    lines: maps.lines,
    elements: formula.elements,
    classes: classCompositions(input, maps, formula, minimumCounts, job.electronsPerPixel),
    ...perPixel,
    findings: [...maps.findings, ...overlaps(maps)],
  };
  return { result, maps };
}

function checkSizes({ image, labels, mask }: QuantifyInput): void {
  const pixels = image.counts.navigationShape.reduce((product, size) => product * size, 1);
  for (const [what, array] of [["label", labels] as const, ["mask value", mask] as const]) {
    if (array === undefined || array.length === pixels) continue;
    throw new ShapeError(`There must be one ${what} per pixel.`, { found: String(array.length), expected: String(pixels) });
  }
}

function requireLines(lines: readonly string[], where: string): void {
  const elements = lines.map((line) => lineNamed(line).element);
  const twice = elements.find((element, i) => elements.indexOf(element) !== i);
  if (twice !== undefined) {
    throw new ParameterError("An element is to be quantified by two lines.", {
      where,
      field: "lines",
      found: lines.filter((_, i) => elements[i] === twice).join(" and "),
      expected: "one line per element",
    });
  }
  if (lines.length >= 2) return;
  throw new ParameterError("Fractions need the lines of at least two elements.", {
    where,
    field: "lines",
    found: lines.length === 0 ? "no line" : lines.join(),
    remedy: "Name a line for every element of the sample.",
  });
}

function classCompositions(
  { labels, ids: given, mask }: QuantifyInput,
  { data, variances, lines }: LineMaps,
  formula: FilmFormula,
  minimumCounts: number,
  electronsPerPixel: number | undefined,
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
    composition: enough(sum.netCounts, minimumCounts)
      ? formula.composition(sum.netCounts, sum.variance, (electronsPerPixel ?? Number.NaN) * sum.pixels)
      : undefined,
    detectionLimit: formula.detectionLimit(sum.netCounts, sum.variance),
  }));
}

async function pixelCompositions(
  { mask }: QuantifyInput,
  { data, variances, lines }: LineMaps,
  formula: FilmFormula,
  { minimumCounts, electronsPerPixel }: FilmJob,
  context: SeededContext,
) {
  const n = lines.length;
  const empty = () => new Float32Array(data.length).fill(Number.NaN);
  const found = { massFraction: empty(), massFractionError: empty(), atomicFraction: empty(), atomicFractionError: empty() };
  const massThickness = electronsPerPixel === undefined ? undefined : new Float32Array(data.length / n).fill(Number.NaN);
  const breath = breather(context);
  let quantifiedPixels = 0;
  for (let at = 0; at < data.length; at += n) {
    if (at % (n * 4096) === 0) {
      await breath();
      context.onProgress?.(at / data.length);
    }
    const net = data.subarray(at, at + n);
    if (mask?.[at / n] === 0 || !enough(net, minimumCounts)) continue;
    const composition = formula.composition(net, variances?.subarray(at, at + n) ?? net, electronsPerPixel);
    for (const key of ["massFraction", "massFractionError", "atomicFraction", "atomicFractionError"] as const) {
      found[key].set(composition[key], at);
    }
    if (massThickness !== undefined) massThickness[at / n] = composition.massThicknessKgM2 ?? Number.NaN;
    quantifiedPixels += 1;
  }
  return { ...found, massThickness, quantifiedPixels };
}

function enough(net: ArrayLike<number>, minimumCounts: number): boolean {
  let sum = 0;
  for (let i = 0; i < net.length; i++) sum += Math.max(0, net[i]!);
  return sum >= minimumCounts;
}

function overlaps({ windows }: LineMaps): Finding[] {
  const byEnergy = windows.toSorted((a, b) => a.energyKev - b.energyKev);
  return byEnergy.slice(1).flatMap((window, i): Finding[] => {
    const before = byEnergy[i]!;
    if (before.toKev <= window.fromKev) return [];
    const message = `${before.line} and ${window.line} overlap, and each is counted in the window of the other.`;
    return [{ severity: "warning", code: "overlap", message }];
  });
}

const THIN_SAMPLE_KEV = 60;

/** A word where the sample cannot be thin. */
export function thicknessFindings({ metadata }: SpectrumImage, name: string): Finding[] {
  const beam = metadata.beamEnergyKev;
  if (metadata.instrument !== "SEM" && (beam === undefined || beam >= THIN_SAMPLE_KEV)) return [];
  const message = `${name} holds for thin samples in a TEM; in bulk, absorption makes these fractions wrong.`;
  return [{ severity: "warning", code: "not-thin", message }];
}

import { z } from "zod";
import { ParameterError, ShapeError } from "../../errors.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { fitResidual } from "./fit-residual.js";
import { gramMatrix, nonNegativeSolver } from "./nnls.js";
import { quickestLikelihood } from "./pixel-likelihood/kernel-likelihood.js";
import { poissonSolver } from "./poisson-abundances.js";

const parameters = z.strictObject({
  weighting: z.enum(["poisson", "channel", "none"]).default("poisson").meta({
    title: "Weighting",
    description:
      "poisson: most likely given counting statistics; channel: least squares with each channel divided by its mean counts; none: plain least squares.",
  }),
  sumToOne: z.enum(["normalise", "constrain", "no"]).default("normalise").meta({
    title: "Abundances sum to one",
    description:
      "normalise: divided by their sum after the fit; constrain: held to one during the fit, for a map of constant thickness; no: as fitted.",
  }),
});

export interface AbundancesInput {
  readonly counts: CountSource;
  /** Each float64 [channels], not negative, not all zero: counts of a pixel that is purely this. They are held fixed. */
  readonly endmembers: readonly Float64Array[];
  /** Uint8 [pixels]; a pixel with 0 is left out and gets zeros. */
  readonly mask?: Uint8Array | undefined;
}

export interface Abundances {
  /** Float32 [pixels x endmembers], row-major. */
  readonly abundances: Float32Array;
  /**
   * Float32 [pixels]: square root of the reduced chi-square over energy bins that hold one count per pixel on average; 1 where the fit is as
   * good as counting statistics let it be. For intensities: size of the difference relative to the spectrum, 0 to 1.
   */
  readonly residual: Float32Array;
  /**
   * Share of the counts, 0 to 1, that lie above the model by more than three standard errors in the sum spectra of pixels with the same
   * largest endmember: what none explains, with the noise of counting left out.
   */
  readonly unexplainedShare: number;
  readonly findings: readonly Finding[];
}

/** How much of each of the given spectra every pixel holds, fitted pixel by pixel on the sparse counts. */
export const abundances: Algorithm<typeof parameters, AbundancesInput, Abundances> = {
  id: "abundances",
  name: "Abundances by non-negative least squares",
  summary: "Fits every pixel as a sum of given spectra, none of them negative, and says what is left over.",
  reference:
    "Lawson and Hanson 1974; Bro and de Jong 1997, doi:10.1002/(SICI)1099-128X(199709/10)11:5<393::AID-CEM483>3.0.CO;2-L; Keenan and Kotula 2004, doi:10.1002/sia.1657",
  parameters,
  run: runAbundances,
};

type PixelFit = (channel: Uint16Array, count: ArrayLike<number>, from: number, to: number, out: Float64Array) => void;

async function runAbundances(
  { counts, endmembers, mask }: AbundancesInput,
  given: z.output<typeof parameters>,
  context: SeededContext,
): Promise<Abundances> {
  const pixels = pixelCount(counts.navigationShape);
  checkEndmembers(endmembers, counts.channels);
  if (mask !== undefined && mask.length !== pixels) {
    throw new ShapeError("The mask must have one value per pixel.", { found: String(mask.length), expected: String(pixels) });
  }
  const k = endmembers.length;
  const breath = breather(context);
  const [spectrum] = await pass(counts, [sumSpectrum(counts)], {
    signal: context.signal,
    onProgress: (fraction) => context.onProgress?.(0.1 * fraction),
  });
  const fit = await pixelFit(endmembers, spectrum, pixels, given);
  const leftOver = fitResidual(counts, endmembers, spectrum);
  const all = new Float32Array(pixels * k);
  const residual = new Float32Array(pixels);
  const own = new Float64Array(k);
  for await (const block of counts.blocks({ signal: context.signal })) {
    const { firstPixel, rowStart, channel, count } = block;
    for (let p = 0; p < block.pixels; p++) {
      if ((p & 63) === 0) await breath();
      const pixel = firstPixel + p;
      const from = rowStart[p]!;
      const to = rowStart[p + 1]!;
      if (mask?.[pixel] === 0 || from === to) continue;
      fit(channel, count, from, to, own);
      residual[pixel] = leftOver.add(channel, count, from, to, own);
      if (given.sumToOne === "normalise") normalise(own);
      all.set(own, pixel * k);
    }
    context.onProgress?.(0.1 + (0.9 * (firstPixel + block.pixels)) / pixels);
  }
  context.onProgress?.(1);
  return {
    abundances: all,
    residual,
    unexplainedShare: leftOver.unexplainedShare(),
    findings: findingsOf(counts, given.weighting),
  };
}

async function pixelFit(
  endmembers: readonly Float64Array[],
  spectrum: Float64Array,
  pixels: number,
  { weighting, sumToOne }: z.output<typeof parameters>,
): Promise<PixelFit> {
  const sum = sumToOne === "constrain" ? 1 : undefined;
  if (weighting === "poisson") {
    const solver = poissonSolver(endmembers, await quickestLikelihood(endmembers));
    return (channel, count, from, to, out) => solver.solve(channel, count, from, to, out, sum);
  }
  const weight = weighting === "channel" ? inverseMean(spectrum, pixels) : undefined;
  const k = endmembers.length;
  const solver = nonNegativeSolver(gramMatrix(endmembers, weight), k);
  const byChannel = new Float64Array(spectrum.length * k);
  endmembers.forEach((endmember, j) => {
    for (let c = 0; c < spectrum.length; c++) byChannel[c * k + j] = endmember[c]! * (weight === undefined ? 1 : weight[c]!);
  });
  const h = new Float64Array(k);
  return (channel, count, from, to, out) => {
    h.fill(0);
    for (let i = from; i < to; i++) {
      const row = channel[i]! * k;
      const value = count[i]!;
      for (let j = 0; j < k; j++) h[j]! += value * byChannel[row + j]!;
    }
    solver.solve(h, out, sum);
  };
}

/** 1 / mean counts of each channel: the inverse of their variance, were all pixels alike. Poor channels count as a thousandth of the mean channel. */
function inverseMean(spectrum: Float64Array, pixels: number): Float64Array {
  let total = 0;
  for (let c = 0; c < spectrum.length; c++) total += spectrum[c]!;
  const floor = total > 0 ? (1e-3 * total) / spectrum.length : 1;
  return spectrum.map((value) => pixels / Math.max(value, floor));
}

function normalise(values: Float64Array): void {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j]!;
  if (sum > 0) for (let j = 0; j < values.length; j++) values[j]! /= sum;
}

/** Throws unless there are endmembers that fit the energy axis, are not negative and hold something. */
export function checkEndmembers(endmembers: readonly Float64Array[], channels: number): void {
  if (endmembers.length === 0)
    throw new ParameterError("There are no endmembers.", { field: "endmembers", expected: "at least one spectrum" });
  endmembers.forEach((spectrum, j) => {
    if (spectrum.length !== channels) {
      throw new ShapeError("An endmember has another number of channels than the counts.", {
        where: `endmember ${j}`,
        found: String(spectrum.length),
        expected: String(channels),
      });
    }
    const negative = spectrum.findIndex((value) => !(value >= 0 && value < Infinity));
    if (negative !== -1 || !spectrum.some((value) => value > 0)) {
      throw new ParameterError("An endmember must hold counts and no negative ones.", {
        field: "endmembers",
        where: `endmember ${j}`,
        found: negative === -1 ? "zeros only" : `${spectrum[negative]} in channel ${negative}`,
      });
    }
  });
}

function findingsOf(counts: CountSource, weighting: string): Finding[] {
  if (counts.kind === "counts" || weighting === "none") return [];
  return [
    {
      severity: "info",
      code: "weights-of-intensities",
      message: "The spectra are intensities and not counts, so weights by counting statistics are only approximate.",
    },
  ];
}

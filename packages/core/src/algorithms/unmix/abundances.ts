import { z } from "zod";
import { ParameterError, ShapeError } from "../../errors.js";
import { beginBlocks } from "../../kernels/threads/block-work.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { fitResidual } from "./fit-residual.js";
import { BLOCK_PIXELS, type FitSettings, fitWork, type PixelRun, RUN_PIXELS, runOf } from "./pixel-fits.js";

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

/** With fewer pixels than this the fit is done sooner than threads are woken; so it is by least squares, which take a few millionths of a second. */
const FEWEST_PIXELS = 16_384;

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
  const [spectrum] = await pass(counts, [sumSpectrum(counts)], {
    signal: context.signal,
    onProgress: (fraction) => context.onProgress?.(0.1 * fraction),
  });
  const leftOver = fitResidual(counts, endmembers, spectrum);
  const all = new Float32Array(pixels * k);
  const residual = new Float32Array(pixels);
  const take = (pixel: number, { rowStart, channel, count }: PixelRun, p: number, own: Float64Array): void => {
    residual[pixel] = leftOver.add(channel, count, rowStart[p]!, rowStart[p + 1]!, own);
    if (given.sumToOne === "normalise") normalise(own);
    all.set(own, pixel * k);
  };
  await fitAll(
    counts,
    { endmembers, spectrum, pixels, weighting: given.weighting, isClosed: given.sumToOne === "constrain" },
    mask,
    take,
    context,
  );
  context.onProgress?.(1);
  return {
    abundances: all,
    residual,
    unexplainedShare: leftOver.unexplainedShare(),
    findings: findingsOf(counts, given.weighting),
  };
}

/** Fits every pixel that is not empty and not left out, and gives `take` its abundances, pixel after pixel. */
async function fitAll(
  counts: CountSource,
  settings: FitSettings,
  mask: Uint8Array | undefined,
  take: (pixel: number, run: PixelRun, row: number, own: Float64Array) => void,
  { threads, signal, onProgress }: SeededContext,
): Promise<void> {
  const k = settings.endmembers.length;
  const isLong = settings.weighting === "poisson" && settings.pixels >= FEWEST_PIXELS;
  const blocks = await beginBlocks(fitWork, settings, { threads: isLong ? threads : undefined, signal });
  const found = new Float64Array(RUN_PIXELS * k);
  try {
    for await (const block of counts.blocks({ signal })) {
      for (let first = 0; first < block.pixels; first += RUN_PIXELS) {
        const rows = Math.min(RUN_PIXELS, block.pixels - first);
        const run = runOf(block, first, first + rows, mask);
        await blocks.run(run, Math.ceil(rows / BLOCK_PIXELS), (own, at) => found.set(own, at * BLOCK_PIXELS * k));
        for (let p = 0; p < rows; p++) {
          if (run.mask?.[p] === 0 || run.rowStart[p] === run.rowStart[p + 1]) continue;
          take(block.firstPixel + first + p, run, p, found.subarray(p * k, (p + 1) * k));
        }
      }
      onProgress?.(0.1 + (0.9 * (block.firstPixel + block.pixels)) / settings.pixels);
    }
  } finally {
    blocks.end();
  }
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

import { z } from "zod";
import { ShapeError } from "../../errors.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { neighbourAverage } from "./neighbour-average.js";
import { softmax, zScore } from "./scale-features.js";

export const featureTreatments = ["neighbour-average", "z-score", "softmax"] as const;
export type FeatureTreatment = (typeof featureTreatments)[number];

const parameters = z.strictObject({
  steps: z.array(z.enum(featureTreatments)).max(20).default(["neighbour-average", "z-score"]).meta({
    title: "Treatment",
    description:
      "In this order. neighbour-average: mean of the pixel and its neighbours; z-score: each line to mean 0 and spread 1; softmax: lines of a pixel to positive shares of 1.",
  }),
});

/** Features of all pixels, with what is needed to treat them. */
export interface Features {
  /** Float32 [pixels x lines], row-major. */
  readonly data: Float32Array;
  /** Names of the columns. */
  readonly lines: readonly string[];
  /** Sizes of the navigation axes, slowest first. */
  readonly navigationShape: readonly number[];
  /** Uint8 [pixels]; pixels with 0 are left out of means and spreads and become 0. */
  readonly mask?: Uint8Array | undefined;
}

export interface TreatedFeatures {
  /** Float32 [pixels x lines]; a new array. */
  readonly data: Float32Array;
  /** The steps that were done, in order. */
  readonly treatment: readonly FeatureTreatment[];
  readonly findings: readonly Finding[];
}

/** Neighbour averaging, z-scores and softmax, in any order and as often as wanted; SIGMA's three normalisations without their NaN. */
export const treatFeatures: Algorithm<typeof parameters, Features, TreatedFeatures> = {
  id: "treat-features",
  name: "Treatment of features",
  summary: "Smooths and scales the maps of X-ray lines so that strong and weak lines count alike.",
  reference: "Tung et al. 2023, doi:10.1029/2022GC010530 (SIGMA)",
  parameters,
  run: runTreatFeatures,
};

async function runTreatFeatures(
  { data, lines, navigationShape, mask }: Features,
  { steps }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<TreatedFeatures> {
  const pixels = pixelCount(navigationShape);
  if (data.length !== pixels * lines.length) {
    throw new ShapeError("The features do not have pixels x lines values.", {
      found: String(data.length),
      expected: `${pixels} x ${lines.length}`,
    });
  }
  if (mask !== undefined && mask.length !== pixels) {
    throw new ShapeError("The mask must have one value per pixel.", { found: String(mask.length), expected: String(pixels) });
  }
  const breath = breather(context);
  const findings: Finding[] = [];
  let current = leaveOut(data, lines.length, mask);
  for (const [done, step] of steps.entries()) {
    await breath();
    if (step === "neighbour-average") current = await neighbourAverage(current, lines.length, navigationShape, mask, breath);
    else if (step === "softmax") current = softmax(current, lines.length, mask);
    else {
      const { data: scaled, constant } = zScore(current, lines.length, mask);
      current = scaled;
      for (const column of constant) {
        findings.push({
          severity: "warning",
          code: "constant-feature",
          message: `${lines[column]} is the same at every pixel: its z-score is 0 and it tells nothing apart.`,
        });
      }
    }
    context.onProgress?.((done + 1) / steps.length, step);
  }
  context.onProgress?.(1);
  return { data: current, treatment: [...steps], findings };
}

function leaveOut(data: Float32Array, columns: number, mask: Uint8Array | undefined): Float32Array {
  const copy = data.slice();
  mask?.forEach((inside, pixel) => {
    if (inside === 0) copy.fill(0, pixel * columns, (pixel + 1) * columns);
  });
  return copy;
}

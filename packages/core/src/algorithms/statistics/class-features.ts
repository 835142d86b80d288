import { z } from "zod";
import { ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import type { Algorithm } from "../algorithm.js";
import { atOnce } from "../at-once.js";

const parameters = z.strictObject({});

export interface ClassFeatureInput {
  /** Int32 [pixels], -1 = unassigned. */
  readonly labels: Int32Array;
  /** Left out: the ids in the labels, rising. */
  readonly ids?: readonly number[] | undefined;
  /** Float32 [pixels x lines]. */
  readonly features: { readonly lines: readonly string[]; readonly data: Float32Array };
}

/** Rows are classes in the order of `ids`, columns features; NaN for a class without pixels. */
export interface ClassFeatures {
  readonly ids: readonly number[];
  readonly lines: readonly string[];
  readonly pixels: readonly number[];
  readonly mean: Matrix;
  /** Standard deviation over the pixels of the class (divisor n). */
  readonly standardDeviation: Matrix;
}

/** Mean and spread of each feature in each class, by Welford's update (1962, doi:10.1080/00401706.1962.10490022). */
export const classFeatures: Algorithm<typeof parameters, ClassFeatureInput, ClassFeatures> = {
  id: "class-features",
  name: "Features of classes",
  summary: "Gives mean and spread of each feature in each class.",
  reference: "Welford 1962, doi:10.1080/00401706.1962.10490022",
  parameters,
  run: (input, _, context) => atOnce(context, () => featuresOfClasses(input)),
};

/** Throws {@link ShapeError} when features and labels are not of one size. */
function featuresOfClasses({ labels, features: { lines, data }, ids: given }: ClassFeatureInput): ClassFeatures {
  const n = lines.length;
  if (data.length !== labels.length * n) {
    throw new ShapeError("There must be one value per pixel and feature.", {
      found: String(data.length),
      expected: `${labels.length} x ${n}`,
    });
  }
  const ids = given ?? [...new Set(labels)].filter((label) => label >= 0).sort((a, b) => a - b);
  const slot = new Map(ids.map((id, i) => [id, i]));
  const pixels = ids.map(() => 0);
  const mean = matrix(ids.length, n);
  const spread = matrix(ids.length, n);
  for (let p = 0; p < labels.length; p++) {
    const i = slot.get(labels[p]!);
    if (i === undefined) continue;
    const count = ++pixels[i]!;
    for (let k = 0; k < n; k++) {
      const value = data[p * n + k]!;
      const before = value - mean.data[i * n + k]!;
      mean.data[i * n + k]! += before / count;
      spread.data[i * n + k]! += before * (value - mean.data[i * n + k]!);
    }
  }
  for (let i = 0; i < ids.length; i++) {
    for (let k = 0; k < n; k++) {
      const at = i * n + k;
      if (pixels[i] === 0) mean.data[at] = Number.NaN;
      spread.data[at] = pixels[i] === 0 ? Number.NaN : Math.sqrt(spread.data[at]! / pixels[i]!);
    }
  }
  return { ids, lines, pixels, mean, standardDeviation: spread };
}

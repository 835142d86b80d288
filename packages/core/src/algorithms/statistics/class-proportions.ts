import { z } from "zod";
import { ShapeError } from "../../errors.js";
import type { Algorithm } from "../algorithm.js";
import { atOnce } from "../at-once.js";

const parameters = z.strictObject({
  soft: z.boolean().default(false).meta({
    title: "By probability",
    description: "Adds the probabilities of a class over the pixels, instead of counting the pixels that it was given.",
  }),
  softThreshold: z.number().min(0).max(1).default(0).meta({
    title: "Least probability",
    unit: "probability",
    description: "With probabilities: only pixels whose most probable class has at least this probability take part.",
  }),
  countUnassigned: z.boolean().default(true).meta({
    title: "Count unassigned pixels",
    description: "Whether proportions are of all pixels, or of those that belong to a class.",
  }),
});

export interface ProportionInput {
  /** Int32 [pixels], -1 = unassigned. */
  readonly labels: Int32Array;
  /** Ids of the classes, in the order of the columns of `membership`. Left out: the ids in the labels, rising. */
  readonly ids?: readonly number[] | undefined;
  /** Float32 [pixels x classes]; without it proportions by probability are those of the labels. */
  readonly membership?: { readonly classes: number; readonly data: Float32Array } | undefined;
  readonly pixelAreaUm2?: number | undefined;
}

export interface ClassProportion {
  readonly id: number;
  /** Pixels of the class; by probability, their expected number. */
  readonly pixels: number;
  /** 0 to 1, of the pixels that count. */
  readonly proportion: number;
  /** By probability: standard error of the proportion, when pixels are independent; undefined for counted labels. */
  readonly standardError: number | undefined;
  readonly areaUm2: number | undefined;
}

export interface ClassProportions {
  readonly classes: readonly ClassProportion[];
  /** Pixels that proportions are of. */
  readonly ofPixels: number;
  readonly unassignedPixels: number;
}

/** How much of the map each class takes. */
export const classProportions: Algorithm<typeof parameters, ProportionInput, ClassProportions> = {
  id: "class-proportions",
  name: "Class proportions",
  summary: "Says how much of the map each class takes, by pixels or by probabilities.",
  reference: "Fuller 2009, Sampling Statistics, doi:10.1002/9780470523551",
  parameters,
  run: (input, given, context) => atOnce(context, () => proportions(input, given)),
};

/** Throws {@link ShapeError} when membership and labels are not of one size. */
function proportions(input: ProportionInput, given: z.output<typeof parameters>): ClassProportions {
  const ids = input.ids ?? [...new Set(input.labels)].filter((label) => label >= 0).sort((a, b) => a - b);
  const { membership } = input;
  const sums =
    given.soft && membership !== undefined ? softSums(input, ids, membership, given.softThreshold) : hardSums(input, ids);
  const ofPixels = sums.assigned + (given.countUnassigned ? sums.unassigned : 0);
  return {
    classes: ids.map((id, i) => ({
      id,
      pixels: sums.pixels[i]!,
      proportion: ofPixels === 0 ? 0 : sums.pixels[i]! / ofPixels,
      standardError: sums.variance === undefined || ofPixels === 0 ? undefined : Math.sqrt(sums.variance[i]!) / ofPixels,
      areaUm2: input.pixelAreaUm2 === undefined ? undefined : sums.pixels[i]! * input.pixelAreaUm2,
    })),
    ofPixels,
    unassignedPixels: sums.unassigned,
  };
}

interface Sums {
  readonly pixels: Float64Array;
  readonly variance: Float64Array | undefined;
  readonly assigned: number;
  readonly unassigned: number;
}

function hardSums({ labels }: ProportionInput, ids: readonly number[]): Sums {
  const slot = new Map(ids.map((id, i) => [id, i]));
  const pixels = new Float64Array(ids.length);
  let assigned = 0;
  for (const label of labels) {
    const i = slot.get(label);
    if (i === undefined) continue;
    pixels[i]! += 1;
    assigned += 1;
  }
  return { pixels, variance: undefined, assigned, unassigned: labels.length - assigned };
}

/** A row without probabilities is an unassigned pixel; a row below the threshold takes no part at all. */
function softSums(
  { labels }: ProportionInput,
  ids: readonly number[],
  { classes, data }: NonNullable<ProportionInput["membership"]>,
  threshold: number,
): Sums {
  if (classes < ids.length || data.length !== labels.length * classes) {
    throw new ShapeError("There must be one probability per pixel and class.", {
      found: `${data.length} for ${classes} classes`,
      expected: `${labels.length} x ${ids.length}`,
    });
  }
  const pixels = new Float64Array(ids.length);
  const variance = new Float64Array(ids.length);
  let [assigned, unassigned] = [0, 0];
  for (let p = 0; p < labels.length; p++) {
    let highest = 0;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, data[p * classes + k]!);
    if (highest === 0) unassigned += 1;
    if (highest === 0 || highest < threshold) continue;
    assigned += 1;
    for (let k = 0; k < ids.length; k++) {
      const probability = data[p * classes + k]!;
      pixels[k]! += probability;
      variance[k]! += probability * (1 - probability);
    }
  }
  return { pixels, variance, assigned, unassigned };
}

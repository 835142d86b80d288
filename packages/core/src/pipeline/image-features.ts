/** Pictures of the field (BSE, SE, HAADF ...) as features beside the maps of X-ray lines. */
import { z } from "zod";
import { zScore } from "../algorithms/preprocess/scale-features.js";
import { RecipeError } from "../errors.js";
import { pixelCount } from "../spectrum-image/counts.js";
import { hasProportionOfMap } from "../spectrum-image/navigation-image.js";
import { resampledPicture } from "../spectrum-image/resample-image.js";
import type { Finding, NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { Analysis } from "./analysis.js";

const scalings = ["z-score", "min-max", "none"] as const;

export const imageFeatureParameters = {
  images: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200).meta({ title: "Picture", description: "Its name, as sigma info lists it." }),
        normalise: z.enum(scalings).default("z-score").meta({
          title: "Scale",
          description: "z-score: mean 0 and spread 1 over the pixels; min-max: 0 to 1; none: as it is.",
        }),
        weight: z.number().positive().max(1000).default(1).meta({
          title: "Weight",
          description: "Multiplies the scaled picture: above 1 it decides more than one line does.",
        }),
      }),
    )
    .max(20)
    .default([])
    .meta({
      title: "Pictures as features",
      description:
        "Pictures of the same field that become features beside the lines, each scaled for itself and brought to the grid of the map.",
    }),
};

type Chosen = z.output<z.ZodObject<typeof imageFeatureParameters>>["images"];

/** Pictures as columns beside the lines; steps that need X-ray lines never see them. */
export interface ImageFeatures {
  /** Names of the pictures, in column order. */
  readonly names: readonly string[];
  /** Float32 [pixels x names], row-major: scaled; 0 outside the mask. */
  readonly data: Float32Array;
  /** What was done to each: `BSE: z-score`. */
  readonly treatment: readonly string[];
}

/**
 * The chosen pictures on the grid of the map; in a stack every frame gets the same. Throws {@link RecipeError} for a name that the image does not
 * have or has twice, and for a picture of another shape than the map.
 */
export function imageFeaturesOf(
  { image, mask }: Analysis,
  chosen: Chosen,
): { features: ImageFeatures | undefined; findings: readonly Finding[] } {
  if (chosen.length === 0) return { features: undefined, findings: [] };
  const findings: Finding[] = [];
  const pixels = pixelCount(image.counts.navigationShape);
  const data = new Float32Array(pixels * chosen.length);
  for (const [column, { name, normalise, weight }] of chosen.entries()) {
    const picture = fieldPicture(image, name);
    const values = scaled(filled(onMapGrid(image, picture), picture, findings), mask, normalise, picture, findings);
    for (let p = 0; p < pixels; p++) data[p * chosen.length + column] = mask?.[p] === 0 ? 0 : weight * values[p]!;
  }
  const treatment = chosen.map(({ name, normalise, weight }) => `${name}: ${normalise}${weight === 1 ? "" : ` x ${weight}`}`);
  return { features: { names: chosen.map(({ name }) => name), data, treatment }, findings };
}

/** The picture of this name, which must show the field of the map. Throws {@link RecipeError}. */
export function fieldPicture(image: SpectrumImage, name: string): NavigationImage {
  const named = image.images.filter((picture) => picture.name === name);
  if (named.length !== 1) {
    throw new RecipeError(named.length === 0 ? "There is no such picture." : "Several pictures have this name.", {
      where: "images",
      found: name,
      expected:
        image.images.length === 0 ? "pictures beside the map" : `one of ${image.images.map((one) => one.name).join(", ")}`,
      remedy: "Choose a picture that the file holds, or add one of the same field with --add-image.",
    });
  }
  requireSameField(image, named[0]!);
  return named[0]!;
}

function requireSameField({ counts }: SpectrumImage, { name, width, height }: NavigationImage): void {
  if (hasProportionOfMap({ width, height }, counts.navigationShape)) return;
  const [rows, columns] = [counts.navigationShape.at(-2) ?? 1, counts.navigationShape.at(-1) ?? 1];
  throw new RecipeError("The picture does not have the shape of the map, so it cannot show the same field.", {
    where: name,
    found: `${width} x ${height}`,
    expected: `the proportion of the map, ${columns} x ${rows}`,
    remedy: "Cut the picture to the field of the map.",
  });
}

/** Float32 [pixels]: the picture on the last two navigation axes, repeated over the slower ones. */
export function onMapGrid({ counts }: SpectrumImage, picture: NavigationImage): Float32Array {
  const shape = counts.navigationShape;
  const plane = resampledPicture(picture, shape.at(-1) ?? 1, shape.at(-2) ?? 1);
  const all = new Float32Array(pixelCount(shape));
  for (let from = 0; from < all.length; from += plane.length) all.set(plane, from);
  return all;
}

/** Pixels without a value get the mean of the others. */
function filled(values: Float32Array, { name }: NavigationImage, findings: Finding[]): Float32Array {
  const missing = values.reduce((n, value) => n + (Number.isFinite(value) ? 0 : 1), 0);
  if (missing === 0) return values;
  let sum = 0;
  for (const value of values) if (Number.isFinite(value)) sum += value;
  const mean = missing === values.length ? 0 : sum / (values.length - missing);
  findings.push({
    severity: "warning",
    code: "picture-gaps",
    message: `${name} has no value at ${missing} pixels of the map; they got the mean of the others.`,
  });
  return values.map((value) => (Number.isFinite(value) ? value : mean));
}

function scaled(
  values: Float32Array,
  mask: Uint8Array | undefined,
  how: (typeof scalings)[number],
  { name }: NavigationImage,
  findings: Finding[],
): Float32Array {
  if (how === "none") return values;
  const { data, constant } = how === "z-score" ? zScore(values, 1, mask) : minMax(values, mask);
  if (constant.length > 0) {
    findings.push({
      severity: "warning",
      code: "constant-feature",
      message: `${name} is the same at every pixel of the map and tells nothing apart.`,
    });
  }
  return data;
}

/** To 0 at the least and 1 at the largest value inside the mask; a constant picture becomes 0 and is listed. */
function minMax(values: Float32Array, mask: Uint8Array | undefined): { data: Float32Array; constant: readonly number[] } {
  let [least, most] = [Infinity, -Infinity];
  values.forEach((value, p) => {
    if (mask?.[p] === 0) return;
    least = Math.min(least, value);
    most = Math.max(most, value);
  });
  if (!(most > least)) return { data: new Float32Array(values.length), constant: [0] };
  return { data: values.map((value) => (value - least) / (most - least)), constant: [] };
}

import type { Finding, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { FeatureMaps } from "./analysis.js";
import { mapsAsked, mapValues } from "./map-image.js";
import type { StepContext } from "./step.js";

/**
 * Maps that the file holds as features, as they are. With `normalisePixels`, counts are divided by the sum of the pixel over all maps of the file;
 * intensities are not, since those of different maps have no common unit, and a finding says so. Throws RecipeError for a map that is not there.
 */
export async function mapFeatures(
  image: SpectrumImage,
  asked: readonly string[],
  normalisePixels: boolean,
  context: StepContext,
): Promise<{ features: FeatureMaps; findings: readonly Finding[] }> {
  const names = image.channelLines ?? [];
  const chosen = mapsAsked(names, asked, "features");
  const lines = chosen.map((channel) => names[channel]!);
  const data = await mapValues(image, chosen, context);
  if (!normalisePixels) return { features: { lines, data, windows: [], treatment: [] }, findings: [] };
  if (image.counts.kind !== "counts") {
    const message = "The maps are no counts, so pixels are not divided by their sum; each map is scaled for itself.";
    return {
      features: { lines, data, windows: [], treatment: [] },
      findings: [{ severity: "info", code: "pixels-not-normalised", message }],
    };
  }
  const all = await mapValues(
    image,
    names.map((_, channel) => channel),
    context,
  );
  const features = {
    lines,
    data: sharesOf(data, all, lines.length, names.length),
    windows: [],
    treatment: ["divided by the counts of the pixel"],
  };
  return { features, findings: [] };
}

function sharesOf(data: Float32Array, all: Float32Array, columns: number, maps: number): Float32Array {
  const shares = new Float32Array(data.length);
  for (let p = 0; p < all.length / maps; p++) {
    let sum = 0;
    for (let c = 0; c < maps; c++) sum += all[p * maps + c]!;
    if (sum > 0) for (let c = 0; c < columns; c++) shares[p * columns + c] = data[p * columns + c]! / sum;
  }
  return shares;
}

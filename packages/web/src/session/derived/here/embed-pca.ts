import { countOf, formatNumber, formatPercent } from "@sigma-eds/core";
import { featuresOf } from "./embed-umap.js";
import { levelsOf } from "./levels.js";
import { columnOf } from "./matrix-column.js";
import type { MethodEntry, Tellers } from "./teller.js";

export const pcaOfFeatures: Tellers<MethodEntry<"embed", "pca">> = {
  nComponents(value, ground) {
    const features = featuresOf(ground);
    const spreads = spreadsOf(ground.result?.latent);
    const words = `${countOf(Math.min(value, features || value), "number")} for the ${countOf(features, "feature")} of a pixel`;
    if (spreads === undefined || ground.entry.whiten) return `${words}.`;
    const all = spreads.reduce((sum, spread) => sum + spread * spread, 0);
    return `${words}; the first holds ${formatPercent((spreads[0]! * spreads[0]!) / all)} of what these hold.`;
  },
  whiten(value, { result }) {
    const spreads = spreadsOf(result?.latent);
    if (spreads === undefined || spreads.length < 2)
      return value ? "Each component then spreads by 1." : "Components keep their spreads, the first the widest.";
    const [first, last] = [spreads[0]!, spreads.at(-1)!];
    return value
      ? "Each component spreads by 1."
      : `The first component spreads ${formatNumber(first / Math.max(1e-12, last), 2)} times as wide as the last.`;
  },
};

/** Standard deviation of each dimension. */
function spreadsOf(
  latent: { readonly dimensions: number; readonly data: Float32Array } | undefined,
): readonly number[] | undefined {
  if (latent === undefined) return undefined;
  return Array.from({ length: latent.dimensions }, (_, d) => {
    const column = columnOf(latent.data, latent.dimensions, d);
    const { mean } = levelsOf(column);
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, column.length));
  });
}

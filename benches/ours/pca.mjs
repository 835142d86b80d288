import { spectralPca } from "../../packages/core/dist/algorithms/decompose/pca.js";
import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { imageOf, stacked } from "./loading.mjs";

export const load = imageOf;

export async function work({ counts }, context) {
  const { components } = await spectralPca.run({ counts }, parseParameters(spectralPca, { nComponents: 20 }), context);
  return () => ({ components: stacked(components) });
}

import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { nmf } from "../../packages/core/dist/algorithms/unmix/nmf.js";
import { imageOf, stacked, table } from "./loading.mjs";

export const load = imageOf;

export async function work({ counts }, context) {
  const { abundances, endmembers } = await nmf.run({ spectra: counts }, parseParameters(nmf, { nComponents: 6 }), context);
  return () => ({ abundances: table(abundances, abundances.length / endmembers.length), endmembers: stacked(endmembers) });
}

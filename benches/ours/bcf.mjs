import { pass, sumSpectrum } from "../../packages/core/dist/spectrum-image/pass.js";
import { imageOf } from "./loading.mjs";

/** Loading is the work here. */
export async function load(input) {
  return input;
}

export async function work(input) {
  const { counts } = await imageOf(input);
  return async () => {
    const [sum] = await pass(counts, [sumSpectrum(counts)]);
    return { sum: { shape: [sum.length], data: sum } };
  };
}

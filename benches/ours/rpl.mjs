import { openInput } from "../../packages/cli/dist/input.js";
import { pass, sumSpectrum, windowMaps } from "../../packages/core/dist/spectrum-image/pass.js";
import { stacked } from "./loading.mjs";

export const usesThreads = false;

/** Opening is part of the work. */
export async function load(input) {
  return input;
}

export async function work({ file, windows }) {
  const opened = await openInput(file, {});
  const { counts } = opened.contents.datasets[0];
  const asked = windows.map(([start, end]) => ({ start, end }));
  const [sum, maps] = await pass(counts, [sumSpectrum(counts), windowMaps(counts, asked)]);
  await opened.close();
  return () => ({ sum: { shape: [sum.length], data: sum }, maps: stacked(maps) });
}

/** What works of ours start from: points of a .npy file, counts of an image file. */
import { readFileSync } from "node:fs";

/** Float32 [rows x columns]. */
export async function pointsOf({ points }) {
  const { readNpy } = await import("../../packages/core/dist/formats/npy/npy.js");
  const { shape, data } = readNpy(readFileSync(points));
  return { rows: shape[0], columns: shape[1], data };
}

/** The spectrum image of a file with all its counts in memory. */
export async function imageOf({ file }) {
  const { openInput } = await import("../../packages/cli/dist/input.js");
  const { collectCounts } = await import("../../packages/core/dist/spectrum-image/counts.js");
  const opened = await openInput(file, {});
  const [image] = opened.contents.datasets;
  const counts = await collectCounts(image.counts);
  await opened.close();
  return { ...image, counts };
}

/** An array of one number per row and column as what a process leaves behind. */
export function table(data, rows) {
  return { shape: [rows, data.length / rows], data };
}

/** Spectra of one length, one below the other. */
export function stacked(spectra) {
  const channels = spectra[0].length;
  const data = new Float64Array(spectra.length * channels);
  spectra.forEach((spectrum, j) => {
    data.set(spectrum, j * channels);
  });
  return { shape: [spectra.length, channels], data };
}

/** What a spectrum image looks like in a list: its counts in the plane, or, where it is a single spectrum, that. */
import { countsThumbnail } from "../session/thumbnail.js";
import type { DatasetGlance } from "../worker/engine-protocol.js";

/** Room of the picture, CSS pixels. */
export const PICTURE = { width: 96, height: 64 } as const;

export type DatasetPicture =
  | { readonly kind: "map"; readonly address: string }
  /** Points of a polyline in that room. */
  | { readonly kind: "spectrum"; readonly points: string };

export function datasetPicture({ grid, countMap, sumSpectrum }: DatasetGlance): DatasetPicture {
  if (grid.width * grid.height > 1) return { kind: "map", address: countsThumbnail(countMap, grid) };
  return { kind: "spectrum", points: outlineOf(sumSpectrum) };
}

/** The highest channel of each column, by the square root, which shows small peaks beside large ones. */
function outlineOf(spectrum: Float64Array): string {
  const { width, height } = PICTURE;
  const highest = Float64Array.from({ length: width }, (_, x) => {
    const [from, to] = [x, x + 1].map((edge) => Math.floor((edge * spectrum.length) / width));
    return Math.max(0, ...spectrum.subarray(from, Math.max(to!, from! + 1)));
  });
  const most = Math.max(...highest, 1e-300);
  return [...highest].map((value, x) => `${x},${(height - 2 - (height - 4) * Math.sqrt(value / most)).toFixed(1)}`).join(" ");
}

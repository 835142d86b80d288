import { pixelCount } from "../../spectrum-image/counts.js";

/**
 * Mean of each pixel and its up to eight neighbours in the last two navigation axes; at borders only pixels that exist count, slower axes
 * (tilt, time) are kept apart. Pixels left out by the mask neither give nor take. Returns float32 [pixels x columns].
 * `breath` is awaited once per row.
 */
export async function neighbourAverage(
  data: Float32Array,
  columns: number,
  navigationShape: readonly number[],
  mask: Uint8Array | undefined,
  breath: () => Promise<void>,
): Promise<Float32Array> {
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const rows = pixelCount(navigationShape) / width;
  const out = new Float32Array(data.length);
  const sum = new Float64Array(columns);
  /** Adds the pixels from column `left` to `right` of a row to `sum`; returns how many there were. */
  const addRow = (row: number, left: number, right: number): number => {
    let n = 0;
    for (let pixel = row * width + left; pixel <= row * width + right; pixel++) {
      if (mask?.[pixel] === 0) continue;
      n += 1;
      for (let c = 0; c < columns; c++) sum[c]! += data[pixel * columns + c]!;
    }
    return n;
  };
  for (let row = 0; row < rows; row++) {
    await breath();
    const plane = row - (row % height);
    const bottom = Math.min(plane + height - 1, row + 1);
    for (let x = 0; x < width; x++) {
      if (mask?.[row * width + x] === 0) continue;
      sum.fill(0);
      let n = 0;
      for (let y = Math.max(plane, row - 1); y <= bottom; y++) n += addRow(y, Math.max(0, x - 1), Math.min(width - 1, x + 1));
      const to = (row * width + x) * columns;
      for (let c = 0; c < columns; c++) out[to + c] = sum[c]! / n;
    }
  }
  return out;
}

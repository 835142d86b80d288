import { exp } from "../../kernels/math.js";

/** Spread below this share of the largest value is rounding: the column counts as constant. */
const CONSTANT = 1e-7;

/**
 * Each column to mean 0 and standard deviation 1 over the pixels that take part (population standard deviation). A constant column
 * becomes 0 and is listed in `constant`. Returns float32 [pixels x columns].
 */
export function zScore(
  data: Float32Array,
  columns: number,
  mask: Uint8Array | undefined,
): { data: Float32Array; constant: readonly number[] } {
  const pixels = columns === 0 ? 0 : data.length / columns;
  const out = new Float32Array(data.length);
  const constant: number[] = [];
  for (let c = 0; c < columns; c++) {
    let n = 0;
    let mean = 0;
    let largest = 0;
    for (let p = 0; p < pixels; p++) {
      if (mask?.[p] === 0) continue;
      n += 1;
      mean += data[p * columns + c]!;
      largest = Math.max(largest, Math.abs(data[p * columns + c]!));
    }
    mean /= Math.max(1, n);
    let square = 0;
    for (let p = 0; p < pixels; p++) {
      if (mask?.[p] === 0) continue;
      const difference = data[p * columns + c]! - mean;
      square += difference * difference;
    }
    const deviation = Math.sqrt(square / Math.max(1, n));
    if (!(deviation > CONSTANT * largest)) {
      constant.push(c);
      continue;
    }
    for (let p = 0; p < pixels; p++) if (mask?.[p] !== 0) out[p * columns + c] = (data[p * columns + c]! - mean) / deviation;
  }
  return { data: out, constant };
}

/** Each pixel to exp(x) / Σ exp(x) over its columns, safe for values of any size. Returns float32 [pixels x columns]. */
export function softmax(data: Float32Array, columns: number, mask: Uint8Array | undefined): Float32Array {
  const out = new Float32Array(data.length);
  const row = new Float64Array(columns);
  for (let from = 0; from + columns <= data.length && columns > 0; from += columns) {
    if (mask?.[from / columns] === 0) continue;
    let largest = -Infinity;
    for (let c = 0; c < columns; c++) largest = Math.max(largest, data[from + c]!);
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      row[c] = exp(data[from + c]! - largest);
      sum += row[c]!;
    }
    for (let c = 0; c < columns; c++) out[from + c] = row[c]! / sum;
  }
  return out;
}

import { contingency } from "./contingency.js";

/**
 * Agreement of two labellings, corrected for chance: 1 when they are the same up to names, about 0 when they are independent (L. Hubert
 * and P. Arabie 1985, doi:10.1007/BF01908075). Unassigned pixels (below 0) form a class of their own. Two labellings with a single
 * class each agree perfectly (1). Only pixels where `mask` is not 0; 1 where there are none. Throws `ShapeError` for unequal lengths.
 */
export function adjustedRandIndex(a: Int32Array, b: Int32Array, mask?: Uint8Array): number {
  const { rows, columns, data } = contingency(a, b, mask);
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let together = 0;
  let n = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const count = data[i * columns + j]!;
      rowSums[i]! += count;
      columnSums[j]! += count;
      together += pairs(count);
      n += count;
    }
  }
  const inA = rowSums.reduce((sum, count) => sum + pairs(count), 0);
  const inB = columnSums.reduce((sum, count) => sum + pairs(count), 0);
  const all = pairs(n);
  if (all === 0) return 1;
  const byChance = (inA / all) * inB;
  const largest = (inA + inB) / 2;
  return largest === byChance ? 1 : (together - byChance) / (largest - byChance);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

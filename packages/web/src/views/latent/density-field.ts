/** How many points lie around each point of the latent space, as what they can be coloured by. */
import type { PixelField } from "../../session/derived/pixel-values.js";
import type { LatentIndex } from "../../session/selection/latent-index.js";
import type { Bounds } from "./inner-bounds.js";

/** Cells along the longer side. */
const CELLS = 256;

/** Of each point the number of points in its cell and the eight around it; 0 without a place, and for strays. */
export function densityField({ x, y }: Pick<LatentIndex, "x" | "y">, { left, right, bottom, top }: Bounds): PixelField {
  const perUnit = CELLS / (Math.max(right - left, top - bottom) || 1);
  // A cell all around, and one for points at the very end.
  const columns = Math.floor((right - left) * perUnit) + 3;
  const rows = Math.floor((top - bottom) * perUnit) + 3;
  const cell = Int32Array.from(x, (px, i) => {
    const py = y[i]!;
    if (!(px >= left && px <= right && py >= bottom && py <= top)) return 0;
    return (Math.floor((py - bottom) * perUnit) + 1) * columns + Math.floor((px - left) * perUnit) + 1;
  });
  const counts = new Uint32Array(columns * rows);
  for (const c of cell) if (c > 0) counts[c]! += 1;
  const around = counts.map((_, c) => sumAround(counts, c, columns));
  const data = Float32Array.from(cell, (c) => (c > 0 ? around[c]! : 0));
  const most = data.reduce((highest, value) => Math.max(highest, value), 1);
  return { title: "Density", unit: "points nearby", data, fixed: [0, most], table: "viridis" };
}

function sumAround(counts: Uint32Array, cell: number, columns: number): number {
  let sum = 0;
  for (let row = -1; row <= 1; row++)
    for (let column = -1; column <= 1; column++) sum += counts[cell + row * columns + column] ?? 0;
  return sum;
}

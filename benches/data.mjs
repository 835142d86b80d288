/** Data to measure on: clouds of points as feature maps have them, and sparse counts as spectra have them; the same on every machine. */
import { randomStream } from "../packages/core/dist/kernels/random.js";

/**
 * Float32 [rows x columns]: `groups` clouds of unequal size and spread (0.3 to 1), some of them elongated, with a tenth of the points between two of them. Centres are
 * drawn with the standard deviation `apart`.
 */
export function clouds(rows, columns, { groups = 12, seed = 1, apart = 4 } = {}) {
  const random = randomStream(seed, "bench-clouds");
  const centres = Float64Array.from({ length: groups * columns }, () => apart * random.normal());
  const spreads = Float64Array.from({ length: groups * columns }, () => 0.3 + 0.7 * random.uniform());
  const data = new Float32Array(rows * columns);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const group = Math.floor(groups * random.uniform() * random.uniform());
    const other = random.integer(groups);
    const share = random.uniform() < 0.1 ? random.uniform() : 0;
    labels[row] = share < 0.5 ? group : other;
    for (let c = 0; c < columns; c++) {
      const centre = (1 - share) * centres[group * columns + c] + share * centres[other * columns + c];
      data[row * columns + c] = centre + spreads[group * columns + c] * random.normal();
    }
  }
  return { rows, columns, data, labels };
}

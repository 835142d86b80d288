import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { axesStride, referenceScores, type ScoreProgram, type ScoreSizes, scoreProgram } from "./score-programs.js";

const [width, bins, kept, entries] = [9, 20, 2, 6];

/** A row of pixels with up to `entries` filled bins each, seen and added to the kept rows, and these to the smoothed one. */
function worked(program: ScoreProgram): ScoreProgram {
  const random = randomStream(6, "score-programs");
  const { start, bin, count, table } = program.arrays;
  const { axes, isWhole } = program.sizes;
  for (let x = 0; x < width; x++) {
    start[x + 1] = start[x]! + random.integer(entries + 1);
    for (let e = start[x]!; e < start[x + 1]!; e++) {
      bin[e] = random.integer(bins);
      count[e] = isWhole ? random.integer(65_536) : random.uniform();
    }
  }
  for (let j = 0; j < bins; j++) for (let i = 0; i < axes; i++) table[j * program.stride + i] = random.normal();
  program.project();
  program.addAcross(0.6, 0, width, 0, 0);
  program.addAcross(0.4, 1, width - 1, 0, 0);
  program.addAcross(0.3, 0, width - 2, 1, 2);
  program.addDown(0.7, 0);
  program.addDown(0.2, 1);
  return program;
}

it.each([
  [1, true],
  [8, true],
  [13, true],
  [13, false],
  [18, true],
] as const)("scores along %i axes have the bits of plain TypeScript, and are those of the definition", async (axes, isWhole) => {
  const sizes: ScoreSizes = { width, bins, axes, kept, mostEntries: width * entries, isWhole };
  const kernel = worked(await scoreProgram(sizes));
  const plain = worked(referenceScores(sizes));
  expect(kernel.arrays.scores).toEqual(plain.arrays.scores);
  expect(kernel.arrays.across).toEqual(plain.arrays.across);
  expect(kernel.arrays.smoothed).toEqual(plain.arrays.smoothed);
  const { start, bin, count, table, smoothed } = plain.arrays;
  const stride = axesStride(axes);
  const scoreAt = (x: number, i: number) => {
    let sum = 0;
    if (x < 0 || x >= width) return 0;
    for (let e = start[x]!; e < start[x + 1]!; e++) sum += count[e]! * table[bin[e]! * stride + i]!;
    return sum;
  };
  for (let x = 0; x < width; x++) {
    for (let i = 0; i < axes; i++) {
      const expected = 0.7 * (0.6 * scoreAt(x, i) + 0.4 * scoreAt(x + 1, i)) + 0.2 * 0.3 * scoreAt(x - 2, i);
      const size = Math.max(1, Math.abs(expected), Math.abs(scoreAt(x, i)), Math.abs(scoreAt(x + 1, i)));
      expect(Math.abs(smoothed[x * stride + i]! - expected) / size).toBeLessThan(1e-6);
    }
  }
});

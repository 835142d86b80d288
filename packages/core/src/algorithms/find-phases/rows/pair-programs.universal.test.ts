import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { type PairProgram, pairProgram, referencePairs } from "./pair-programs.js";

const [pixels, axes] = [203, 5];

function filled(program: PairProgram, components: number): PairProgram {
  const random = randomStream(8, "pair-programs");
  const { scores, known, cost } = program.arrays;
  for (let i = 0; i < known.length; i++) known[i] = random.normal();
  for (let n = 0; n < pixels; n++) {
    const [a, b, f] = [random.integer(components), random.integer(components), random.uniform()];
    for (let i = 0; i < axes; i++)
      scores[n * axes + i] = f * known[a * axes + i]! + (1 - f) * known[b * axes + i]! + 0.1 * random.normal();
  }
  cost.fill(0.02);
  let pair = 0;
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++, pair++) {
      const gap = [0, 1, 2, 3, 4].reduce((sum, i) => sum + (known[a * axes + i]! - known[b * axes + i]!) ** 2, 0);
      program.setPair(pair, a, b, gap, 0.94 * gap, 0.5);
    }
  }
  program.explain(pixels);
  return program;
}

it.each([1, 2, 7])(
  "one or two of %i spectra explain a pixel: the bits of plain TypeScript, and the least of all choices",
  async (components) => {
    const sizes = { pixels: 204, axes, components };
    const { arrays } = filled(await pairProgram(sizes), components);
    const plain = filled(referencePairs(sizes), components).arrays;
    for (const name of ["first", "second", "fraction", "misfit", "squared"] as const) {
      expect(arrays[name].subarray(0, pixels), name).toEqual(plain[name].subarray(0, pixels));
    }
    const { scores, known } = arrays;
    const left = (n: number, a: number, b: number, f: number) =>
      [0, 1, 2, 3, 4].reduce((sum, i) => {
        const made = f * known[a * axes + i]! + (1 - f) * known[b * axes + i]!;
        return sum + (scores[n * axes + i]! - made) ** 2;
      }, 0);
    for (let n = 0; n < pixels; n++) {
      const [a, b, f] = [arrays.first[n]!, arrays.second[n]!, arrays.fraction[n]!];
      const found = b === 255 ? left(n, a, a, 1) : left(n, a, b, f) + 0.01;
      expect(f).toBeGreaterThanOrEqual(0.5);
      for (let p = 0; p < components; p++) {
        expect(left(n, p, p, 1)).toBeGreaterThanOrEqual(found - 1e-4);
        for (let q = 0; q < p; q++) {
          for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) expect(left(n, p, q, share) + 0.01).toBeGreaterThanOrEqual(found - 1e-4);
        }
      }
    }
  },
);

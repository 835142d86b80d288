import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import type { BinnedCounts } from "../binned-counts.js";
import { gaussianKernel, smoothedSpectrum } from "../smoothing.js";
import { referenceRows, rowProgram } from "./row-programs.js";
import { rowSizes, rowSmoother } from "./row-smoother.js";

const COMPONENTS = 3;

/** Two frames with 0 to 7 entries per pixel. */
function counted(width: number, height: number, bins: number): BinnedCounts {
  const random = randomStream(5, "row-programs");
  const pixels = 2 * width * height;
  const rowStart = new Uint32Array(pixels + 1);
  const entries: number[] = [];
  for (let n = 0; n < pixels; n++) {
    for (let j = random.integer(4); j < bins && entries.length - rowStart[n]! < 7; j += 1 + random.integer(5)) entries.push(j);
    rowStart[n + 1] = entries.length;
  }
  const count = Uint16Array.from(entries, () => 1 + random.integer(9));
  const total = Float32Array.from({ length: pixels }, (_, n) => {
    let sum = 0;
    for (let e = rowStart[n]!; e < rowStart[n + 1]!; e++) sum += count[e]!;
    return sum;
  });
  const frames = { count: 2, height, width, pixels };
  return { frames, bins, rowStart, bin: Uint8Array.from(entries), count, total, sum: new Float64Array(bins) };
}

it.each([
  [0.7, 9],
  [1.6, 5],
  [1.1, 1],
])(
  "rows smoothed by %d pixels, %i rows high, have the bits of plain TypeScript and the spectra of the definition",
  async (sigma, height) => {
    const [width, bins] = [13, 11];
    const counts = counted(width, height, bins);
    const kernel = gaussianKernel(sigma);
    const sizes = rowSizes(counts, kernel, COMPONENTS);
    const random = randomStream(6, "row-programs");
    const table = Float32Array.from({ length: bins * COMPONENTS }, () => random.uniform() / bins);
    const programs = [await rowProgram(sizes), referenceRows(sizes)].map((program) => ({
      program,
      smooth: rowSmoother(counts, kernel, program),
    }));
    const shares = Float32Array.from({ length: COMPONENTS * programs[0]!.program.stride }, () => random.uniform());
    const scale = Float32Array.from({ length: programs[0]!.program.stride }, () => random.uniform());
    for (let row = 0; row < 2 * height; row++) {
      for (const { program, smooth } of programs) {
        smooth(row);
        program.arrays.table.set(table);
        program.arrays.shares.set(shares);
        program.arrays.scale.set(scale);
        program.arrays.marks.fill(1);
        program.misfits(3e-4);
      }
      const [found, plain] = [programs[0]!.program, programs[1]!.program];
      expect(found.arrays.spectra).toEqual(plain.arrays.spectra);
      expect(found.arrays.sums).toEqual(plain.arrays.sums);
      for (let x = 0; x < width; x++) {
        const expected = smoothedSpectrum(counts, kernel, row * width + x, new Float64Array(bins));
        const column = x + sizes.radius;
        let chi = 0;
        for (let j = 0; j < bins; j++) {
          const made = [0, 1, 2].reduce((p, c) => p + table[j * COMPONENTS + c]! * shares[c * found.stride + column]!, 0);
          expect(found.arrays.spectra[j * found.stride + column]).toBeCloseTo(expected[j]!, 4);
          chi += (expected[j]! * scale[column]! - made) ** 2 / (made + 3e-4);
        }
        expect(found.arrays.sums[column]! / chi).toBeCloseTo(1, 4);
      }
    }
  },
);

it.each([rowProgram, referenceRows])(
  "where few pixels are asked for, these have the spectra that they have where all are",
  async (make) => {
    const [width, height, bins] = [41, 9, 11];
    const counts = counted(width, height, bins);
    const kernel = gaussianKernel(0.9);
    const random = randomStream(7, "row-programs");
    const asked = Uint8Array.from({ length: counts.frames.pixels }, () => (random.integer(25) === 0 ? 1 : 0));
    const sizes = rowSizes(counts, kernel, 0);
    const [whole, part] = [await make(sizes), await make(sizes)];
    const [smoothWhole, smoothPart] = [rowSmoother(counts, kernel, whole), rowSmoother(counts, kernel, part, asked)];
    for (let row = 0; row < 2 * height; row++) {
      smoothWhole(row);
      smoothPart(row);
      for (let x = 0; x < width; x++) {
        if (asked[row * width + x] === 0) continue;
        for (let at = x + sizes.radius; at < bins * whole.stride; at += whole.stride) {
          expect(part.arrays.spectra[at]).toBe(whole.arrays.spectra[at]);
        }
      }
    }
  },
);

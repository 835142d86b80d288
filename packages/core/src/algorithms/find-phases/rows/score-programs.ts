/** Sparse pixels seen along some axes, and rows of them smoothed, as a kernel and in plain TypeScript with the same bits: sums in float64, rounded to float32. */
import { pixelScoresProgram } from "../../../kernels/generated/pixel-scores.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan, plainArrays } from "../../../kernels/kernel-memory.js";

export interface ScoreSizes {
  /** Pixels of a row. */
  readonly width: number;
  readonly bins: number;
  readonly axes: number;
  /** Rows that are kept at a time. */
  readonly kept: number;
  /** Entries of the fullest row. */
  readonly mostEntries: number;
  /** Whether counts are whole numbers of 16 bits; else they are float32. */
  readonly isWhole: boolean;
}

/** Values from one pixel to the next: an even number. */
export function axesStride(axes: number): number {
  return axes + (axes & 1);
}

function scoresPlan({ width, bins, axes, kept, mostEntries, isWhole }: ScoreSizes) {
  const stride = axesStride(axes);
  return {
    /** Of the row in hand: its entries, pixel after pixel. */
    start: ["int32", width + 1],
    bin: ["uint8", mostEntries],
    count: [isWhole ? "uint16" : "float32", mostEntries],
    /** What a count in a bin adds along each axis: float64 [bins x stride]. */
    table: ["float64", bins * stride],
    /** Float32 [width x stride] each: scores of the row in hand; rows smoothed along x; the row smoothed along both. */
    scores: ["float32", width * stride],
    across: ["float32", kept * width * stride],
    smoothed: ["float32", width * stride],
  } as const satisfies MemoryPlan;
}

export type ScoreArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof scoresPlan>>>>["arrays"];

export interface ScoreProgram {
  readonly sizes: ScoreSizes;
  readonly stride: number;
  readonly arrays: ScoreArrays;
  /** Makes `scores` those of the row in hand. */
  project(): void;
  /** Adds `weight` times some of the scores, from pixel `from` on, to `pixels` pixels from `to` on of a kept row. */
  addAcross(weight: number, from: number, pixels: number, row: number, to: number): void;
  /** Adds `weight` times a kept row to the smoothed one. */
  addDown(weight: number, row: number): void;
}

/** The quickest that this host has. */
export async function scoreProgram(sizes: ScoreSizes): Promise<ScoreProgram> {
  const module = await kernelModule(pixelScoresProgram, false);
  const placed = module && kernelMemory(scoresPlan(sizes), false);
  if (module === undefined || placed === undefined) return referenceScores(sizes);
  const { memory, arrays } = placed;
  const kernel = await startKernel<"projectWhole" | "projectReal" | "addScaled">(module, memory);
  const stride = axesStride(sizes.axes);
  const rowLength = sizes.width * stride;
  const { start, bin, count, table, scores, across, smoothed } = arrays;
  const places = [start, bin, count, table].map(({ byteOffset }) => byteOffset);
  const project = sizes.isWhole ? kernel.projectWhole : kernel.projectReal;
  return {
    sizes,
    stride,
    arrays,
    project: () => void project(sizes.width, ...places, stride, scores.byteOffset),
    addAcross(weight, from, pixels, row, to) {
      const place = across.byteOffset + 4 * (row * rowLength + to * stride);
      kernel.addScaled(pixels * stride, weight, scores.byteOffset + 4 * from * stride, place);
    },
    addDown: (weight, row) =>
      void kernel.addScaled(rowLength, weight, across.byteOffset + 4 * row * rowLength, smoothed.byteOffset),
  };
}

/** In plain TypeScript. */
export function referenceScores(sizes: ScoreSizes): ScoreProgram {
  const arrays = plainArrays(scoresPlan(sizes));
  const stride = axesStride(sizes.axes);
  const rowLength = sizes.width * stride;
  const { scores, across, smoothed } = arrays;
  return {
    sizes,
    stride,
    arrays,
    project: () => projectRow(arrays, sizes.width, stride),
    addAcross: (weight, from, pixels, row, to) =>
      addScaled(across, row * rowLength + to * stride, scores, from * stride, pixels * stride, weight),
    addDown: (weight, row) => addScaled(smoothed, 0, across, row * rowLength, rowLength, weight),
  };
}

function projectRow({ start, bin, count, table, scores }: ScoreArrays, width: number, stride: number): void {
  const sum = new Float64Array(stride);
  for (let x = 0; x < width; x++) {
    sum.fill(0);
    for (let e = start[x]!; e < start[x + 1]!; e++) {
      for (let i = 0; i < stride; i++) sum[i]! += count[e]! * table[bin[e]! * stride + i]!;
    }
    scores.set(sum, x * stride);
  }
}

function addScaled(sum: Float32Array, to: number, values: Float32Array, from: number, length: number, weight: number): void {
  for (let i = 0; i < length; i++) sum[to + i]! += weight * values[from + i]!;
}

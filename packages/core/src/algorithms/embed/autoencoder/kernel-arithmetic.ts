/** The arithmetic of networks by kernels, in memory that holds all arrays of a network: the bits of the reference, sooner. */
import { startKernel } from "../../../kernels/kernel.js";
import { type KernelMemory, kernelMemory } from "../../../kernels/kernel-memory.js";
import type { Architecture } from "./architecture.js";
import { type Arithmetic, EPSILON, type RowMoments, referenceArithmetic, SLOPE } from "./arithmetic.js";
import { ALONE, type Member } from "./member.js";
import { ALIGNMENT, type NetworkPrograms, networkPlan, networkPrograms, type Room, roomFor, TILE } from "./network-memory.js";

type LayerKernel =
  | "leakyForward"
  | "leakyBackward"
  | "addColumnSums"
  | "normForward"
  | "normBackward"
  | "addNormSums"
  | "adamStep";

/** The quickest arithmetic that this host has for one thread, with room for one network of `capacity` pixels at once. */
export async function quickestArithmetic(architecture: Architecture, capacity: number): Promise<Arithmetic> {
  return (await kernelArithmetic(roomFor(architecture, capacity))) ?? referenceArithmetic;
}

/**
 * Arithmetic for one thread in memory of its own; or undefined where the host has no kernels or not so much memory in one piece. Arrays that find no room, and products
 * that are larger, are left to the reference.
 */
export async function kernelArithmetic(room: Room): Promise<Arithmetic | undefined> {
  const programs = await networkPrograms(false);
  const placed = programs && kernelMemory(networkPlan(room, 1), false);
  return programs && placed && arithmeticIn(placed, room, programs, ALONE);
}

/** Arithmetic for one of the members that share this memory. Each hands out the same arrays to whoever asks for them in the same order. */
export async function arithmeticIn(
  { memory, arrays }: KernelMemory<ReturnType<typeof networkPlan>>,
  { packed }: Room,
  programs: NetworkPrograms,
  { number }: Member,
): Promise<Arithmetic> {
  const product = await startKernel<"addProduct">(programs.product, memory);
  const layers = await startKernel<LayerKernel>(programs.layers, memory);
  const own = [
    arrays.packedA.byteOffset + 4 * number * packed,
    arrays.packedB.byteOffset + 4 * number * packed,
    arrays.scratch.byteOffset + 4 * number * TILE,
  ];
  const take = poolOf(arrays.pool);
  const here = memory.buffer;
  const isHere = (...given: (Float32Array | Float64Array)[]): boolean => given.every(({ buffer }) => buffer === here);
  const plain = referenceArithmetic;
  return {
    floats(length) {
      const at = take(4 * length);
      return at === undefined ? plain.floats(length) : new Float32Array(here, at, length);
    },
    doubles(length) {
      const at = take(8 * length);
      return at === undefined ? plain.doubles(length) : new Float64Array(here, at, length);
    },
    addProduct(target, rows, n, k, a, b) {
      const count = rows.to - rows.from;
      if (!isHere(target, a.data, b.data) || TILE * k > packed || (a.columnStride !== 1 && (count + 1) * k > packed)) {
        plain.addProduct(target, rows, n, k, a, b);
        return;
      }
      const left = a.data.byteOffset + 4 * rows.from * a.rowStride;
      const first = target.byteOffset + 4 * rows.from * n;
      const { rowStride, columnStride } = b;
      product.addProduct(
        first,
        count,
        n,
        k,
        left,
        a.rowStride,
        a.columnStride,
        b.data.byteOffset,
        rowStride,
        columnStride,
        ...own,
      );
    },
    addColumnSums(target, values, rows, { from, to }) {
      if (!isHere(target, values)) plain.addColumnSums(target, values, rows, { from, to });
      else layers.addColumnSums(target.byteOffset + 4 * from, values.byteOffset + 4 * from, rows, target.length, to - from);
    },
    leakyForward(input, output, { from, to }) {
      if (!isHere(input, output)) plain.leakyForward(input, output, { from, to });
      else layers.leakyForward(input.byteOffset + 4 * from, output.byteOffset + 4 * from, to - from, SLOPE);
    },
    leakyBackward(input, outputGradient, { from, to }) {
      const given = [input.values, outputGradient, input.gradient];
      if (!isHere(...given)) plain.leakyBackward(input, outputGradient, { from, to });
      else layers.leakyBackward(...given.map(({ byteOffset }) => byteOffset + 4 * from), to - from, SLOPE);
    },
    normForward(input, output, scale, shift, kept, rows) {
      if (!isHere(input, output, scale, shift, kept.mean, kept.inverseSpread)) {
        plain.normForward(input, output, scale, shift, kept, rows);
        return;
      }
      const [width, count] = [scale.length, rows.to - rows.from];
      const signals = [input, output].map(({ byteOffset }) => byteOffset + 4 * width * rows.from);
      layers.normForward(...signals, scale.byteOffset, shift.byteOffset, ...momentsFrom(kept, rows.from), count, width, EPSILON);
    },
    normBackward(input, outputGradient, scale, kept, rows) {
      if (!isHere(input.values, input.gradient, outputGradient, scale, kept.mean, kept.inverseSpread)) {
        plain.normBackward(input, outputGradient, scale, kept, rows);
        return;
      }
      const [width, count] = [scale.length, rows.to - rows.from];
      const given = [input.values, input.gradient, outputGradient];
      const signals = given.map(({ byteOffset }) => byteOffset + 4 * width * rows.from);
      layers.normBackward(...signals, scale.byteOffset, ...momentsFrom(kept, rows.from), count, width);
    },
    addNormSums(input, outputGradient, scaleGradient, shiftGradient, kept, rows, columns) {
      const given = [input, outputGradient, scaleGradient, shiftGradient];
      if (!isHere(...given, kept.mean, kept.inverseSpread)) {
        plain.addNormSums(input, outputGradient, scaleGradient, shiftGradient, kept, rows, columns);
        return;
      }
      const ofColumns = given.map(({ byteOffset }) => byteOffset + 4 * columns.from);
      layers.addNormSums(...ofColumns, ...momentsFrom(kept, 0), rows, scaleGradient.length, columns.to - columns.from);
    },
    adamStep(weights, moments, step, { from, to }) {
      const given = [weights.values, weights.gradient, moments.mean, moments.square];
      if (!isHere(...given)) {
        plain.adamStep(weights, moments, step, { from, to });
        return;
      }
      const ofSpan = given.map(({ byteOffset }) => byteOffset + 4 * from);
      layers.adamStep(...ofSpan, to - from, step.stride, step.spread, step.weightDecay);
    },
  };
}

/** Addresses of the mean and the inverse spread of a row. */
function momentsFrom({ mean, inverseSpread }: RowMoments, row: number): number[] {
  return [mean.byteOffset + 8 * row, inverseSpread.byteOffset + 8 * row];
}

/** Hands out pieces of memory, each a multiple of {@link ALIGNMENT} bytes; undefined when there is no room. */
function poolOf(pool: Float64Array): (bytes: number) => number | undefined {
  const behind = pool.byteOffset + pool.byteLength;
  let next = pool.byteOffset;
  return (bytes) => {
    const at = next;
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (at + size > behind) return undefined;
    next += size;
    return at;
  };
}

/** The arithmetic of networks by kernels, in memory that holds all arrays of a network: the bits of the reference, sooner. */
import { matrixProductProgram } from "../../../kernels/generated/matrix-product.js";
import { networkLayersProgram } from "../../../kernels/generated/network-layers.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { type Architecture, tensorShapes, weightCount } from "./architecture.js";
import { type Arithmetic, EPSILON, referenceArithmetic, SLOPE } from "./arithmetic.js";

/** Columns of a tile of the product, which are packed at a time; its rows come in pairs. */
const TILE = 16;
/** Every array takes a multiple of so many bytes. */
const ALIGNMENT = 16;
/** Of each pixel and weight, values and gradients; of weights, what Adam remembers, too. */
const PER_SIGNAL = 2;
const PER_WEIGHT = 4;
/** Arrays that a block of layers takes at most, each padded; and blocks beside the hidden ones. */
const ARRAYS_OF_BLOCK = 20;
const OTHER_BLOCKS = 8;

type LayerKernel = "leakyForward" | "leakyBackward" | "addColumnSums" | "normForward" | "normBackward" | "adamStep";

/** The quickest arithmetic that this host has, with room for one network of `capacity` pixels at once. */
export async function quickestArithmetic(architecture: Architecture, capacity: number): Promise<Arithmetic> {
  const { features, hiddenSizes, latentDimensions } = architecture;
  const widths = [features, ...hiddenSizes, latentDimensions];
  const weights = weightCount(tensorShapes(architecture));
  const hidden = hiddenSizes.reduce((sum, width) => sum + width, 0);
  // Each hidden layer is there twice, with its sums, normalised and bent; at the ends a few more.
  const signals = capacity * (6 * hidden + 4 * features + 8 * latentDimensions + 8 * hiddenSizes.length);
  const padding = ALIGNMENT * ARRAYS_OF_BLOCK * (2 * hiddenSizes.length + OTHER_BLOCKS);
  const bytes = 4 * (PER_WEIGHT * weights + PER_SIGNAL * signals) + padding;
  const longest = Math.max(capacity, ...widths);
  const largest = Math.max(TILE * longest, (longest + 1) * capacity);
  return (await kernelArithmetic(bytes, largest)) ?? referenceArithmetic;
}

/**
 * Arithmetic in `bytes` of memory for arrays, and for products of which 16 columns of the second factor, and where its rows do not run through memory the whole first, have at most `largest` elements; or undefined
 * where the host has no kernels or not so much memory in one piece. Arrays that find no room, and products that are larger, are left to the reference.
 */
export async function kernelArithmetic(bytes: number, largest: number): Promise<Arithmetic | undefined> {
  const [productModule, layersModule] = [
    await kernelModule(matrixProductProgram, false),
    await kernelModule(networkLayersProgram, false),
  ];
  const plan = {
    pool: ["float64", Math.ceil(bytes / 8)],
    packedA: ["float32", largest],
    packedB: ["float32", largest],
    scratch: ["float32", TILE],
  } as const;
  const placed = productModule && layersModule && kernelMemory(plan, false);
  if (productModule === undefined || layersModule === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const product = await startKernel<"addProduct">(productModule, memory);
  const layers = await startKernel<LayerKernel>(layersModule, memory);
  const [packedA, packedB, scratch] = [arrays.packedA.byteOffset, arrays.packedB.byteOffset, arrays.scratch.byteOffset];
  const take = poolOf(arrays.pool);
  const isHere = (...given: (Float32Array | Float64Array)[]): boolean => given.every(({ buffer }) => buffer === memory.buffer);
  const plain = referenceArithmetic;
  return {
    floats(length) {
      const at = take(4 * length);
      return at === undefined ? plain.floats(length) : new Float32Array(memory.buffer, at, length);
    },
    doubles(length) {
      const at = take(8 * length);
      return at === undefined ? plain.doubles(length) : new Float64Array(memory.buffer, at, length);
    },
    addProduct(target, m, n, k, a, b) {
      if (!isHere(target, a.data, b.data) || TILE * k > largest || (a.columnStride !== 1 && (m + 1) * k > largest)) {
        plain.addProduct(target, m, n, k, a, b);
        return;
      }
      const [left, right] = [a.data.byteOffset, b.data.byteOffset];
      const strides = [b.rowStride, b.columnStride] as const;
      product.addProduct(
        target.byteOffset,
        m,
        n,
        k,
        left,
        a.rowStride,
        a.columnStride,
        right,
        ...strides,
        packedA,
        packedB,
        scratch,
      );
    },
    addColumnSums(target, values, rows, width) {
      if (isHere(target, values)) layers.addColumnSums(target.byteOffset, values.byteOffset, rows, width);
      else plain.addColumnSums(target, values, rows, width);
    },
    leakyForward(input, output, count) {
      if (isHere(input, output)) layers.leakyForward(input.byteOffset, output.byteOffset, count, SLOPE);
      else plain.leakyForward(input, output, count);
    },
    leakyBackward(input, outputGradient, count) {
      const { values, gradient } = input;
      if (!isHere(values, gradient, outputGradient)) plain.leakyBackward(input, outputGradient, count);
      else layers.leakyBackward(values.byteOffset, outputGradient.byteOffset, gradient.byteOffset, count, SLOPE);
    },
    normForward(input, output, scale, shift, kept, rows) {
      const given = [input, output, scale, shift, kept.mean, kept.inverseSpread];
      if (!isHere(...given)) plain.normForward(input, output, scale, shift, kept, rows);
      else layers.normForward(...given.map(({ byteOffset }) => byteOffset), rows, scale.length, EPSILON);
    },
    normBackward(input, outputGradient, scale, shiftGradient, kept, rows) {
      const gradients = [scale.values, scale.gradient, shiftGradient, kept.mean, kept.inverseSpread];
      const given = [input.values, input.gradient, outputGradient, ...gradients];
      if (!isHere(...given)) plain.normBackward(input, outputGradient, scale, shiftGradient, kept, rows);
      else layers.normBackward(...given.map(({ byteOffset }) => byteOffset), rows, shiftGradient.length);
    },
    adamStep(weights, moments, step) {
      const given = [weights.values, weights.gradient, moments.mean, moments.square];
      if (!isHere(...given)) {
        plain.adamStep(weights, moments, step);
        return;
      }
      const inFours = (weights.values.length + 3) & ~3;
      layers.adamStep(...given.map(({ byteOffset }) => byteOffset), inFours, step.stride, step.spread, step.weightDecay);
    },
  };
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

/** The memory of one network: everything that its threads read and write lies in one piece, which is let go with the last reference to it. */
import { matrixProductProgram } from "../../../kernels/generated/matrix-product.js";
import { networkLayersProgram } from "../../../kernels/generated/network-layers.js";
import { kernelModule } from "../../../kernels/kernel.js";
import type { MemoryPlan } from "../../../kernels/kernel-memory.js";
import { ORDER_WORDS } from "../../../kernels/threads/orders.js";
import { type Architecture, tensorShapes, weightCount } from "./architecture.js";

/** Columns of a tile of the product, which are packed at a time; its rows come in pairs. */
export const TILE = 16;
/** Every array takes a multiple of so many bytes. */
export const ALIGNMENT = 16;
/** Of each pixel and weight, values and gradients; of weights, what Adam remembers, too. */
const PER_SIGNAL = 2;
const PER_WEIGHT = 4;
/** Arrays that a block of layers takes at most, each padded; and blocks beside the hidden ones. */
const ARRAYS_OF_BLOCK = 20;
const OTHER_BLOCKS = 8;
/** Float64 values that tell an order. */
const ORDER_VALUES = 8;

/** How much memory a network takes. */
export interface Room {
  /** For its arrays. */
  readonly bytes: number;
  /** Most values of a factor that are packed for a product: 16 columns of the second or, where its rows do not run through memory, the whole first. */
  readonly packed: number;
}

/** Room for one network of `capacity` pixels at once. */
export function roomFor(architecture: Architecture, capacity: number): Room {
  const { features, hiddenSizes, latentDimensions } = architecture;
  const weights = weightCount(tensorShapes(architecture));
  const hidden = hiddenSizes.reduce((sum, width) => sum + width, 0);
  // Each hidden layer is there twice, with its sums, normalised and bent; at the ends a few more.
  const signals = capacity * (6 * hidden + 4 * features + 8 * latentDimensions + 8 * hiddenSizes.length);
  const padding = ALIGNMENT * ARRAYS_OF_BLOCK * (2 * hiddenSizes.length + OTHER_BLOCKS);
  const longest = Math.max(capacity, features, ...hiddenSizes, latentDimensions);
  return {
    bytes: 4 * (PER_WEIGHT * weights + PER_SIGNAL * signals) + padding,
    packed: Math.max(TILE * longest, (longest + 1) * capacity),
  };
}

/** What lies in the memory of a network that `members` threads share; factors are packed by each for itself. */
export function networkPlan({ bytes, packed }: Room, members: number) {
  return {
    pool: ["float64", Math.ceil(bytes / 8)],
    packedA: ["float32", members * packed],
    packedB: ["float32", members * packed],
    scratch: ["float32", members * TILE],
    words: ["int32", ORDER_WORDS],
    order: ["float64", ORDER_VALUES],
  } as const satisfies MemoryPlan;
}

/** The programs that networks compute with. */
export interface NetworkPrograms {
  readonly product: WebAssembly.Module;
  readonly layers: WebAssembly.Module;
}

/** Undefined where the host runs no kernels. */
export async function networkPrograms(isShared: boolean): Promise<NetworkPrograms | undefined> {
  const product = await kernelModule(matrixProductProgram, isShared);
  const layers = await kernelModule(networkLayersProgram, isShared);
  return product && layers && { product, layers };
}

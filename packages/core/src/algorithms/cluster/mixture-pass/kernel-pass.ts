/** The pass as a kernel: the bits of `reference-pass.ts`, sooner. */
import { mixturePassProgram } from "../../../kernels/generated/mixture-pass.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan } from "../../../kernels/kernel-memory.js";
import { columnsOf, type UsedPoints } from "../clustering.js";
import { BLOCK, type MixturePass, momentsOfOne, type PointsUnder } from "./mixture-pass.js";

/** Words of a `Mixture` of the kernel. */
const MIXTURE_WORDS = 16;
/** Constants of its exponential function. */
const CONSTANTS = 15;

type MixtureKernel = "prepare" | "expectBlock" | "addMoments" | "addEntropy" | "spreadBlock";

/** The points in the memory of a kernel, or undefined where the host has no kernels or not so much memory in one piece. */
export async function kernelPass(points: UsedPoints, components: number, isDiagonal: boolean): Promise<MixturePass | undefined> {
  const module = await kernelModule(mixturePassProgram, false);
  const placed = module && kernelMemory(passPlan(points, components, isDiagonal), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const { n, dimensions } = points;
  const stride = n + (n & 1);
  arrays.data.set(columnsOf(points, stride));
  const { mixture, data, membership, labels, ...others } = arrays;
  const addresses = [data, ...Object.values(others)].map(({ byteOffset }) => byteOffset);
  mixture.set([components, dimensions, Number(isDiagonal), stride, ...addresses]);
  const kernel = await startKernel<MixtureKernel>(module, memory);
  const at = mixture.byteOffset;
  kernel.prepare(at);
  const under: PointsUnder = {
    moments: arrays.moments,
    expect: (first, count, sum) => kernel.expectBlock(at, first, count, sum),
    addMoments(first) {
      kernel.addMoments(at, first);
    },
    entropy: (sum) => kernel.addEntropy(at, sum),
    spread(count, toMembership, toLabels) {
      kernel.spreadBlock(at, count, membership.byteOffset, labels.byteOffset);
      toMembership.set(membership.subarray(0, count * components));
      toLabels.set(labels.subarray(0, count));
    },
  };
  return ({ means, whitening, offsets }) => {
    arrays.means.set(means);
    arrays.whitening.set(whitening);
    arrays.offsets.set(offsets);
    return under;
  };
}

/** In the order of the words of a `Mixture`; what is not one of them comes last. */
function passPlan({ n, dimensions: d }: UsedPoints, k: number, isDiagonal: boolean) {
  return {
    mixture: ["int32", MIXTURE_WORDS],
    data: ["float64", d * (n + (n & 1))],
    means: ["float64", k * d],
    whitening: ["float64", isDiagonal ? k * d : k * d * d],
    offsets: ["float64", k],
    values: ["float64", k * BLOCK],
    listed: ["int32", k * BLOCK],
    counts: ["int32", k],
    largest: ["float64", BLOCK],
    sums: ["float64", BLOCK],
    centred: ["float64", 2 * d],
    moments: ["float64", 2 * k * momentsOfOne(d, isDiagonal)],
    constants: ["float64", CONSTANTS],
    membership: ["float32", BLOCK * k],
    labels: ["int32", BLOCK],
  } as const satisfies MemoryPlan;
}

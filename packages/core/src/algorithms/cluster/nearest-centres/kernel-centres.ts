/** Nearest centres by a kernel: the bits of `reference-centres.ts`, sooner. */
import { nearestCentresProgram } from "../../../kernels/generated/nearest-centres.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { columnsOf, type UsedPoints } from "../clustering.js";
import type { NearestCentres } from "./nearest-centres.js";
import { referenceCentres } from "./reference-centres.js";

/** Words of a `Points` of the kernel. */
const POINTS_WORDS = 8;

/** The quickest that this host has, for up to `clusters` centres. */
export async function quickestCentres(points: UsedPoints, clusters: number): Promise<NearestCentres> {
  return (await kernelCentres(points, clusters)) ?? referenceCentres(points);
}

/** The points in the memory of a kernel, or undefined where the host has no kernels or not so much memory in one piece. */
export async function kernelCentres(points: UsedPoints, clusters: number): Promise<NearestCentres | undefined> {
  const { n, dimensions } = points;
  const stride = n + (n & 1);
  const module = await kernelModule(nearestCentresProgram, false);
  const plan = {
    points: ["int32", POINTS_WORDS],
    data: ["float64", dimensions * stride],
    centres: ["float64", clusters * dimensions],
    labels: ["int32", stride],
    distances: ["float64", stride],
    closest: ["float64", stride],
  } as const;
  const placed = module && kernelMemory(plan, false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  arrays.data.set(columnsOf(points, stride));
  arrays.labels.fill(-1);
  arrays.closest.fill(Infinity);
  const [data, centres, labels, distances, closest] = (["data", "centres", "labels", "distances", "closest"] as const).map(
    (name) => arrays[name].byteOffset,
  );
  arrays.points.set([dimensions, stride, data!, clusters, centres!, labels!, distances!, closest!]);
  const kernel = await startKernel<"assign" | "potentialWith" | "choose">(module, memory);
  const at = arrays.points.byteOffset;
  return {
    labels: arrays.labels.subarray(0, n),
    distances: arrays.distances.subarray(0, n),
    closest: arrays.closest.subarray(0, n),
    assign(toCentres, first, behind) {
      arrays.centres.set(toCentres);
      return kernel.assign(at, first, behind) !== 0;
    },
    potentialWith: (index) => kernel.potentialWith(at, n, index),
    choose(index) {
      kernel.choose(at, n, index);
    },
  };
}

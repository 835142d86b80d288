/** The moves of the layout in the plane as a kernel: the bits of `layout-moves.ts`, sooner. */
import { umapLayoutProgram } from "../../../kernels/generated/umap-layout.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan } from "../../../kernels/kernel-memory.js";
import { TABLE_ENTRIES } from "./force-table.js";
import type { LayoutEdges } from "./layout-edges.js";
import type { LayoutMoves, LayoutState } from "./layout-moves.js";

/** Up to here the kernel draws the same vertices as the reference. */
const MOST_VERTICES = 2_097_152;
/** Words of a `Chain` of the kernel. */
const CHAIN_WORDS = 3;
/** Words of a `Layout` of the kernel. */
const LAYOUT_WORDS = 20;

/** The moves in the memory of a kernel, or undefined where there is no kernel, too many vertices or not so much memory in one piece. */
export async function kernelMoves(layout: LayoutState): Promise<LayoutMoves | undefined> {
  const { edges, positions } = layout;
  if (edges.vertices > MOST_VERTICES) return undefined;
  const module = await kernelModule(umapLayoutProgram, false);
  const placed = module && kernelMemory(layoutPlan(edges), false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fill(arrays, layout);
  const kernel = await startKernel<"moveBlock" | "moveByPulls">(module, memory);
  const at = arrays.layout.byteOffset;
  const chains = arrays.chains.byteOffset;
  const { groupStart, groupBlocks } = edges;
  return {
    firstEnds(epoch, rate, block) {
      kernel.moveBlock(at, epoch, rate, block, chains);
    },
    byPulls(round) {
      const first = groupStart[round]!;
      const group = arrays.order.byteOffset + 4 * first;
      kernel.moveByPulls(at, groupBlocks[round]!, groupBlocks[round + 1]!, 0, group, groupStart[round + 1]! - first);
    },
    finish() {
      positions.set(arrays.positions);
    },
  };
}

function layoutPlan({ vertices, end, mostPulls, pullPlace, blockStart }: LayoutEdges) {
  return {
    layout: ["int32", LAYOUT_WORDS],
    order: ["int32", vertices],
    edgeStart: ["int32", vertices + 1],
    end: ["int32", end.length],
    share: ["float32", end.length],
    blockStart: ["int32", blockStart.length],
    pullPlace: ["int32", pullPlace.length],
    positions: ["float32", 2 * vertices],
    sums: ["float64", 2 * vertices],
    targets: ["int32", mostPulls],
    pulls: ["float32", 2 * mostPulls],
    pullCount: ["int32", pullPlace.length],
    attraction: ["float32", TABLE_ENTRIES + 1],
    repulsion: ["float32", TABLE_ENTRIES + 1],
    chains: ["int32", CHAIN_WORDS * largestBlock(blockStart)],
  } as const satisfies MemoryPlan;
}

function largestBlock(blockStart: Int32Array): number {
  return blockStart.reduce((largest, start, b) => Math.max(largest, start - (blockStart[b - 1] ?? 0)), 0);
}

type LayoutArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof layoutPlan>>>>["arrays"];

function fill(arrays: LayoutArrays, { edges, forces, positions, sums, negativeSampleRate, key }: LayoutState): void {
  for (const name of ["order", "edgeStart", "end", "share", "blockStart", "pullPlace"] as const) arrays[name].set(edges[name]);
  arrays.positions.set(positions);
  arrays.sums.set(sums);
  arrays.attraction.set(forces.attraction);
  arrays.repulsion.set(forces.repulsion);
  const { order, edgeStart, end, share, blockStart, pullPlace, targets, pulls, pullCount, attraction, repulsion } = arrays;
  const placed = [order, edgeStart, end, share, blockStart, pullPlace, arrays.positions, arrays.sums, targets, pulls, pullCount];
  const addresses = [...placed, attraction, repulsion].map(({ byteOffset }) => byteOffset);
  const owners = 1;
  arrays.layout.set([...addresses, 0, 0, edges.vertices, negativeSampleRate, key | 0, owners, edges.mostPulls]);
}

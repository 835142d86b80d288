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

export type LayoutKernel = "moveBlock" | "moveByPulls";

/** The moves in the memory of a kernel, or undefined where there is no kernel, too many vertices or not so much memory in one piece. */
export async function kernelMoves(layout: LayoutState): Promise<LayoutMoves | undefined> {
  const { edges, positions } = layout;
  const module = await kernelModule(umapLayoutProgram, false);
  const placed = module && placeLayout(edges, 1, 0);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillLayout(arrays, layout, 1);
  const kernel = await startKernel<LayoutKernel>(module, memory);
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
    look: () => arrays.positions.slice(),
    finish() {
      positions.set(arrays.positions);
    },
  };
}

/** Memory for the layout and `members` threads; shared where they are more than one. Undefined where there is not so much. */
export function placeLayout(edges: LayoutEdges, members: number, crewWords: number) {
  if (edges.vertices > MOST_VERTICES) return undefined;
  return kernelMemory(layoutPlan(edges, members, crewWords), members > 1);
}

function layoutPlan({ vertices, end, mostPulls, pullPlace, blockStart }: LayoutEdges, members: number, crewWords: number) {
  const isShared = members > 1;
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
    chains: ["int32", members * CHAIN_WORDS * largestBlock(blockStart)],
    ownPulls: ["int32", isShared ? members * mostPulls : 0],
    ownCount: ["int32", isShared ? members * pullPlace.length : 0],
    /** The vertices of each owner, group after group. */
    owned: ["int32", isShared ? vertices : 0],
    crew: ["int32", crewWords],
  } as const satisfies MemoryPlan;
}

function largestBlock(blockStart: Int32Array): number {
  return blockStart.reduce((largest, start, b) => Math.max(largest, start - (blockStart[b - 1] ?? 0)), 0);
}

export type LayoutArrays = NonNullable<ReturnType<typeof placeLayout>>["arrays"];

/** Copies a layout into the memory of the kernel. */
export function fillLayout(arrays: LayoutArrays, layout: LayoutState, owners: number): void {
  const { edges, forces, positions, sums, negativeSampleRate, key } = layout;
  const ofEdges = ["order", "edgeStart", "end", "share", "blockStart", "pullPlace"] as const;
  for (const name of ofEdges) arrays[name].set(edges[name]);
  arrays.positions.set(positions);
  arrays.sums.set(sums);
  arrays.attraction.set(forces.attraction);
  arrays.repulsion.set(forces.repulsion);
  const ofState = [
    "positions",
    "sums",
    "targets",
    "pulls",
    "pullCount",
    "attraction",
    "repulsion",
    "ownPulls",
    "ownCount",
  ] as const;
  const addresses = [...ofEdges, ...ofState].map((name) => arrays[name].byteOffset);
  arrays.layout.set([...addresses, edges.vertices, negativeSampleRate, key | 0, owners, edges.mostPulls]);
}

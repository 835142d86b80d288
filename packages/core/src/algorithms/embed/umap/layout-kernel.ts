/** The moves of the layout in the plane as a kernel: the bits of `layout-moves.ts`, sooner. */
import { umapLayoutProgram } from "../../../kernels/generated/umap-layout.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan } from "../../../kernels/kernel-memory.js";
import { TABLE_ENTRIES } from "./force-table.js";
import { SPARE_PLACES } from "./layout-edges.js";
import { type LayoutMoves, type LayoutState, pusherBits, pusherCount } from "./layout-moves.js";
import { largestStep } from "./layout-order.js";

/** Up to here the kernel draws the same vertices as the reference. */
const MOST_VERTICES = 2_097_152;
/** Words of a `Chain` of the kernel; it has two lists of them. */
const CHAIN_WORDS = 3;
/** Words in which the kernel counts chains by their lengths, and of the chains that it moves in turns. */
const LENGTH_WORDS = 64 + 4 * 28;
/** Words of a `Layout` of the kernel. */
const LAYOUT_WORDS = 22;
/** Numbers of a vector of which only the chosen ones are kept: 16 choices of 16 bytes. */
const CHOICE_WORDS = 64;

export type LayoutKernel = "drawPushers" | "moveBlock" | "moveByPulls";

/** The moves in the memory of a kernel, or undefined where there is no kernel, too many vertices or not so much memory in one piece. */
export async function kernelMoves(layout: LayoutState): Promise<LayoutMoves | undefined> {
  const { edges, positions } = layout;
  const module = await kernelModule(umapLayoutProgram, false);
  const placed = module && placeLayout(layout, 1, 0);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  fillLayout(arrays, layout, 1);
  const kernel = await startKernel<LayoutKernel>(module, memory);
  const at = arrays.layout.byteOffset;
  const chains = arrays.chains.byteOffset;
  const pushers = arrays.pushers.byteOffset;
  const { groupStart, groupBlocks } = edges;
  return {
    drawPushers(epoch, round) {
      kernel.drawPushers(at, epoch, round, groupStart[round]!, groupStart[round + 1]!, pushers);
    },
    firstEnds(epoch, rate, round, block) {
      kernel.moveBlock(at, epoch, rate, groupStart[round]!, block, pushers, chains);
    },
    byPulls(round) {
      kernel.moveByPulls(at, groupBlocks[round]!, groupBlocks[round + 1]!, 0);
    },
    look: () => arrays.positions.slice(),
    finish() {
      positions.set(arrays.positions);
    },
  };
}

/** Memory for the layout and `members` threads; shared where they are more than one. Undefined where there is not so much. */
export function placeLayout(layout: LayoutState, members: number, crewWords: number) {
  if (layout.edges.vertices > MOST_VERTICES) return undefined;
  return kernelMemory(layoutPlan(layout, members, crewWords), members > 1);
}

function layoutPlan({ edges, negativeSampleRate }: LayoutState, members: number, crewWords: number) {
  const { vertices, groupStart, end, mostPulls, pullPlace, blockStart } = edges;
  const isShared = members > 1;
  return {
    layout: ["int32", LAYOUT_WORDS],
    choices: ["int32", CHOICE_WORDS],
    edgeStart: ["int32", vertices + 1],
    end: ["int32", end.length + SPARE_PLACES],
    share: ["int32", end.length + SPARE_PLACES],
    blockStart: ["int32", blockStart.length],
    pullPlace: ["int32", pullPlace.length],
    positions: ["float32", 2 * vertices],
    pushers: ["float32", members * 2 * pusherCount(groupStart, negativeSampleRate)],
    moved: ["float32", 2 * largestStep(groupStart)],
    targets: ["int32", mostPulls],
    pulls: ["float32", 2 * mostPulls],
    pullCount: ["int32", pullPlace.length],
    attraction: ["float32", TABLE_ENTRIES],
    repulsion: ["float32", TABLE_ENTRIES],
    chains: ["int32", members * (2 * CHAIN_WORDS * largestStep(blockStart) + LENGTH_WORDS)],
    ownPulls: ["int32", isShared ? members * mostPulls : 0],
    ownCount: ["int32", isShared ? members * pullPlace.length : 0],
    crew: ["int32", crewWords],
  } as const satisfies MemoryPlan;
}

export type LayoutArrays = NonNullable<ReturnType<typeof placeLayout>>["arrays"];

/** Copies a layout into the memory of the kernel. */
export function fillLayout(arrays: LayoutArrays, layout: LayoutState, owners: number): void {
  const { edges, forces, positions, negativeSampleRate, key } = layout;
  const ofEdges = ["edgeStart", "end", "share", "blockStart", "pullPlace"] as const;
  for (const name of ofEdges) arrays[name].set(edges[name]);
  arrays.positions.set(positions);
  arrays.attraction.set(forces.attraction);
  arrays.repulsion.set(forces.repulsion);
  new Uint8Array(arrays.choices.buffer, arrays.choices.byteOffset, arrays.choices.byteLength).set(choices());
  const ofState = [
    "choices",
    "positions",
    "moved",
    "targets",
    "pulls",
    "pullCount",
    "attraction",
    "repulsion",
    "ownPulls",
    "ownCount",
  ] as const;
  const addresses = [...ofEdges, ...ofState].map((name) => arrays[name].byteOffset);
  const pushers = [edges.vertices, negativeSampleRate, pusherBits(edges.groupStart), key | 0];
  arrays.layout.set([...addresses, ...pushers, owners, edges.mostPulls, largestStep(edges.blockStart)]);
}

/** For each set of the four numbers of a vector: from which byte each byte comes when those of the set are moved to its front, in their order. */
function choices(): Uint8Array {
  const bytes = new Uint8Array(4 * CHOICE_WORDS);
  for (let set = 0; set < 16; set++) {
    const chosen = [0, 1, 2, 3].filter((lane) => (set >> lane) & 1);
    bytes.set(
      chosen.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
      16 * set,
    );
  }
  return bytes;
}

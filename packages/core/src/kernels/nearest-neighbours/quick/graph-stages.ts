/** The stages of a quick search, and the pieces of each. Pieces of a stage do not depend on each other; a stage begins when the one before is done. */
import type { KdTree } from "../kd-tree.js";
import type { NeighbourSink } from "../leaf-search.js";
import { BACK_PARTS, ROUNDS } from "./graph-plan.js";

export type Stage = "begin" | "back" | "improve" | "finish";

/** What does the pieces: the kernel or its reference. */
export interface GraphProgram {
  /** Is told each stage before its first piece. */
  enter(stage: Stage): void;
  piece(stage: Stage, piece: number): void;
}

/** All stages, with the part of the work that each is, roughly. */
export const stages: readonly { readonly stage: Stage; readonly share: number }[] = [
  { stage: "begin", share: 0.53 },
  ...Array.from({ length: ROUNDS }, (_, round) => [
    { stage: "back" as const, share: 0.03 },
    { stage: "improve" as const, share: round === 0 ? 0.25 : 0.13 },
  ]).flat(),
  { stage: "finish", share: 0.03 },
];

/** Pieces of a stage: leaves, or parts of the points. */
export function piecesOf(stage: Stage, { nodes, firstLeaf }: Pick<KdTree, "nodes" | "firstLeaf">): number {
  return stage === "back" ? BACK_PARTS : nodes - firstLeaf;
}

/** First of the points of a part in which edges are turned back. */
export function partStart(part: number, points: number): number {
  return Math.floor((part * points) / BACK_PARTS);
}

/** Gives a sink the first neighbours of every point of a tree; rows of `kept`. */
export function giveAll(sink: NeighbourSink, points: number, kept: number, indices: Int32Array, distances: Float64Array): void {
  for (let place = 0; place < points; place++) sink(place, indices, distances, place * kept);
}

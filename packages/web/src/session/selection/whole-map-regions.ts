/** Regions that are looked for on the whole map: pixels like those that are selected, and pixels that touch another class. */
import { listOf } from "@sigma-eds/core";
import type { ViewSession } from "../view-session.js";
import type { SelectedRegion } from "./select.js";
import { groundOf } from "./selecting.js";
import { wandMask } from "./wand.js";

type Asked = Pick<ViewSession, "image" | "analysis" | "linked">;

/** Classes that hold less of a selection are not what it is of. */
const LEAST_SHARE = 0.05;

/** What agrees with a selection, and in words with what of it. */
export interface SimilarPixels extends SelectedRegion {
  readonly words: string;
}

/**
 * Everywhere in the frame what agrees with the most typical of the selected pixels, as the wand compares; where several classes are selected, with the most typical
 * of each. Undefined without maps or selection.
 */
export function similarRegion(session: Asked): SimilarPixels | undefined {
  const ground = groundOf(session);
  const { elementMaps = [], classes = [], labels } = session.analysis ?? {};
  const { mask, count } = session.linked.selection.current.value;
  if (ground === undefined || elementMaps.length === 0 || count === 0) return undefined;
  const lines = elementMaps.map(({ data }) => data);
  const size = ground.grid.width * ground.grid.height;
  const { wandSigma: sigma } = session.linked.toolOptions.current.value;
  const groups = selectedByClass(mask, labels);
  const similar = new Uint8Array(mask.length);
  for (const seed of groups.map(({ pixels }) => typicalPixel(pixels, lines))) {
    const start = seed - (seed % size);
    const like = wandMask(seed, ground.grid, lines, { sigma, connected: false });
    for (const [p, is] of like.entries()) similar[start + p]! |= is;
  }
  const names = groups.map(({ id }) => classes.find((phase) => phase.id === id)?.name ?? "what is in no class");
  const of = names.length < 2 ? "the selection" : `the selected pixels of ${listOf(names)}`;
  return { mask: similar, made: `Similar pixels, ${sigma} σ`, words: `Selected what is like ${of}, within ${sigma} σ.` };
}

interface ClassPixels {
  /** Below 0: in no class. */
  readonly id: number;
  readonly pixels: readonly number[];
}

/** Selected pixels by their class, the class with the most first; those of classes that hold next to nothing of them left out. */
export function selectedByClass(mask: Uint8Array, labels: Int32Array | undefined): ClassPixels[] {
  const groups = new Map<number, number[]>();
  let count = 0;
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] !== 1) continue;
    const id = labels?.[p] ?? -1;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [p]);
    else group.push(p);
    count += 1;
  }
  return [...groups]
    .map(([id, pixels]) => ({ id, pixels }))
    .sort((a, b) => b.pixels.length - a.pixels.length || a.id - b.id)
    .filter(({ pixels }, i) => i === 0 || pixels.length >= LEAST_SHARE * count);
}

/** Of these pixels the one whose counts are nearest to the mean of all of them: squared differences over the mean, added up over the lines. */
export function typicalPixel(inside: readonly number[], lines: readonly ArrayLike<number>[]): number {
  const means = lines.map((line) => inside.reduce((sum, p) => sum + line[p]!, 0) / inside.length);
  const distance = (p: number): number =>
    lines.reduce((sum, line, l) => sum + (line[p]! - means[l]!) ** 2 / Math.max(1, means[l]!), 0);
  let [best, least] = [inside[0] ?? 0, Infinity];
  for (const p of inside) {
    const far = distance(p);
    if (far < least) [best, least] = [p, far];
  }
  return best;
}

/** Pixels of classes that share an edge with one of another class, or of none; undefined without classes. */
export function boundaryRegion(session: Asked): SelectedRegion | undefined {
  const labels = session.analysis?.labels;
  const grid = groundOf(session)?.grid;
  if (labels === undefined || grid === undefined) return undefined;
  return { mask: boundaryPixels(labels, grid), made: "Boundary pixels" };
}

export function boundaryPixels(
  labels: Int32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  const size = width * height;
  return Uint8Array.from(labels, (label, p) => {
    const [x, inFrame] = [p % width, p % size];
    const isOther = (q: number): boolean => labels[q] !== label;
    const isBeside = (x > 0 && isOther(p - 1)) || (x < width - 1 && isOther(p + 1));
    const isAbove = (inFrame >= width && isOther(p - width)) || (inFrame < size - width && isOther(p + width));
    return label >= 0 && (isBeside || isAbove) ? 1 : 0;
  });
}

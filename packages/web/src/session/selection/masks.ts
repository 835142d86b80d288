/** Sets of pixels: uint8 [pixels], 1 = in the set. Functions here give new arrays and leave the old ones as they are. */
import type { SelectionMode } from "../linked.js";

/** How many pixels are in the set. */
export function countPixels(mask: Uint8Array): number {
  let count = 0;
  for (let p = 0; p < mask.length; p++) count += mask[p]!;
  return count;
}

/** What is selected after a region meets what was selected before: the same four ways as in a recipe's regions. */
export function combineMasks(before: Uint8Array, region: Uint8Array, mode: SelectionMode): Uint8Array {
  if (mode === "replace" || before.length !== region.length) {
    return mode === "replace" || mode === "add" ? region.slice() : new Uint8Array(region.length);
  }
  const after = new Uint8Array(region.length);
  if (mode === "add") for (let p = 0; p < after.length; p++) after[p] = before[p]! | region[p]!;
  else if (mode === "subtract") for (let p = 0; p < after.length; p++) after[p] = before[p]! & (region[p]! ^ 1);
  else for (let p = 0; p < after.length; p++) after[p] = before[p]! & region[p]!;
  return after;
}

/** All pixels that are not in the set. */
export function invertMask(mask: Uint8Array): Uint8Array {
  const inverse = new Uint8Array(mask.length);
  for (let p = 0; p < mask.length; p++) inverse[p] = mask[p]! ^ 1;
  return inverse;
}

/** The pixels whose label is one of `ids`. */
export function classMask(labels: Int32Array, ids: ReadonlySet<number>): Uint8Array {
  const mask = new Uint8Array(labels.length);
  for (let p = 0; p < labels.length; p++) mask[p] = ids.has(labels[p]!) ? 1 : 0;
  return mask;
}

/** A set of pixels of one frame, repeated in every frame: what is drawn on the map of a stack holds for all of its frames, as in a recipe. */
export function inEveryFrame(frame: Uint8Array, frames: number): Uint8Array {
  if (frames === 1) return frame;
  const mask = new Uint8Array(frame.length * frames);
  for (let f = 0; f < frames; f++) mask.set(frame, f * frame.length);
  return mask;
}

/** Uint8 [pixels of a frame]: 1 where the set has the pixel in any frame. */
export function inAnyFrame(mask: Uint8Array, frames: number): Uint8Array {
  if (frames === 1) return mask;
  const frame = mask.slice(0, mask.length / frames);
  for (let p = frame.length; p < mask.length; p++) frame[p % frame.length]! |= mask[p]!;
  return frame;
}

const lastWhole = { mask: new Uint8Array(0), labels: new Int32Array(0), id: undefined as number | undefined };

/** The class of which these are all pixels and no others, by its label (int32 [pixels]); undefined where there is none. Asked again of the same, it is not counted again. */
export function wholeClassOf(mask: Uint8Array, labels: Int32Array): number | undefined {
  if (lastWhole.mask !== mask || lastWhole.labels !== labels)
    Object.assign(lastWhole, { mask, labels, id: countedWhole(mask, labels) });
  return lastWhole.id;
}

function countedWhole(mask: Uint8Array, labels: Int32Array): number | undefined {
  if (mask.length !== labels.length) return undefined;
  const first = mask.indexOf(1);
  const id = labels[first];
  if (id === undefined || id < 0) return undefined;
  return labels.every((label, p) => (label === id) === (mask[p] === 1)) ? id : undefined;
}

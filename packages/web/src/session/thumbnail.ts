/** A small picture of a session for lists: the phase map, or the counts before phases are found. */
import { dataUri, encodeIndexedPng, unassignedColour } from "@sigma-eds/core";
import type { Grid } from "../worker/engine-protocol.js";
import type { SessionState } from "./session-state.js";

/** Room of the picture, pixels: a byte each before they are packed, so that no picture takes more than 9 kB of the storage. */
const MOST_WIDE = 96;
const MOST_HIGH = 64;
/** An indexed picture has no more colours, and one of them is for pixels without a class. */
const MOST_CLASSES = 255;
const GREYS = 64;

/** As a `data:` address; undefined where there is nothing to see. */
export function thumbnail({
  image,
  analysis,
  partial,
}: Pick<SessionState, "image" | "analysis" | "partial">): string | undefined {
  const phases = partial || analysis === undefined ? undefined : ofPhases(analysis);
  if (phases !== undefined) return dataUri(encodeIndexedPng(phases));
  return image === undefined ? undefined : countsThumbnail(image.countMap, image.grid);
}

/** The counts of an image that is not open yet, or not analysed. */
export function countsThumbnail(counts: Float32Array, grid: Grid): string {
  return dataUri(encodeIndexedPng(ofCounts(counts, grid)));
}

function ofPhases({ labels, classes, grid }: NonNullable<SessionState["analysis"]>) {
  if (labels === undefined || classes.length === 0 || classes.length > MOST_CLASSES) return undefined;
  const slots = new Map(classes.map(({ id }, slot) => [id, slot]));
  const none = classes.length;
  const palette = Uint8Array.from([...classes.map(({ colour }) => colour), unassignedColour].flatMap(rgbOf));
  return { ...sampled(grid, (p) => slots.get(labels[p] ?? -1) ?? none), palette };
}

/** Greys by the square root of the counts, which is even where counting noise is. */
function ofCounts(counts: Float32Array, grid: Grid) {
  const most = counts.reduce((largest, value) => Math.max(largest, value), 0);
  const palette = Uint8Array.from({ length: 3 * GREYS }, (_, i) => Math.round((255 * Math.floor(i / 3)) / (GREYS - 1)));
  const grey = (p: number): number => (most > 0 ? Math.round((GREYS - 1) * Math.sqrt(Math.max(0, counts[p]!) / most)) : 0);
  return { ...sampled(grid, grey), palette };
}

/** The first frame in a picture that fits into the room: of each of its pixels the pixel of the map in the middle. Small maps keep their size. */
function sampled({ width, height }: Grid, indexOf: (pixel: number) => number) {
  const scale = Math.min(1, MOST_WIDE / width, MOST_HIGH / height);
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const indices = Uint8Array.from({ length: wide * high }, (_, i) => {
    const x = Math.floor(((i % wide) + 0.5) * (width / wide));
    const y = Math.floor((Math.floor(i / wide) + 0.5) * (height / high));
    return indexOf(y * width + x);
  });
  return { width: wide, height: high, indices };
}

function rgbOf(colour: string): number[] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

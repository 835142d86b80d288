/** How a selection changes: what was done is kept as parts of a recipe, and the pixels are always those that the parts mean. */
import type { Grid } from "../../worker/engine-protocol.js";
import { nothingSelected, type Selection, type SelectionMode, type SelectionPart, type VisibleClasses } from "../linked.js";
import { classMask, combineMasks, countPixels, inAnyFrame, inEveryFrame, invertMask } from "./masks.js";
import { outlinePolygons } from "./outline.js";

/** What may be selected: the classes of all pixels, and which are in sight. */
export interface SelectionGround {
  readonly grid: Grid;
  /** Int32 [pixels]; `undefined` before anything is analysed. */
  readonly labels: Int32Array | undefined;
  readonly classIds: readonly number[];
  readonly visible: Pick<VisibleClasses, "hidden" | "solo">;
}

/** A part of which only its way of meeting the others is open. */
export type RegionPart = SelectionPart extends infer Part ? (Part extends SelectionPart ? Omit<Part, "mode"> : never) : never;

/** A set of pixels, and the part of a recipe that means it. */
export interface SelectedRegion {
  /** Uint8 [pixels]. */
  readonly mask: Uint8Array;
  /** Left out: the outlines of the pixels, which in a stack hold for every frame. */
  readonly part?: RegionPart | undefined;
  /** In words: `Lasso in latent space`. */
  readonly made: string;
}

/**
 * The selection after a region has met it, or `undefined` where it stays as it is: nothing in sight lies in the region, or there was nothing to cut from.
 * Pixels of hidden classes are never caught, and leave the selection.
 */
export function withRegion(
  before: Selection,
  region: SelectedRegion,
  mode: SelectionMode,
  ground: SelectionGround,
): Selection | undefined {
  const { grid } = ground;
  const mine = region.part === undefined ? outlined(region.mask, grid) : { mask: region.mask, parts: [region.part] };
  const fresh = before.count === 0 || before.mask.length !== mine.mask.length;
  if (countPixels(inSight(mine.mask, ground)) === 0 || (fresh && (mode === "subtract" || mode === "intersect"))) return undefined;
  const actual = fresh ? "replace" : mode;
  const mask = combineMasks(before.mask, mine.mask, actual);
  if (actual === "intersect" && mine.parts.length > 1) return fromPixels(mask, region.made, ground);
  const parts = mine.parts.map((part, i) => ({ ...part, mode: actual === "replace" && i > 0 ? "add" : actual }) as SelectionPart);
  return finished(mask, region.made, [...(actual === "replace" ? [] : before.parts), ...parts], ground);
}

/** Everything in sight that is not selected. */
export function invertedSelection(before: Selection, ground: SelectionGround): Selection {
  const pixels = ground.grid.width * ground.grid.height * ground.grid.frames;
  if (before.count === 0 || before.mask.length !== pixels) return everythingInSight(ground);
  const made = "Inverted selection";
  const parts = invertedParts(before.parts);
  const mask = invertMask(before.mask);
  return parts === undefined ? fromPixels(mask, made, ground) : finished(mask, made, parts, ground);
}

/** All pixels that are not of a hidden class. */
export function everythingInSight(ground: SelectionGround): Selection {
  const { width, height, frames } = ground.grid;
  const corners = [[0, 0], [width, 0], [width, height], [0, height]] as const; // biome-ignore format: corners
  const parts: SelectionPart[] = [{ on: "map", corners, mode: "replace" }];
  return finished(new Uint8Array(width * height * frames).fill(1), "Everything", parts, ground);
}

/** The selection of these pixels, kept by their outlines; hidden classes stay out. */
export function fromPixels(pixels: Uint8Array, made: string, ground: SelectionGround): Selection {
  const { mask, parts } = outlined(pixels, ground.grid);
  return finished(
    mask,
    made,
    parts.map((part, i) => ({ ...part, mode: i === 0 ? "replace" : "add" })),
    ground,
  );
}

/** Polygons of the outlines of pixels, and the pixels that they mean: in a stack, those of any frame in every frame. */
function outlined(mask: Uint8Array, grid: Grid) {
  const frame = inAnyFrame(mask, grid.frames);
  const parts = outlinePolygons(frame, grid).map((corners) => ({ on: "map", corners }) as const);
  return { mask: inEveryFrame(frame, grid.frames), parts };
}

function finished(mask: Uint8Array, made: string, parts: readonly SelectionPart[], ground: SelectionGround): Selection {
  const seen = inSight(mask, ground);
  const count = countPixels(seen);
  return count === 0 ? nothingSelected : { mask: seen, count, made, parts: withoutHidden(parts, ground) };
}

function inSight(mask: Uint8Array, { labels, visible: { hidden, solo } }: SelectionGround): Uint8Array {
  if (labels === undefined || labels.length !== mask.length) return mask;
  if (solo !== undefined) return combineMasks(mask, classMask(labels, new Set([solo])), "intersect");
  return hidden.size === 0 ? mask : combineMasks(mask, classMask(labels, hidden), "subtract");
}

function withoutHidden(
  parts: readonly SelectionPart[],
  { labels, classIds, visible }: SelectionGround,
): readonly SelectionPart[] {
  if (labels === undefined) return parts;
  if (visible.solo !== undefined) return [...parts, { on: "class", ids: [visible.solo], mode: "intersect" }];
  const ids = classIds.filter((id) => visible.hidden.has(id));
  return ids.length === 0 ? parts : [...parts, { on: "class", ids, mode: "subtract" }];
}

/**
 * Parts that mean all other pixels: what was added is cut out and what was cut out is added, beginning with the whole map. `undefined` where an
 * intersection stands in the way, whose opposite no part can say.
 */
function invertedParts(parts: readonly SelectionPart[]): SelectionPart[] | undefined {
  if (parts.some(({ mode }, i) => mode === "intersect" || (i > 0 && mode === "replace"))) return undefined;
  return parts.map((part, i) => {
    if (part.mode === "subtract") return { ...part, mode: i === 0 ? "replace" : "add" };
    return { ...part, mode: "subtract" };
  });
}

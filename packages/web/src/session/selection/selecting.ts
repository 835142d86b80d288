/** What views do to select: one way for all of them. */
import { pixelsOf, shownGrid } from "../derived/pixel-values.js";
import type { Selection, SelectionMode } from "../linked.js";
import { nothingSelected } from "../linked.js";
import type { ViewSession } from "../view-session.js";
import { classMask } from "./masks.js";
import { connectedFrom } from "./morphology.js";
import {
  everythingInSight,
  fromPixels,
  invertedSelection,
  type SelectedRegion,
  type SelectionGround,
  withRegion,
} from "./select.js";
import { wandMask } from "./wand.js";

/** What the session shows, as ground for selections; `undefined` while nothing is loaded. */
export function groundOf(session: Pick<ViewSession, "image" | "analysis" | "linked">): SelectionGround | undefined {
  const grid = shownGrid(session);
  if (grid === undefined) return undefined;
  const { labels, classes = [] } = session.analysis ?? {};
  return { grid, labels, classIds: classes.map(({ id }) => id), visible: session.linked.visibleClasses.current.value };
}

/** Lets a region meet the selection; where it holds nothing, says so and leaves the selection. True when the selection changed. */
export function selectRegion(session: ViewSession, region: SelectedRegion, mode: SelectionMode, source: string): boolean {
  const ground = groundOf(session);
  if (ground === undefined) return false;
  const after = withRegion(session.linked.selection.current.value, region, mode, ground);
  if (after === undefined) session.actions.say("No pixels inside. The selection is unchanged.");
  else session.linked.selection.set(after, source);
  return after !== undefined;
}

/** Selects all pixels of some classes. */
export function selectClasses(session: ViewSession, ids: readonly number[], mode: SelectionMode, source: string): void {
  const labels = session.analysis?.labels;
  if (labels === undefined) return;
  const names = session.analysis?.classes.filter(({ id }) => ids.includes(id)).map(({ name }) => name) ?? [];
  const region = { mask: classMask(labels, new Set(ids)), part: { on: "class", ids }, made: names.join(" + ") } as const;
  selectRegion(session, region, mode, source);
}

/** What a click with Pick takes: first the grain, then the whole class, then the one pixel. */
export type PickDepth = "grain" | "class" | "pixel";

export function pickedRegion(ground: SelectionGround, pixel: number, depth: PickDepth): SelectedRegion | undefined {
  const { grid, labels } = ground;
  const label = labels?.[pixel];
  if (labels === undefined || label === undefined || depth === "pixel") {
    const mask = new Uint8Array(pixelsOf(grid));
    mask[pixel] = 1;
    return { mask, made: "Pixel" };
  }
  if (depth === "class" && label >= 0)
    return { mask: classMask(labels, new Set([label])), part: { on: "class", ids: [label] }, made: "Class" };
  const size = grid.width * grid.height;
  const mask = new Uint8Array(pixelsOf(grid));
  mask.set(
    connectedFrom(pixel, grid, (p) => labels[p] === label),
    pixel - (pixel % size),
  );
  return { mask, made: "Grain" };
}

/** What the wand takes from a pixel, by the counts of the element maps; `undefined` before there are any. */
export function wandRegion(session: ViewSession, ground: SelectionGround, pixel: number): SelectedRegion | undefined {
  const lines = session.analysis?.elementMaps.map(({ data }) => data) ?? [];
  if (lines.length === 0) return undefined;
  const { wandSigma: sigma, wandConnected: connected } = session.linked.toolOptions.current.value;
  const mask = new Uint8Array(pixelsOf(ground.grid));
  mask.set(wandMask(pixel, ground.grid, lines, { sigma, connected }), pixel - (pixel % (ground.grid.width * ground.grid.height)));
  return { mask, made: `Wand, ${sigma} σ` };
}

export function clearSelection(session: ViewSession, source: string): void {
  if (session.linked.selection.current.value.count > 0) session.linked.selection.set(nothingSelected, source);
}

export function invertSelection(session: ViewSession, source: string): void {
  const ground = groundOf(session);
  if (ground !== undefined)
    session.linked.selection.set(invertedSelection(session.linked.selection.current.value, ground), source);
}

export function selectEverything(session: ViewSession, source: string): void {
  const ground = groundOf(session);
  if (ground !== undefined) session.linked.selection.set(everythingInSight(ground), source);
}

/** Changes the shape of the selection: grown, shrunk, filled. What would leave nothing is not done, and said. */
export function reshapeSelection(
  session: ViewSession,
  made: string,
  reshape: (mask: Uint8Array, ground: SelectionGround) => Uint8Array,
  source: string,
): void {
  const ground = groundOf(session);
  const before: Selection = session.linked.selection.current.value;
  if (ground === undefined || before.count === 0) return;
  const after = fromPixels(reshape(before.mask, ground), made, ground);
  if (after.count === 0) session.actions.say("Nothing would be left. The selection is unchanged.");
  else session.linked.selection.set(after, source);
}

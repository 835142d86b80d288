/** What the belt's tools do on a map. */
import type { MapCamera, Selection, SelectionMode } from "../../session/linked.js";
import { brushSize, paintStroke } from "../../session/selection/brush.js";
import { mapPolygon } from "../../session/selection/map-polygon.js";
import { combineMasks, countPixels, inEveryFrame } from "../../session/selection/masks.js";
import {
  clearSelection,
  groundOf,
  type PickDepth,
  pickedRegion,
  selectRegion,
  wandRegion,
} from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import type { PlaneActs } from "../../ui/plane/attach-tools.js";
import { type PlanePoint, panned, pixelAt, placeMap, type Size, toMap, zoomedAt } from "../../ui/plane/camera.js";
import type { Grid } from "../../worker/engine-protocol.js";
import { placeOfPixel } from "./draw-map.js";

export const MAP_SOURCE = "map";

/** What the map remembers between events, and is not saved. */
export interface MapMemory {
  /** Where the pointer is, pixels of the map. */
  pointer: PlanePoint | undefined;
  stroke: PlanePoint[];
  strokeMask: Uint8Array | undefined;
  /** What was selected before the stroke began. */
  beforeStroke: Selection | undefined;
  lastPreview: number;
  /** What the wand would pick where the pointer rests. */
  wand: { readonly pixel: number; readonly mask: Uint8Array; readonly count: number } | undefined;
  wandTimer: number;
  picked: { readonly mask: Uint8Array; readonly depth: PickDepth } | undefined;
}

export function mapMemory(): MapMemory {
  return {
    pointer: undefined,
    stroke: [],
    strokeMask: undefined,
    beforeStroke: undefined,
    lastPreview: 0,
    wand: undefined,
    wandTimer: 0,
    picked: undefined,
  };
}

export interface MapActsContext {
  readonly session: ViewSession;
  readonly grid: Grid;
  readonly frame: number;
  readonly view: Size;
  camera(): MapCamera;
  setCamera(camera: MapCamera): void;
  readonly memory: MapMemory;
  redraw(): void;
  redrawDraft(): void;
}

const madeWords = { rectangle: "Rectangle on the map", lasso: "Lasso on the map" } as const;
/** Milliseconds between spectra while painting. */
const PREVIEW_EVERY = 100;

export function mapActs(context: MapActsContext): PlaneActs {
  const { session, grid, frame, view, memory, redraw, redrawDraft } = context;
  const { linked } = session;
  const placement = () => placeMap(context.camera(), grid, view);
  return {
    tool: () => linked.tool.current.value,
    mode: () => linked.mode.current.value,
    toPlane: (onScreen) => toMap(placement(), onScreen),
    hover(at) {
      memory.pointer = at;
      const pixel = at === undefined ? undefined : pixelAt(grid, at);
      const before = linked.hover.current.value;
      if (pixel === undefined) {
        forgetWand(memory);
        if (before.kind !== "nothing") linked.hover.set({ kind: "nothing" }, MAP_SOURCE, false);
        return;
      }
      const index = frame * grid.width * grid.height + pixel;
      previewWand(context, index);
      if (before.kind !== "pixel" || before.pixel !== index) linked.hover.set({ kind: "pixel", pixel: index }, MAP_SOURCE, false);
    },
    pan: (dx, dy) => context.setCamera(panned(context.camera(), grid, view, dx, dy)),
    zoom: (at, factor) => context.setCamera(zoomedAt(context.camera(), grid, view, at, factor)),
    fit: () => context.setCamera({ x: grid.width / 2, y: grid.height / 2, scale: undefined }),
    click: (at, mode) => clickOn(context, at, mode),
    outline(shape, corners, mode) {
      const part = { on: "map", corners } as const;
      selectRegion(session, { mask: mapPolygon(grid, corners), part, made: madeWords[shape] }, mode, MAP_SOURCE);
    },
    stroke: (from, to, mode) => strokeOn(context, from, to, mode),
    endStroke(mode) {
      const mask = memory.strokeMask;
      memory.strokeMask = undefined;
      memory.stroke = [];
      if (mask === undefined) return;
      const before = memory.beforeStroke;
      if (before !== undefined) linked.selection.set(before, MAP_SOURCE, false);
      memory.beforeStroke = undefined;
      selectRegion(session, { mask: inEveryFrame(mask, grid.frames), made: "Brush on the map" }, mode, MAP_SOURCE);
    },
    resizeBrush(steps) {
      const options = linked.toolOptions.current.value;
      linked.toolOptions.set({ ...options, brushDiameter: brushSize(options.brushDiameter, steps) }, MAP_SOURCE);
    },
    moveCursor(dx, dy) {
      const hover = linked.hover.current.value;
      const here = hover.kind === "pixel" ? placeOfPixel(hover.pixel, grid, frame) : undefined;
      const start = here ?? { x: Math.floor(grid.width / 2) + 0.5, y: Math.floor(grid.height / 2) + 0.5 };
      const within = (value: number, size: number): number => Math.min(size - 0.5, Math.max(0.5, value));
      return { x: within(start.x + dx, grid.width), y: within(start.y + dy, grid.height) };
    },
    escape: () => clearSelection(session, MAP_SOURCE),
    redraw,
    redrawDraft,
  };
}

function clickOn({ session, grid, frame, memory }: MapActsContext, at: PlanePoint, mode: SelectionMode): void {
  const ground = groundOf(session);
  const inFrame = pixelAt(grid, at);
  if (ground === undefined || inFrame === undefined) return;
  const pixel = frame * grid.width * grid.height + inFrame;
  if (session.linked.tool.current.value === "wand") {
    const region = wandRegion(session, ground, pixel);
    if (region === undefined) session.actions.say("The wand compares element maps, and there are none yet.");
    else selectRegion(session, region, mode, MAP_SOURCE);
    return;
  }
  const again = memory.picked?.mask[pixel] === 1 ? nextDepth[memory.picked.depth] : "grain";
  const region = pickedRegion(ground, pixel, again);
  if (region === undefined) return;
  memory.picked = { mask: region.mask, depth: again };
  selectRegion(session, region, mode, MAP_SOURCE);
}

/** Milliseconds that the pointer has to rest before the wand is tried. */
const WAND_REST = 90;

/** Tries the wand on the pixel below the pointer, so that the count is known before the click. */
function previewWand({ session, memory, redraw }: MapActsContext, pixel: number): void {
  if (session.linked.tool.current.value !== "wand") {
    forgetWand(memory);
    return;
  }
  if (memory.wand?.pixel === pixel) return;
  clearTimeout(memory.wandTimer);
  memory.wandTimer = window.setTimeout(() => {
    const ground = groundOf(session);
    const region = ground === undefined ? undefined : wandRegion(session, ground, pixel);
    memory.wand = region && { pixel, mask: region.mask, count: countPixels(region.mask) };
    redraw();
  }, WAND_REST);
}

function forgetWand(memory: MapMemory): void {
  clearTimeout(memory.wandTimer);
  memory.wand = undefined;
}

const nextDepth: Readonly<Record<PickDepth, PickDepth>> = { grain: "class", class: "pixel", pixel: "grain" };

function strokeOn(context: MapActsContext, from: PlanePoint, to: PlanePoint, mode: SelectionMode): void {
  const { session, grid, memory } = context;
  const { brushDiameter } = session.linked.toolOptions.current.value;
  if (memory.strokeMask === undefined) {
    memory.strokeMask = new Uint8Array(grid.width * grid.height);
    memory.beforeStroke = session.linked.selection.current.value;
    memory.stroke = [from];
  }
  paintStroke(memory.strokeMask, grid, from, to, brushDiameter);
  memory.stroke.push(to);
  const now = performance.now();
  if (now - memory.lastPreview < PREVIEW_EVERY) return;
  memory.lastPreview = now;
  previewStroke(context, memory.strokeMask, mode);
}

/** The selection as it would be now: its spectrum follows the brush. */
function previewStroke({ session, grid, memory }: MapActsContext, stroke: Uint8Array, mode: SelectionMode): void {
  const before = memory.beforeStroke;
  if (before === undefined) return;
  const mask = combineMasks(before.mask, inEveryFrame(stroke, grid.frames), before.count === 0 ? "replace" : mode);
  session.linked.selection.set({ ...before, mask, count: countPixels(mask), made: "Brush on the map" }, MAP_SOURCE, false);
}

/** What the belt's tools do in the latent space. */
import type { SelectionMode } from "../../session/linked.js";
import { brushSize, paintStroke } from "../../session/selection/brush.js";
import { type LatentIndex, nearestPoint, pointsInPolygon } from "../../session/selection/latent-index.js";
import { outlinePolygons } from "../../session/selection/outline.js";
import { clearSelection, groundOf, pickedRegion, selectRegion, wandRegion } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import type { PlaneActs } from "../../ui/plane/attach-tools.js";
import { type Camera, type PlanePoint, panned, placeMap, type Size, toMap, toScreen, zoomedAt } from "../../ui/plane/camera.js";
import { type LatentPlane, toLatent, toPlane } from "./latent-plane.js";

export const LATENT_SOURCE = "latent";

export interface LatentMemory {
  pointer: PlanePoint | undefined;
  /** Places of the stroke, units of the plane. */
  stroke: PlanePoint[];
  /** Uint8 [pixels of the view]: what the brush has covered. */
  strokeMask: { readonly mask: Uint8Array; readonly size: Size } | undefined;
  picked: number | undefined;
}

export function latentMemory(): LatentMemory {
  return { pointer: undefined, stroke: [], strokeMask: undefined, picked: undefined };
}

export interface LatentActsContext {
  readonly session: ViewSession;
  readonly index: LatentIndex;
  readonly plane: LatentPlane;
  readonly dimensions: readonly [number, number];
  readonly view: Size;
  camera(): Camera;
  setCamera(camera: Camera): void;
  readonly memory: LatentMemory;
  redraw(): void;
  redrawDraft(): void;
}

/** A pixel is hovered when it lies this near to the pointer, pixels of the screen. */
const REACH = 9;
const madeWords = { rectangle: "Rectangle in latent space", lasso: "Lasso in latent space" } as const;

export function latentActs(context: LatentActsContext): PlaneActs {
  const { session, plane, view, memory, redraw, redrawDraft } = context;
  const { linked } = session;
  return {
    tool: () => linked.tool.current.value,
    mode: () => linked.mode.current.value,
    toPlane: (onScreen) => toMap(placeMap(context.camera(), plane, view), onScreen),
    hover(at) {
      memory.pointer = at;
      const point = at === undefined ? undefined : pointAt(context, at);
      const before = linked.hover.current.value;
      if (point === undefined) {
        if (before.kind !== "nothing") linked.hover.set({ kind: "nothing" }, LATENT_SOURCE, false);
      } else if (before.kind !== "pixel" || before.pixel !== point) {
        linked.hover.set({ kind: "pixel", pixel: point }, LATENT_SOURCE, false);
      }
    },
    pan: (dx, dy) => context.setCamera(panned(context.camera(), plane, view, dx, dy)),
    zoom: (at, factor) => context.setCamera(zoomedAt(context.camera(), plane, view, at, factor)),
    fit: () => context.setCamera({ x: 0, y: 0, scale: undefined }),
    click: (at, mode) => clickOn(context, at, mode),
    outline(shape, corners, mode) {
      selectPolygon(
        context,
        corners.map(([x, y]) => toLatent(plane, { x, y })),
        madeWords[shape],
        mode,
      );
    },
    stroke: (from, to) => strokeOn(context, from, to),
    endStroke: (mode) => finishStroke(context, mode),
    resizeBrush(steps) {
      const options = linked.toolOptions.current.value;
      linked.toolOptions.set({ ...options, brushDiameter: brushSize(options.brushDiameter, steps) }, LATENT_SOURCE);
    },
    moveCursor: (dx, dy) => cursorAt(context, dx, dy),
    escape: () => clearSelection(session, LATENT_SOURCE),
    redraw,
    redrawDraft,
  };
}

/** The keyboard's cursor: a place of the plane that moves by four pixels of the screen. */
function cursorAt({ memory, view, camera, plane }: LatentActsContext, dx: number, dy: number): PlanePoint {
  const placement = placeMap(camera(), plane, view);
  const start = memory.pointer ?? toMap(placement, { x: view.width / 2, y: view.height / 2 });
  const onScreen = toScreen(placement, start);
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const moved = toMap(placement, { x: within(onScreen.x + 4 * dx, view.width), y: within(onScreen.y + 4 * dy, view.height) });
  memory.pointer = moved;
  return moved;
}

function isShownOf({ analysis, linked }: ViewSession): (pixel: number) => boolean {
  const labels = analysis?.labels;
  const { hidden, solo } = linked.visibleClasses.current.value;
  if (labels === undefined) return () => true;
  return (pixel) => (solo === undefined ? !hidden.has(labels[pixel]!) : labels[pixel] === solo);
}

function pointAt(context: LatentActsContext, at: PlanePoint): number | undefined {
  const { index, plane, session, view } = context;
  const reach = REACH / placeMap(context.camera(), plane, view).scale;
  return nearestPoint(index, toLatent(plane, at), [reach / plane.perX, reach / plane.perY], isShownOf(session));
}

function clickOn(context: LatentActsContext, at: PlanePoint, mode: SelectionMode): void {
  const { session, memory } = context;
  const ground = groundOf(session);
  const point = pointAt(context, at);
  if (ground === undefined || point === undefined) return;
  if (session.linked.tool.current.value === "wand") {
    const region = wandRegion(session, ground, point);
    if (region !== undefined) selectRegion(session, region, mode, LATENT_SOURCE);
    return;
  }
  const again = memory.picked === point;
  const region = pickedRegion(ground, point, again ? "pixel" : "class");
  memory.picked = again ? undefined : point;
  if (region !== undefined) selectRegion(session, region, mode, LATENT_SOURCE);
}

function selectPolygon(
  { session, index, dimensions }: LatentActsContext,
  corners: readonly (readonly [number, number])[],
  made: string,
  mode: SelectionMode,
): void {
  const mask = pointsInPolygon(index, corners);
  selectRegion(session, { mask, part: { on: "latent", corners, dimensions }, made }, mode, LATENT_SOURCE);
}

/** The brush paints on the pixels of the view; their outline becomes a polygon of the latent space. */
function strokeOn(context: LatentActsContext, from: PlanePoint, to: PlanePoint): void {
  const { session, view, memory, plane } = context;
  if (memory.strokeMask === undefined) {
    const size = { width: Math.max(1, Math.round(view.width)), height: Math.max(1, Math.round(view.height)) };
    memory.strokeMask = { mask: new Uint8Array(size.width * size.height), size };
    memory.stroke = [from];
  }
  const placement = placeMap(context.camera(), plane, view);
  const { brushDiameter } = session.linked.toolOptions.current.value;
  const { mask, size } = memory.strokeMask;
  paintStroke(mask, size, toScreen(placement, from), toScreen(placement, to), brushDiameter);
  memory.stroke.push(to);
}

function finishStroke(context: LatentActsContext, mode: SelectionMode): void {
  const { memory, plane, view } = context;
  const painted = memory.strokeMask;
  memory.strokeMask = undefined;
  memory.stroke = [];
  if (painted === undefined) return;
  const placement = placeMap(context.camera(), plane, view);
  const polygons = outlinePolygons(painted.mask, painted.size);
  polygons.forEach((polygon, i) => {
    const corners = polygon.map(([x, y]) => toLatent(plane, toMap(placement, { x, y })));
    selectPolygon(context, corners, "Brush in latent space", i > 0 && mode === "replace" ? "add" : mode);
  });
}

/** Where a pixel lies on the plane; `undefined` where it has no place. */
export function placeOfPoint(index: LatentIndex, plane: LatentPlane, point: number): PlanePoint | undefined {
  const [x, y] = [index.x[point], index.y[point]];
  return x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y) ? undefined : toPlane(plane, x, y);
}

/** What the belt's tools do on a plane of points, one for each pixel: in the latent space, in a ternary. */
import type { SelectionMode } from "../../session/linked.js";
import { brushSize, paintStroke } from "../../session/selection/brush.js";
import { type LatentIndex, nearestPoint, pointsInPolygon } from "../../session/selection/latent-index.js";
import { outlinePolygons } from "../../session/selection/outline.js";
import type { RegionPart } from "../../session/selection/select.js";
import { clearSelection, groundOf, pickedRegion, selectRegion, wandRegion } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import type { PlaneActs } from "./attach-tools.js";
import { type Camera, type PlanePoint, panned, placeMap, type Size, toMap, toScreen, zoomedAt } from "./camera.js";
import { type PointPlane, toPlane, toPoints } from "./point-plane.js";

export interface PointMemory {
  pointer: PlanePoint | undefined;
  /** Places of the stroke, units of the plane. */
  stroke: PlanePoint[];
  /** Uint8 [pixels of the view]: what the brush has covered. */
  strokeMask: { readonly mask: Uint8Array; readonly size: Size } | undefined;
  picked: number | undefined;
}

export function pointMemory(): PointMemory {
  return { pointer: undefined, stroke: [], strokeMask: undefined, picked: undefined };
}

export interface PointActsContext {
  readonly session: ViewSession;
  /** Who changes shared values: `latent`. */
  readonly source: string;
  /** Where, for the history: `in latent space`. */
  readonly where: string;
  readonly index: LatentIndex;
  readonly plane: PointPlane;
  readonly view: Size;
  /** The recipe's way to the points inside a polygon, where there is one; corners are in units of the points. */
  partOf?(corners: readonly (readonly [number, number])[]): RegionPart;
  camera(): Camera;
  setCamera(camera: Camera): void;
  readonly memory: PointMemory;
  redraw(): void;
  redrawDraft(): void;
}

/** A pixel is hovered when it lies this near to the pointer, pixels of the screen. */
const REACH = 9;
const shapeWords = { rectangle: "Rectangle", lasso: "Lasso" } as const;

export function pointActs(context: PointActsContext): PlaneActs {
  const { session, source, plane, view, memory, redraw, redrawDraft } = context;
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
        if (before.kind !== "nothing") linked.hover.set({ kind: "nothing" }, source, false);
      } else if (before.kind !== "pixel" || before.pixel !== point) {
        linked.hover.set({ kind: "pixel", pixel: point }, source, false);
      }
    },
    pan: (dx, dy) => context.setCamera(panned(context.camera(), plane, view, dx, dy)),
    zoom: (at, factor) => context.setCamera(zoomedAt(context.camera(), plane, view, at, factor)),
    fit: () => context.setCamera({ x: 0, y: 0, scale: undefined }),
    click: (at, mode) => clickOn(context, at, mode),
    outline(shape, corners, mode) {
      selectPolygon(
        context,
        corners.map(([x, y]) => toPoints(plane, { x, y })),
        shapeWords[shape],
        mode,
      );
    },
    stroke: (from, to) => strokeOn(context, from, to),
    endStroke: (mode) => finishStroke(context, mode),
    resizeBrush(steps) {
      const options = linked.toolOptions.current.value;
      linked.toolOptions.set({ ...options, brushDiameter: brushSize(options.brushDiameter, steps) }, source);
    },
    moveCursor: (dx, dy) => cursorAt(context, dx, dy),
    escape: () => clearSelection(session, source),
    redraw,
    redrawDraft,
  };
}

/** The keyboard's cursor: a place of the plane that moves by four pixels of the screen. */
function cursorAt({ memory, view, camera, plane }: PointActsContext, dx: number, dy: number): PlanePoint {
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

function pointAt(context: PointActsContext, at: PlanePoint): number | undefined {
  const { index, plane, session, view } = context;
  const reach = REACH / placeMap(context.camera(), plane, view).scale;
  return nearestPoint(index, toPoints(plane, at), [reach / plane.perX, reach / plane.perY], isShownOf(session));
}

function clickOn(context: PointActsContext, at: PlanePoint, mode: SelectionMode): void {
  const { session, source, memory } = context;
  const ground = groundOf(session);
  const point = pointAt(context, at);
  if (ground === undefined || point === undefined) return;
  if (session.linked.tool.current.value === "wand") {
    const region = wandRegion(session, ground, point);
    if (region !== undefined) selectRegion(session, region, mode, source);
    return;
  }
  const again = memory.picked === point;
  const region = pickedRegion(ground, point, again ? "pixel" : "class");
  memory.picked = again ? undefined : point;
  if (region !== undefined) selectRegion(session, region, mode, source);
}

function selectPolygon(
  { session, source, where, index, partOf }: PointActsContext,
  corners: readonly (readonly [number, number])[],
  tool: string,
  mode: SelectionMode,
): void {
  const mask = pointsInPolygon(index, corners);
  selectRegion(session, { mask, part: partOf?.(corners), made: `${tool} ${where}` }, mode, source);
}

/** The brush paints on the pixels of the view; their outline becomes a polygon among the points. */
function strokeOn(context: PointActsContext, from: PlanePoint, to: PlanePoint): void {
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

function finishStroke(context: PointActsContext, mode: SelectionMode): void {
  const { memory, plane, view } = context;
  const painted = memory.strokeMask;
  memory.strokeMask = undefined;
  memory.stroke = [];
  if (painted === undefined) return;
  const placement = placeMap(context.camera(), plane, view);
  const polygons = outlinePolygons(painted.mask, painted.size);
  polygons.forEach((polygon, i) => {
    const corners = polygon.map(([x, y]) => toPoints(plane, toMap(placement, { x, y })));
    selectPolygon(context, corners, "Brush", i > 0 && mode === "replace" ? "add" : mode);
  });
}

/** Where a pixel lies on the plane; `undefined` where it has no place. */
export function placeOfPoint(index: LatentIndex, plane: PointPlane, point: number): PlanePoint | undefined {
  const [x, y] = [index.x[point], index.y[point]];
  return x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y) ? undefined : toPlane(plane, x, y);
}

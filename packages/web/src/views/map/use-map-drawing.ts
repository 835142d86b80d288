/** The two canvases of a map, drawn in animation frames whenever something that they show has changed. */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { keptNext } from "../../session/derived/crop-area.js";
import type { MapCamera } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { canvasLayer } from "../../ui/canvas-layer.js";
import { type Redrawing, redrawing } from "../../ui/draw-turns.js";
import { newestOf } from "../../ui/newest.js";
import { placeMap, type Size } from "../../ui/plane/camera.js";
import { DraftLayer } from "../../ui/plane/draft-layer.js";
import type { OutlineGesture } from "../../ui/plane/outline-gesture.js";
import { draftOnPictures } from "../../ui/raster/draw-outline.js";
import { drawMarch, type OutlineLayer, outlineLayer } from "../../ui/raster/outline-layer.js";
import type { Placement } from "../../ui/raster/raster-canvas.js";
import { sameValues } from "../../ui/same-values.js";
import type { Grid } from "../../worker/engine-protocol.js";
import { drawLegends, drawMoving, drawPicture, drawSwipe, litClass, selectionLayer } from "./draw-map.js";
import type { MapMemory } from "./map-acts.js";
import { type MapPicture, mapPicture } from "./map-picture.js";
import type { MapSpec } from "./map-spec.js";
import { type NamePlace, namePlaces } from "./name-places.js";

export interface MapDrawing {
  readonly session: ViewSession;
  readonly spec: MapSpec;
  readonly grid: Grid;
  readonly frame: number;
  readonly view: Size;
  readonly below: RefObject<HTMLCanvasElement | null>;
  readonly above: RefObject<HTMLCanvasElement | null>;
  /** For the outline that is being drawn. */
  readonly draft: RefObject<HTMLCanvasElement | null>;
  readonly gesture: OutlineGesture;
  readonly memory: MapMemory;
  /** Only the picture below the colours, while a key is held. */
  readonly baseAlone: boolean;
  camera(): MapCamera;
}

/** Gives functions that ask for all canvases anew and for that of the draft alone, and one that gives the picture as it was drawn last. */
export function useMapDrawing(drawing: MapDrawing): { redraw(): void; redrawDraft(): void; picture(): MapPicture | undefined } {
  const latest = useRef(drawing);
  latest.current = drawing;
  const painter = useRef<MapPainter>(undefined);
  painter.current ??= new MapPainter(() => latest.current);
  const redraw = useCallback(() => painter.current?.ask(), []);
  const redrawDraft = useCallback(() => painter.current?.askDraft(), []);
  const { linked, answers } = drawing.session;
  useEffect(() => {
    const shared = [
      linked.hover,
      linked.selection,
      linked.visibleClasses,
      linked.colouring,
      linked.mapCamera,
      linked.toolOptions,
      linked.tool,
      linked.energyWindow,
      answers.windowMap,
    ];
    const stops = shared.map((value) => value.subscribe(redraw));
    return () => {
      for (const stop of stops) stop();
    };
  }, [linked, answers, redraw]);
  useEffect(() => redraw());
  useEffect(() => () => painter.current?.stop(), []);
  const picture = useCallback(() => painter.current?.picture, []);
  return { redraw, redrawDraft, picture };
}

const noNames: readonly NamePlace[] = [];
type PictureMaker = ReturnType<typeof newestOf<Parameters<typeof mapPicture>, MapPicture>>;

class MapPainter {
  readonly #drawing: () => MapDrawing;
  readonly #draft: DraftLayer;
  readonly #turns: readonly Redrawing[];
  #below: readonly unknown[] = [];
  readonly #picture = newestOf(mapPicture);
  readonly #outline = newestOf(selectionLayer);
  readonly #names = newestOf(namePlaces);
  readonly #lit = newestOf(litClass);
  readonly #alone = newestOf(mapPicture);
  readonly #wand = newestOf(wandLayer);
  #march = 0;
  #outlined: OutlineLayer | undefined;
  picture: MapPicture | undefined;

  constructor(drawing: () => MapDrawing) {
    this.#drawing = drawing;
    this.#draft = new DraftLayer(() => {
      const { grid, view, gesture, draft, camera } = drawing();
      return { canvas: draft.current, view, placement: placeMap(camera(), grid, view), gesture, colours: draftOnPictures };
    });
    this.#turns = [redrawing(() => this.#drawBelow()), redrawing(() => this.#drawAbove()), this.#draft];
  }

  ask(): void {
    for (const turn of this.#turns) turn.ask();
  }

  askDraft(): void {
    this.#draft.ask();
  }

  stop(): void {
    for (const turn of this.#turns) turn.stop();
    clearTimeout(this.#march);
  }

  #currentPicture(baseAlone: boolean, make: PictureMaker): MapPicture {
    const { session, spec, grid, frame } = this.#drawing();
    const { linked, answers, image, analysis } = session;
    const colouring = spec.colouring ?? linked.colouring.current.value;
    const usesWindow = colouring.by.kind === "window";
    const window = usesWindow ? linked.energyWindow.current.value : undefined;
    const windowMap = usesWindow ? answers.windowMap.current.value.value : undefined;
    const visible = linked.visibleClasses.current.value;
    const { base, doubt, doubtBelow } = spec;
    const patterns = session.patternsForAll;
    const opacity = colouring.by.kind === "class" ? spec.opacity : spec.valueOpacity;
    const shown = baseAlone ? 0 : opacity;
    const keys = [
      image,
      analysis,
      colouring,
      visible,
      window,
      windowMap,
      base,
      shown,
      doubt,
      doubtBelow,
      patterns,
      frame,
      baseAlone,
    ];
    return make(keys, {
      grid,
      frame,
      sources: { image, analysis, window, windowMap },
      colouring: baseAlone ? { ...colouring, by: { kind: "none" } } : colouring,
      visible,
      spec: { base, opacity: shown, doubt: doubt && !baseAlone, doubtBelow, patterns },
    });
  }

  #drawBelow(): void {
    const { session, spec, grid, frame, view, below, camera, baseAlone } = this.#drawing();
    this.picture = this.#currentPicture(baseAlone, this.#picture);
    const alone = spec.swipe === undefined || baseAlone ? undefined : this.#currentPicture(true, this.#alone);
    const { linked, analysis } = session;
    const selection = linked.selection.current.value;
    const painting = !linked.selection.current.committed;
    const outline = painting ? undefined : this.#outline([selection.mask, frame, grid], selection, grid, frame);
    const labels = spec.names ? analysis?.labels : undefined;
    const size = grid.width * grid.height;
    this.#outlined = outline;
    const names =
      labels === undefined
        ? noNames
        : this.#names(
            [labels, analysis?.classes, frame],
            labels.subarray(frame * size, (frame + 1) * size),
            analysis?.classes ?? [],
            grid,
          );
    const kept = keptNext(session);
    const placement = placeMap(camera(), grid, view);
    const density = globalThis.devicePixelRatio;
    const keys = [
      this.picture,
      outline,
      names.length,
      alone,
      kept?.x.join(),
      kept?.y.join(),
      spec.swipe,
      placement.scale,
      placement.left,
      placement.top,
      view.width,
      view.height,
      density,
    ];
    if (sameValues(keys, this.#below)) return;
    this.#below = keys;
    const context = canvasLayer(below.current, view.width, view.height);
    if (context === undefined) return;
    drawPicture(context, { picture: this.picture, outline, names, kept }, placement, view);
    if (alone !== undefined && spec.swipe !== undefined) drawSwipe(context, alone, placement, view, spec.swipe);
  }

  #drawAbove(): void {
    const { session, spec, grid, frame, view, above, memory, camera } = this.#drawing();
    const context = canvasLayer(above.current, view.width, view.height);
    if (context === undefined || this.picture === undefined) return;
    const { linked, analysis } = session;
    const placement = placeMap(camera(), grid, view);
    const hover = linked.hover.current.value;
    const labels = analysis?.labels;
    const lit =
      hover.kind === "class" && labels !== undefined
        ? this.#lit([labels, hover.id, frame], labels, hover.id, grid, frame)
        : undefined;
    const brush =
      linked.tool.current.value === "brush" && (memory.pointer !== undefined || memory.stroke.length > 0)
        ? { at: memory.pointer, diameter: linked.toolOptions.current.value.brushDiameter, stroke: memory.stroke }
        : undefined;
    const wand =
      memory.wand === undefined || memory.pointer === undefined || linked.tool.current.value !== "wand"
        ? undefined
        : {
            layer: this.#wand([memory.wand.mask, frame, grid], memory.wand.mask, grid, frame),
            count: memory.wand.count,
            at: memory.pointer,
          };
    this.#marchOn(context, placement, wand !== undefined);
    drawMoving(context, { hover, brush, wand, lit }, placement, grid, frame);
    const { percentiles } = spec.colouring ?? linked.colouring.current.value;
    drawLegends(context, this.picture, placement, view, { grid, percentiles });
  }

  /** The selection's outline marches while the pointer is over the map, unless motion is unwelcome. */
  #marchOn(context: CanvasRenderingContext2D, placement: Placement, instead: boolean): void {
    const { memory } = this.#drawing();
    clearTimeout(this.#march);
    if (this.#outlined === undefined || memory.pointer === undefined || instead || motionIsUnwelcome()) return;
    drawMarch(context, this.#outlined, placement, performance.now());
    this.#march = window.setTimeout(() => this.ask(), MARCH_MS);
  }
}

const MARCH_MS = 60;

function motionIsUnwelcome(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function wandLayer(mask: Uint8Array, grid: Grid, frame: number): OutlineLayer {
  const size = grid.width * grid.height;
  return outlineLayer(mask.subarray(frame * size, (frame + 1) * size), grid);
}

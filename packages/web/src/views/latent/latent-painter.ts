/** Draws the latent view in animation frames: points from the graphics card or as density, and what lies above them. */
import { lineColour } from "@sigma-eds/core";
import { classShapes } from "../../session/derived/class-shapes.js";
import { classesAsShown, othersOf } from "../../session/derived/others.js";
import type { LatentIndex } from "../../session/selection/latent-index.js";
import type { ViewSession } from "../../session/view-session.js";
import { canvasLayer } from "../../ui/canvas-layer.js";
import { type Redrawing, redrawing } from "../../ui/draw-turns.js";
import { newestOf } from "../../ui/newest.js";
import { type Camera, placeMap, type Size } from "../../ui/plane/camera.js";
import { DraftLayer } from "../../ui/plane/draft-layer.js";
import { drawPointer } from "../../ui/plane/draw-pointer.js";
import type { OutlineGesture } from "../../ui/plane/outline-gesture.js";
import type { PointMemory } from "../../ui/plane/point-acts.js";
import type { PointPlane } from "../../ui/plane/point-plane.js";
import { COLOUR_BAR_WIDTH, drawColourBar } from "../../ui/raster/draw-scale-bar.js";
import { type Placement, rasterCanvas } from "../../ui/raster/raster-canvas.js";
import { sameValues } from "../../ui/same-values.js";
import { densityOfCells, pointCells, spreadOf } from "./density-raster.js";
import { draftColours, drawEdgeMarks, drawEllipses, drawLastOutline, drawNames, grounds, inks } from "./draw-latent.js";
import type { Bounds } from "./inner-bounds.js";
import { type LatentColouring, latentColouring } from "./latent-colouring.js";
import type { LatentSpec } from "./latent-spec.js";
import { pointColours } from "./point-colours.js";
import { withEdges } from "./point-edges.js";
import { MOST_POINTS, type PointRenderer, pointRenderer } from "./point-renderer.js";

export interface LatentDrawing {
  readonly session: ViewSession;
  readonly spec: LatentSpec;
  readonly index: LatentIndex;
  /** Where the points are, but for strays. */
  readonly bounds: Bounds;
  /** The strays. Uint32. */
  readonly outside: Uint32Array;
  readonly plane: PointPlane;
  readonly view: Size;
  below(): HTMLCanvasElement | null;
  above(): HTMLCanvasElement | null;
  /** For the outline that is being drawn. */
  draft(): HTMLCanvasElement | null;
  readonly gesture: OutlineGesture;
  readonly memory: PointMemory;
  camera(): Camera;
}

/** Milliseconds: a raster that takes longer is moved as a picture while the view moves, and made anew when it rests. */
const SLOW = 24;
const REST = 90;

interface Drawn {
  readonly picture: OffscreenCanvas;
  readonly placement: Placement;
  readonly keys: readonly unknown[];
}

export class LatentPainter {
  readonly #drawing: () => LatentDrawing;
  readonly #draft: DraftLayer;
  readonly #turns: readonly Redrawing[];
  #rest: ReturnType<typeof setTimeout> | undefined;
  #drawn: Drawn | undefined;
  #cost = 0;
  #card: PointRenderer | undefined | "untried" = "untried";
  readonly #colours = newestOf(coloursOf);
  readonly #shapes = newestOf(classShapes);
  readonly #cells = newestOf(pointCells);

  constructor(drawing: () => LatentDrawing) {
    this.#drawing = drawing;
    this.#draft = new DraftLayer(() => {
      const { session, view, plane, gesture, draft, camera } = drawing();
      const colours = draftColours(inks[session.theme]);
      return { canvas: draft(), view, placement: placeMap(camera(), plane, view), gesture, colours };
    });
    this.#turns = [redrawing(() => this.#drawBelow(false)), redrawing(() => this.#drawAbove()), this.#draft];
  }

  ask(): void {
    for (const turn of this.#turns) turn.ask();
  }

  askDraft(): void {
    this.#draft.ask();
  }

  stop(): void {
    for (const turn of this.#turns) turn.stop();
    clearTimeout(this.#rest);
  }

  #pointColours(): PointsColoured {
    const { session, spec, index, bounds } = this.#drawing();
    const { linked, analysis, answers, theme } = session;
    const colouring = spec.classColours || spec.densityColours ? undefined : linked.colouring.current.value;
    const windowMap = colouring?.by.kind === "window" ? answers.windowMap.current.value.value : undefined;
    const { mask } = linked.selection.current.value;
    const hover = linked.hover.current.value;
    const lit = hover.kind === "class" ? hover.id : undefined;
    return this.#colours(
      [analysis, index, bounds, colouring, spec.densityColours, windowMap, linked.visibleClasses.current.value, mask, lit, theme],
      this.#drawing(),
      lit,
      windowMap,
    );
  }

  #drawBelow(resting: boolean): void {
    const { index, view, below, plane, camera } = this.#drawing();
    const canvas = below();
    if (canvas === null || view.width < 2 || view.height < 2) return;
    const placement = placeMap(camera(), plane, view);
    const { words: colours } = this.#pointColours();
    const ratio = globalThis.devicePixelRatio || 1;
    const content = [index, colours, view.width, view.height, ratio];
    const keys = [...content, placement.scale, placement.left, placement.top];
    if (this.#drawn !== undefined && sameValues(keys, this.#drawn.keys)) return;
    const moved = this.#drawn !== undefined && sameValues(content, this.#drawn.keys.slice(0, content.length));
    if (moved && !resting && this.#cost > SLOW) this.#whenRested();
    else this.#drawn = { picture: this.#points(colours, placement, ratio), placement, keys };
    const context = canvasLayer(canvas, view.width, view.height);
    if (context === undefined || this.#drawn === undefined) return;
    const { picture, placement: was } = this.#drawn;
    const grown = placement.scale / was.scale;
    context.drawImage(
      picture,
      placement.left - was.left * grown,
      placement.top - was.top * grown,
      view.width * grown,
      view.height * grown,
    );
  }

  #whenRested(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#drawBelow(true), REST);
  }

  #points(colours: Uint32Array, placement: Placement, ratio: number): OffscreenCanvas {
    const { session, index, view, plane } = this.#drawing();
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    const scaleX = plane.perX * placement.scale * ratio;
    const scaleY = -plane.perY * placement.scale * ratio;
    const left = (placement.left - plane.originX * plane.perX * placement.scale) * ratio;
    const top = (placement.top + plane.originY * plane.perY * placement.scale) * ratio;
    const card = index.x.length <= MOST_POINTS ? this.#cardOrNone() : undefined;
    if (card !== undefined) {
      const place = { scaleX: (2 * scaleX) / width, scaleY: (-2 * scaleY) / height };
      const shift = { shiftX: (2 * left) / width - 1, shiftY: 1 - (2 * top) / height };
      const diameter = ratio * Math.min(5, Math.max(1.6, 1.1 * Math.sqrt((view.width * view.height) / index.x.length)));
      card.draw(index, colours, { ...place, ...shift, diameter, rims: session.theme }, width, height);
      this.#cost = 0;
      return card.canvas;
    }
    const began = performance.now();
    const place = { x: index.x, y: index.y, width, height, scaleX, scaleY, left, top };
    const cells = this.#cells([index, width, height, scaleX, scaleY, left, top], place);
    const spread = spreadOf(index.x.length, width * height, ratio);
    const words = densityOfCells(cells, colours, width, height, spread);
    withEdges(words, cells, colours, { width, height, ground: grounds[session.theme], spread });
    const picture = rasterCanvas(words, width, height);
    this.#cost = performance.now() - began;
    return picture;
  }

  #cardOrNone(): PointRenderer | undefined {
    if (this.#card === "untried") this.#card = pointRenderer();
    if (this.#card?.lost === true) this.#card = undefined;
    return this.#card;
  }

  #drawAbove(): void {
    const { session, spec, index, bounds, outside, plane, view, above, gesture, memory, camera } = this.#drawing();
    const context = canvasLayer(above(), view.width, view.height);
    if (context === undefined) return;
    const { analysis, linked, theme } = session;
    const placement = placeMap(camera(), plane, view);
    const ink = inks[theme];
    const visible = linked.visibleClasses.current.value;
    const labels = analysis?.labels;
    const { bar } = this.#pointColours();
    if (labels !== undefined && analysis !== undefined && labels.length === index.x.length) {
      const shown = classesAsShown(analysis).filter(({ id }) =>
        visible.solo === undefined ? !visible.hidden.has(id) : id === visible.solo,
      );
      const others = othersOf(analysis);
      const ids = analysis.classes.map(({ id }) => id);
      const all = this.#shapes([index, bounds, labels, ids.join(" ")], { ...index, ...bounds }, labels, ids);
      const shapes = all.filter(({ id }) => shown.some((one) => one.id === id));
      const colours = new Map(shown.map(({ id, colour }) => [id, lineColour(colour, theme)]));
      if (spec.ellipses) drawEllipses(context, shapes, (id) => colours.get(id) ?? ink.faint, plane, placement);
      const room = bar === undefined ? view : { ...view, width: view.width - COLOUR_BAR_WIDTH };
      if (spec.names)
        drawNames(
          context,
          shapes,
          shown.filter(({ id }) => !others.has(id)),
          { plane, placement, view, room, ink },
        );
    }
    if (camera().scale === undefined) drawEdgeMarks(context, outside, index, { plane, placement, view, ink });
    const last = linked.selection.current.value.parts.findLast((part) => part.on === "latent");
    if (last?.on === "latent" && sameValues(last.dimensions, spec.dimensions) && !gesture.active) {
      drawLastOutline(context, last.corners, { plane, placement, ink });
    }
    if (bar !== undefined) drawColourBar(context, view, bar, ink);
    drawPointer(context, { linked, index, plane, placement, memory, colours: draftColours(ink) });
  }
}

interface PointsColoured {
  /** Uint32 [points]. */
  readonly words: Uint32Array;
  readonly bar: LatentColouring["bar"];
}

function coloursOf(
  { session, spec, index, bounds }: Pick<LatentDrawing, "session" | "spec" | "index" | "bounds">,
  lit: number | undefined,
  windowMap: Float32Array | undefined,
): PointsColoured {
  const { analysis, linked, theme } = session;
  const points = index.x.length;
  const { hidden, solo } = linked.visibleClasses.current.value;
  const only = lit ?? solo;
  const { mask } = linked.selection.current.value;
  const { by, bar } = latentColouring({ session, spec, index, bounds, windowMap });
  const words = pointColours({
    points,
    by,
    labels: analysis?.labels,
    isShown: (label) => (only === undefined ? !hidden.has(label) : label === only),
    selected: mask.length === points ? mask : undefined,
    theme,
  });
  return { words, bar };
}

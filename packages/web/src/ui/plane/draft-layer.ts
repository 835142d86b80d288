/** The outline that is being drawn, on a canvas of its own: while the pointer moves nothing else of the view is painted. */
import { canvasLayer } from "../canvas-layer.js";
import { redrawing } from "../draw-turns.js";
import { type DraftColours, strokeDraft } from "../raster/draw-outline.js";
import type { Placement } from "../raster/raster-canvas.js";
import { type Size, toScreen } from "./camera.js";
import type { OutlineCorner, OutlineGesture } from "./outline-gesture.js";

export interface Draft {
  readonly canvas: HTMLCanvasElement | null;
  readonly view: Size;
  readonly placement: Placement;
  readonly gesture: OutlineGesture;
  readonly colours: DraftColours;
}

/** Paints the outline of a gesture in animation frames. */
export class DraftLayer {
  readonly #draft: () => Draft | undefined;
  readonly #turn = redrawing(() => this.#paint());
  readonly #path = new GrowingPath();
  #empty = true;

  /** `draft` is asked anew at every frame; without one nothing is painted. */
  constructor(draft: () => Draft | undefined) {
    this.#draft = draft;
  }

  ask(): void {
    this.#turn.ask();
  }

  stop(): void {
    this.#turn.stop();
  }

  #paint(): void {
    const draft = this.#draft();
    if (draft === undefined || (this.#empty && !draft.gesture.active)) return;
    const { canvas, view, placement, gesture, colours } = draft;
    const context = canvasLayer(canvas, view.width, view.height);
    if (context === undefined) return;
    this.#empty = !gesture.active;
    if (gesture.active) strokeDraft(context, this.#path.through(gesture.outline, placement), colours);
  }
}

/** A path to which corners are added as the pointer makes them. */
export class GrowingPath {
  #path = new Path2D();
  #corners: readonly OutlineCorner[] = [];
  #drawn = 0;
  #last: OutlineCorner | undefined;
  #placement: Placement | undefined;

  /** The open path through all corners, in pixels of the screen; only what is new is added to what the last call gave. */
  through(corners: readonly OutlineCorner[], placement: Placement): Path2D {
    if (!this.#grewTo(corners, placement)) {
      this.#path = new Path2D();
      this.#drawn = 0;
    }
    for (; this.#drawn < corners.length; this.#drawn++) {
      const [x, y] = corners[this.#drawn]!;
      const at = toScreen(placement, { x, y });
      if (this.#drawn === 0) this.#path.moveTo(at.x, at.y);
      else this.#path.lineTo(at.x, at.y);
    }
    this.#corners = corners;
    this.#last = corners.at(-1);
    this.#placement = placement;
    return this.#path;
  }

  /** Whether these are the corners of the last call with more behind them, seen from the same place. */
  #grewTo(corners: readonly OutlineCorner[], { scale, left, top }: Placement): boolean {
    const before = this.#placement;
    return (
      corners === this.#corners &&
      corners[this.#drawn - 1] === this.#last &&
      before?.scale === scale &&
      before.left === left &&
      before.top === top
    );
  }
}

/** Drawing an outline with the pointer or the keyboard: rectangles and lassos, dragged or set corner by corner. */
import type { PlanePoint } from "./camera.js";

export type OutlineShape = "rectangle" | "lasso";
export type OutlineCorner = readonly [x: number, y: number];

/** What a gesture came to when it ended. */
export type OutlineEnd =
  | { readonly kind: "click"; readonly at: PlanePoint }
  | { readonly kind: "outline"; readonly shape: OutlineShape; readonly corners: readonly OutlineCorner[] };

/** A drag that stays within so many pixels of the screen is a click. */
const CLICK_DISTANCE = 4;
/** A lasso takes a new corner after so many pixels of the screen. */
const CORNER_DISTANCE = 1.5;

/**
 * The outline that is being drawn, in units of the plane, so that it keeps its place when the view moves. The places on the screen that are given with it
 * decide only what is a click and how fine a lasso is.
 */
export class OutlineGesture {
  #shape: OutlineShape = "lasso";
  #corners: OutlineCorner[] = [];
  #state: "idle" | "dragging" | "by-clicks" = "idle";
  #start: PlanePoint = { x: 0, y: 0 };
  #last: PlanePoint = { x: 0, y: 0 };
  #lastOnScreen: PlanePoint = { x: 0, y: 0 };
  #travelled = 0;
  #before: OutlineCorner[] = [];

  get active(): boolean {
    return this.#state !== "idle";
  }

  /** True while corners are set one by one and the pointer is free. */
  get byClicks(): boolean {
    return this.#state === "by-clicks";
  }

  /** Corners so far, with the one under the pointer. */
  get outline(): readonly OutlineCorner[] {
    if (this.#state === "idle") return [];
    if (this.#state === "by-clicks") return [...this.#corners, [this.#last.x, this.#last.y]];
    return this.#shape === "rectangle" ? rectangle(this.#start, this.#last) : this.#corners;
  }

  /** The pointer goes down. A lasso that is set by clicks goes on. */
  begin(shape: OutlineShape, at: PlanePoint, onScreen: PlanePoint): void {
    this.#before = this.#state === "by-clicks" && shape === "lasso" ? this.#corners : [];
    this.#shape = shape;
    this.#state = "dragging";
    this.#start = at;
    this.#last = at;
    this.#lastOnScreen = onScreen;
    this.#travelled = 0;
    this.#corners = [[at.x, at.y]];
  }

  /** The pointer moves; with `shift` the whole outline moves along. */
  move(at: PlanePoint, onScreen: PlanePoint, shift = false): void {
    if (this.#state === "dragging") {
      const distance = Math.hypot(onScreen.x - this.#lastOnScreen.x, onScreen.y - this.#lastOnScreen.y);
      if (shift) this.#shiftBy(at.x - this.#last.x, at.y - this.#last.y);
      else if (this.#shape === "lasso" && distance >= CORNER_DISTANCE) this.#corners.push([at.x, at.y]);
      if (shift || distance >= CORNER_DISTANCE || this.#shape === "rectangle") {
        this.#travelled += distance;
        this.#lastOnScreen = onScreen;
      }
    }
    this.#last = at;
  }

  /** The pointer goes up. A click with the lasso sets a corner, and the gesture goes on. */
  end(): OutlineEnd | undefined {
    if (this.#state !== "dragging") return undefined;
    if (this.#travelled >= CLICK_DISTANCE) return this.#finish(this.outline);
    const start = this.#start;
    if (this.#shape === "rectangle") {
      this.cancel();
      return { kind: "click", at: start };
    }
    this.#corners = this.#before;
    this.#state = "by-clicks";
    this.addCorner(start);
    return undefined;
  }

  /** Sets a corner of a lasso. */
  addCorner(at: PlanePoint): void {
    if (this.#state === "idle") this.#corners = [];
    this.#shape = "lasso";
    this.#state = "by-clicks";
    const [x, y] = this.#corners.at(-1) ?? [Number.NaN, Number.NaN];
    if (x !== at.x || y !== at.y) this.#corners.push([at.x, at.y]);
    this.#last = at;
  }

  /** Takes the last corner away; the last of all ends the gesture. */
  removeCorner(): void {
    if (this.#state !== "by-clicks") return;
    this.#corners.pop();
    if (this.#corners.length === 0) this.cancel();
  }

  /** Joins the last corner of a lasso to the first. Fewer than three corners hold nothing and the gesture goes on. */
  close(): OutlineEnd | undefined {
    return this.#state === "by-clicks" && this.#corners.length >= 3 ? this.#finish(this.#corners) : undefined;
  }

  cancel(): void {
    this.#state = "idle";
    this.#corners = [];
  }

  #finish(corners: readonly OutlineCorner[]): OutlineEnd {
    const shape = this.#shape;
    const finished = [...corners];
    this.cancel();
    return { kind: "outline", shape, corners: finished };
  }

  #shiftBy(dx: number, dy: number): void {
    this.#start = { x: this.#start.x + dx, y: this.#start.y + dy };
    this.#corners = this.#corners.map(([x, y]) => [x + dx, y + dy]);
  }
}

function rectangle(a: PlanePoint, b: PlanePoint): OutlineCorner[] {
  return [
    [a.x, a.y],
    [b.x, a.y],
    [b.x, b.y],
    [a.x, b.y],
  ];
}

export type CombiningMode = "replace" | "add" | "subtract" | "intersect";

export interface HeldKeys {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Held keys go before the chosen mode: Shift adds, Alt subtracts, both intersect. */
export function modeWithKeys(chosen: CombiningMode, keys: HeldKeys): CombiningMode {
  if (keys.shiftKey && keys.altKey) return "intersect";
  if (keys.shiftKey) return "add";
  return keys.altKey ? "subtract" : chosen;
}

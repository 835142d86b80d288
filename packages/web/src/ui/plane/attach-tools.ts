/** The tools of the belt on a canvas: pointer, wheel and keyboard become panning, zooming, hovering, outlines, strokes and clicks. */
import type { PlanePoint } from "./camera.js";
import { type CombiningMode, modeWithKeys, type OutlineEnd, type OutlineGesture, type OutlineShape } from "./outline-gesture.js";

export type PlaneTool = "hand" | "pick" | "rectangle" | "lasso" | "brush" | "wand" | "gate";

/** What a plane does when its tools are used. Places are in units of the plane unless they are said to be of the screen. */
export interface PlaneActs {
  tool(): PlaneTool;
  mode(): CombiningMode;
  toPlane(onScreen: PlanePoint): PlanePoint;
  /** The pointer or the keyboard's cursor is at a place, or has left. */
  hover(at: PlanePoint | undefined): void;
  pan(dx: number, dy: number): void;
  zoom(onScreen: PlanePoint, factor: number): void;
  fit(): void;
  click(at: PlanePoint, mode: CombiningMode): void;
  outline(shape: OutlineShape, corners: readonly (readonly [number, number])[], mode: CombiningMode): void;
  /** A piece of a brush stroke; absent where there is nothing to paint on. */
  stroke?(from: PlanePoint, to: PlanePoint, mode: CombiningMode): void;
  endStroke?(mode: CombiningMode): void;
  resizeBrush?(steps: number): void;
  /** Moves the keyboard's cursor; gives its place. */
  moveCursor?(dx: number, dy: number): PlanePoint | undefined;
  /** Escape, when no outline was being drawn. */
  escape(): void;
  /** Something that the view shows has changed. */
  redraw(): void;
  /** Only the outline that is being drawn has changed. */
  redrawDraft(): void;
}

const KEY_ZOOM = 1.4;
const WHEEL_ZOOM = 0.0016;

/** Listens on `element`; gives the way to stop. `acts` is asked anew at every event. */
export function attachTools(element: HTMLElement, gesture: OutlineGesture, acts: () => PlaneActs): () => void {
  const tools = new PlaneTools(element, gesture, acts);
  const events = new AbortController();
  const { signal } = events;
  element.addEventListener("pointerdown", (event) => tools.down(event), { signal });
  element.addEventListener("pointermove", (event) => tools.move(event), { signal });
  element.addEventListener("pointerup", (event) => tools.up(event), { signal });
  element.addEventListener("pointercancel", () => tools.drop(), { signal });
  element.addEventListener("pointerleave", () => tools.leave(), { signal });
  element.addEventListener("dblclick", () => tools.doubleClick(), { signal });
  element.addEventListener("wheel", (event) => tools.wheel(event), { signal, passive: false });
  element.addEventListener("keydown", (event) => tools.keyDown(event), { signal });
  element.addEventListener("keyup", (event) => tools.keyUp(event), { signal });
  element.addEventListener("blur", () => tools.drop(), { signal });
  return () => events.abort();
}

type Drag =
  | { readonly kind: "none" }
  | { readonly kind: "pan"; readonly last: PlanePoint }
  | { readonly kind: "outline" }
  | { readonly kind: "stroke"; readonly last: PlanePoint }
  | { readonly kind: "press"; readonly at: PlanePoint; readonly onScreen: PlanePoint };

class PlaneTools {
  readonly #element: HTMLElement;
  readonly #gesture: OutlineGesture;
  readonly #acts: () => PlaneActs;
  #drag: Drag = { kind: "none" };
  #space = false;
  /** Corner that the keyboard has set for a rectangle. */
  #keyCorner: PlanePoint | undefined;

  constructor(element: HTMLElement, gesture: OutlineGesture, acts: () => PlaneActs) {
    this.#element = element;
    this.#gesture = gesture;
    this.#acts = acts;
  }

  #onScreen(event: MouseEvent): PlanePoint {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  down(event: PointerEvent): void {
    const acts = this.#acts();
    const onScreen = this.#onScreen(event);
    const at = acts.toPlane(onScreen);
    const tool = acts.tool();
    if (event.button > 1) return;
    this.#element.focus({ preventScroll: true });
    this.#element.setPointerCapture(event.pointerId);
    if (event.button === 1 || tool === "hand" || (this.#space && !this.#gesture.active)) {
      this.#drag = { kind: "pan", last: onScreen };
    } else if (tool === "rectangle" || tool === "lasso") {
      this.#gesture.begin(tool, at, onScreen);
      this.#drag = { kind: "outline" };
      // Until the pointer is up nothing but the outline follows it.
      acts.hover(undefined);
    } else if (tool === "brush" && acts.stroke !== undefined) {
      this.#drag = { kind: "stroke", last: at };
      acts.stroke(at, at, modeWithKeys(acts.mode(), event));
    } else {
      this.#drag = { kind: "press", at, onScreen };
    }
    event.preventDefault();
    acts.redraw();
  }

  move(event: PointerEvent): void {
    const acts = this.#acts();
    if (this.#drag.kind === "outline") {
      this.#followOutline(event, acts);
      acts.redrawDraft();
      return;
    }
    const onScreen = this.#onScreen(event);
    const at = acts.toPlane(onScreen);
    acts.hover(at);
    if (this.#drag.kind === "press" && Math.hypot(onScreen.x - this.#drag.onScreen.x, onScreen.y - this.#drag.onScreen.y) > 4) {
      this.#drag = { kind: "pan", last: this.#drag.onScreen };
    }
    if (this.#drag.kind === "pan") {
      acts.pan(onScreen.x - this.#drag.last.x, onScreen.y - this.#drag.last.y);
      this.#drag = { kind: "pan", last: onScreen };
    } else if (this.#drag.kind === "stroke") {
      acts.stroke?.(this.#drag.last, at, modeWithKeys(acts.mode(), event));
      this.#drag = { kind: "stroke", last: at };
    } else if (this.#gesture.active) this.#followOutline(event, acts);
    acts.redraw();
  }

  /** All the places that the pointer passed since the last frame, so that a quick lasso stays round. */
  #followOutline(event: PointerEvent, acts: PlaneActs): void {
    const passed = typeof event.getCoalescedEvents === "function" ? event.getCoalescedEvents() : [];
    const { left, top } = this.#element.getBoundingClientRect();
    for (const one of passed.length > 0 ? passed : [event]) {
      const onScreen = { x: one.clientX - left, y: one.clientY - top };
      this.#gesture.move(acts.toPlane(onScreen), onScreen, this.#space);
    }
  }

  up(event: PointerEvent): void {
    const acts = this.#acts();
    const mode = modeWithKeys(acts.mode(), event);
    const drag = this.#drag;
    this.#drag = { kind: "none" };
    if (drag.kind === "outline") this.#finish(this.#gesture.end(), mode);
    else if (drag.kind === "stroke") acts.endStroke?.(mode);
    else if (drag.kind === "press") acts.click(drag.at, mode);
    acts.redraw();
  }

  #finish(end: OutlineEnd | undefined, mode: CombiningMode): void {
    if (end?.kind === "click") this.#acts().click(end.at, mode);
    else if (end?.kind === "outline") this.#acts().outline(end.shape, end.corners, mode);
  }

  drop(): void {
    this.#space = false;
    this.#keyCorner = undefined;
    if (this.#drag.kind === "stroke") this.#acts().endStroke?.(this.#acts().mode());
    this.#drag = { kind: "none" };
  }

  leave(): void {
    if (this.#drag.kind === "none") this.#acts().hover(undefined);
  }

  doubleClick(): void {
    const acts = this.#acts();
    if (this.#gesture.byClicks) this.#finish(this.#gesture.close(), acts.mode());
    else if (acts.tool() === "hand" || acts.tool() === "pick") acts.fit();
    acts.redraw();
  }

  wheel(event: WheelEvent): void {
    const acts = this.#acts();
    event.preventDefault();
    if (event.altKey && acts.tool() === "brush") acts.resizeBrush?.(event.deltaY < 0 ? 1 : -1);
    else {
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      acts.zoom(this.#onScreen(event), Math.exp(-step * WHEEL_ZOOM));
    }
    acts.redraw();
  }

  keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    const acts = this.#acts();
    if (this.#keyHandled(event, acts)) {
      event.preventDefault();
      event.stopPropagation();
      acts.redraw();
    }
  }

  #keyHandled(event: KeyboardEvent, acts: PlaneActs): boolean {
    const arrow = arrows[event.key];
    if (arrow !== undefined) return this.#arrow(arrow, event.shiftKey ? 10 : 1, acts);
    switch (event.key) {
      case " ":
        if (this.#drag.kind === "none" && !event.repeat) this.#spaceDown(acts);
        this.#space = true;
        return true;
      case "Enter":
        return this.#enter(event, acts);
      case "Backspace":
        if (!this.#gesture.byClicks) return false;
        this.#gesture.removeCorner();
        return true;
      case "Escape":
        if (this.#gesture.active || this.#keyCorner !== undefined) {
          this.#gesture.cancel();
          this.#keyCorner = undefined;
        } else acts.escape();
        return true;
      case "+":
      case "=":
      case "-":
        acts.zoom(this.#middle(), event.key === "-" ? 1 / KEY_ZOOM : KEY_ZOOM);
        return true;
      case "0":
        acts.fit();
        return true;
      case "[":
      case "]":
        if (acts.tool() !== "brush") return false;
        acts.resizeBrush?.(event.key === "]" ? 1 : -1);
        return true;
      default:
        return false;
    }
  }

  keyUp(event: KeyboardEvent): void {
    if (event.key === " ") this.#space = false;
  }

  #arrow([dx, dy]: readonly [number, number], step: number, acts: PlaneActs): boolean {
    const at = acts.moveCursor?.(dx * step, dy * step);
    if (at === undefined) return false;
    acts.hover(at);
    if (this.#gesture.byClicks) this.#gesture.move(at, at);
    return true;
  }

  /** Space at the keyboard's cursor: a corner of a lasso or a rectangle. A click of other tools is Enter's, since a held Space pans. */
  #spaceDown(acts: PlaneActs): void {
    const at = acts.moveCursor?.(0, 0);
    if (at === undefined) return;
    if (acts.tool() === "lasso") this.#gesture.addCorner(at);
    else if (acts.tool() === "rectangle") this.#keyCorner = at;
  }

  #enter(event: KeyboardEvent, acts: PlaneActs): boolean {
    const mode = modeWithKeys(acts.mode(), event);
    if (this.#gesture.byClicks) {
      this.#finish(this.#gesture.close(), mode);
      return true;
    }
    const at = acts.moveCursor?.(0, 0);
    if (at === undefined) return false;
    if (acts.tool() === "rectangle" && this.#keyCorner !== undefined) this.#finishRectangle(this.#keyCorner, at, mode);
    else if (acts.tool() === "brush" && acts.stroke !== undefined) {
      acts.stroke(at, at, mode);
      acts.endStroke?.(mode);
    } else acts.click(at, mode);
    return true;
  }

  /** From the keyboard both corners belong to the rectangle: they are middles of pixels. */
  #finishRectangle(from: PlanePoint, to: PlanePoint, mode: CombiningMode): void {
    const [left, right] = [Math.min(from.x, to.x) - 0.5, Math.max(from.x, to.x) + 0.5];
    const [top, bottom] = [Math.min(from.y, to.y) - 0.5, Math.max(from.y, to.y) + 0.5];
    this.#keyCorner = undefined;
    this.#acts().outline("rectangle", [[left, top], [right, top], [right, bottom], [left, bottom]], mode); // biome-ignore format: corners
  }

  #middle(): PlanePoint {
    return { x: this.#element.clientWidth / 2, y: this.#element.clientHeight / 2 };
  }
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

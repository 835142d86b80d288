/** What pointer, wheel and double click do on the spectrum. */
import type { MarkedLine } from "@sigma-eds/core";
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { EnergyWindow, Linked } from "../../session/linked.js";
import { type BandGrip, bandAt, draggedBand, namedWindow } from "./energy-window-drag.js";
import { lineAt } from "./line-labels.js";
import { margins, movedInto, zoomedRange } from "./plot-geometry.js";
import type { SpectrumPicture } from "./spectrum-picture.js";

type Drag =
  | { readonly kind: "window"; readonly grip: BandGrip; readonly fromKev: number; readonly window: EnergyWindow }
  | { readonly kind: "new-window"; readonly fromKev: number }
  | { readonly kind: "zoom"; readonly x: number; readonly fromKev: number }
  | { readonly kind: "pan"; readonly x: number; readonly range: readonly [number, number] };

/** What the overlay draws besides shared values; changed in place, at the pace of the pointer. */
export interface PointerState {
  cursorKev: number | undefined;
  line: MarkedLine | undefined;
  zoom: readonly [number, number] | undefined;
}

export interface PointerActs {
  /** Draws the overlay again, soon. */
  redraw(): void;
  setRange(range: readonly [number, number] | undefined): void;
  openPeak(kev: number): void;
  /** A double click: on a peak its window, elsewhere all in view. */
  windowAt(kev: number): boolean;
}

const CLICK_PX = 4;

export function useSpectrumPointer(
  surface: RefObject<HTMLElement | null>,
  picture: SpectrumPicture | undefined,
  linked: Linked,
  elements: readonly string[],
  state: PointerState,
  acts: PointerActs,
) {
  const drag = useRef<Drag>(undefined);
  useWheel(surface, picture, acts);
  if (picture === undefined) return {};
  const { plot, limits } = picture;
  const at = (event: PointerEvent): { x: number; y: number; kev: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    return { x, y: event.clientY - box.top, kev: plot.kevAt(x) };
  };
  const setWindow = (window: EnergyWindow, committed: boolean): void => linked.energyWindow.set(window, "spectrum", committed);

  const begin = (event: PointerEvent): void => {
    if (event.button > 1) return;
    const { x, y, kev } = at(event);
    const window = linked.energyWindow.current.value;
    const onAxis = y >= plot.height - margins.axis;
    const grip = bandAt(window, x, plot.x);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (window !== undefined && grip !== undefined && (onAxis || grip.grip !== "whole"))
      drag.current = { kind: "window", grip, fromKev: kev, window };
    else if (onAxis) drag.current = { kind: "new-window", fromKev: kev };
    else if (linked.tool.current.value === "hand" || event.button === 1)
      drag.current = { kind: "pan", x, range: [plot.fromKev, plot.toKev] };
    else drag.current = { kind: "zoom", x, fromKev: kev };
  };

  const move = (event: PointerEvent): void => {
    const { x, y, kev } = at(event);
    const now = drag.current;
    if (now === undefined) {
      hover(x, y, kev);
      return;
    }
    if (now.kind === "window") setWindow(draggedBand(now.window, now.grip, kev - now.fromKev, elements), false);
    if (now.kind === "new-window" && Math.abs(plot.x(now.fromKev) - x) >= CLICK_PX)
      setWindow(namedWindow(now.fromKev, kev, elements), false);
    if (now.kind === "pan") acts.setRange(panned(now, x));
    if (now.kind === "zoom" && Math.abs(x - now.x) >= CLICK_PX) state.zoom = [now.fromKev, kev];
    acts.redraw();
  };

  const panned = (from: Extract<Drag, { kind: "pan" }>, x: number): readonly [number, number] => {
    const by = ((from.x - x) / (plot.right - plot.left)) * (from.range[1] - from.range[0]);
    return movedInto([from.range[0] + by, from.range[1] + by], limits);
  };

  const hover = (x: number, y: number, kev: number): void => {
    const inside = x >= plot.left && x <= plot.right;
    state.line = y < plot.top ? lineAt(picture.labels, x, plot) : undefined;
    state.cursorKev = inside && y >= plot.top ? kev : undefined;
    if (state.line !== undefined) linked.hover.set({ kind: "line", line: state.line.name }, "spectrum", false);
    else if (state.cursorKev !== undefined) linked.hover.set({ kind: "channel", kev }, "spectrum", false);
    acts.redraw();
  };

  const end = (event: PointerEvent): void => {
    const { x, kev } = at(event);
    const done = drag.current;
    drag.current = undefined;
    const zoom = state.zoom;
    state.zoom = undefined;
    const window = linked.energyWindow.current;
    if ((done?.kind === "window" || done?.kind === "new-window") && window.value !== undefined && !window.committed)
      setWindow(window.value, true);
    else if (done?.kind === "zoom" && zoom !== undefined)
      acts.setRange(Math.abs(zoom[1] - zoom[0]) < 0.02 ? undefined : sorted(zoom));
    else if (done?.kind === "zoom" && Math.abs(x - done.x) < CLICK_PX) acts.openPeak(kev);
    acts.redraw();
  };

  const leave = (): void => {
    state.cursorKev = undefined;
    state.line = undefined;
    const { value, source } = linked.hover.current;
    if (source === "spectrum" && value.kind !== "nothing") linked.hover.set({ kind: "nothing" }, "spectrum", false);
    acts.redraw();
  };

  const cancel = (): void => {
    drag.current = undefined;
    state.zoom = undefined;
    leave();
  };

  return {
    onPointerDown: begin,
    onPointerMove: move,
    onPointerUp: end,
    onPointerLeave: leave,
    onPointerCancel: cancel,
    onDoubleClick: (event: { clientX: number; currentTarget: Element }) => {
      const kev = plot.kevAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
      if (!acts.windowAt(kev)) acts.setRange(undefined);
    },
  };
}

function sorted([a, b]: readonly [number, number]): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}

const WHEEL_STEP = 0.0015;

/** Zoom at the pointer. React listens passively, so the listener is set by hand. */
function useWheel(surface: RefObject<HTMLElement | null>, picture: SpectrumPicture | undefined, acts: PointerActs): void {
  const latest = useRef({ picture, acts });
  latest.current = { picture, acts };
  useEffect(() => {
    const element = surface.current;
    const wheel = (event: WheelEvent): void => {
      const { picture: now, acts: doing } = latest.current;
      if (now === undefined || element === null) return;
      event.preventDefault();
      const about = now.plot.kevAt(event.clientX - element.getBoundingClientRect().left);
      doing.setRange(zoomedRange([now.plot.fromKev, now.plot.toKev], about, Math.exp(event.deltaY * WHEEL_STEP), now.limits));
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [surface]);
}

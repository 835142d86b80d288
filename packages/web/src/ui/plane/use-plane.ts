/** A canvas that fills its place, drawn in animation frames at the screen's own resolution. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { attachTools, type PlaneActs } from "./attach-tools.js";
import type { Size } from "./camera.js";
import { OutlineGesture } from "./outline-gesture.js";

/** Size of an element in CSS pixels; `undefined` until it is known. */
export function useSize(element: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Screen pixels per CSS pixel, at most 2: beyond that nobody sees a difference, and everything costs more. */
export function pixelRatio(): number {
  return Math.min(2, Math.max(1, globalThis.devicePixelRatio ?? 1));
}

/** The canvas's context with CSS pixels as its unit, cleared; its bitmap follows `size`. */
export function clearedContext(canvas: HTMLCanvasElement | null, size: Size): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext("2d");
  if (canvas === null || canvas === undefined || context === null || context === undefined) return undefined;
  const ratio = pixelRatio();
  const [width, height] = [Math.max(1, Math.round(size.width * ratio)), Math.max(1, Math.round(size.height * ratio))];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  return context;
}

/** Attaches the belt's tools to a canvas for as long as it is shown; the gesture says what outline is being drawn. */
export function usePlaneTools(canvas: RefObject<HTMLCanvasElement | null>, acts: PlaneActs): OutlineGesture {
  const latest = useRef(acts);
  latest.current = acts;
  const [gesture] = useState(() => new OutlineGesture());
  const now = useCallback(() => latest.current, []);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return attachTools(canvas.current, gesture, now);
  }, [canvas, gesture, now]);
  return gesture;
}

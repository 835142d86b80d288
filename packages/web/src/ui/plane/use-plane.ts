/** A canvas that fills its place and answers to the belt's tools. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { attachTools, type PlaneActs } from "./attach-tools.js";
import type { Size } from "./camera.js";
import { OutlineGesture } from "./outline-gesture.js";

/** Size of an element in CSS pixels; `undefined` until it is known. */
export function useSize(element: RefObject<Element | null>): Size | undefined {
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

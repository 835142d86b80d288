import type { RefObject } from "react";
import { useSize } from "../plane/use-plane.js";

/** Width of a chart in CSS pixels, so that it is drawn at the size at which it is seen and its words keep theirs; `usual` until that is known. */
export function useChartWidth(chart: RefObject<Element | null>, usual: number): number {
  const width = Math.round(useSize(chart)?.width ?? 0);
  return width > 0 ? width : usual;
}

/** Where a map lies in its figure, and the scale bar on it. */
import { element, fragment, type Markup } from "../markup.js";
import { chooseScaleBar } from "../scale-bar.js";
import { text } from "./figure.js";

/** Size of a map in pixels and in micrometres. */
export interface MapGeometry {
  readonly width: number;
  readonly height: number;
  /** Micrometres per pixel, x then y; `undefined` without calibration. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest box of the map's proportions within the limits; thin maps (line scans) are stretched to a height that can be seen. */
export function mapBox(geometry: MapGeometry, x: number, y: number, mostWidth: number, mostHeight: number): Box {
  const [sizeX, sizeY] = geometry.pixelSizeUm ?? [1, 1];
  const proportion = (geometry.height * sizeY) / (geometry.width * sizeX);
  const width = Math.round(Math.min(mostWidth, mostHeight / proportion));
  const least = Math.min(24, mostHeight);
  return { x, y, width: Math.max(least, width), height: Math.max(least, Math.round(Math.min(mostHeight, width * proportion))) };
}

/** The scale bar at the bottom left of a map: white with a dark rim, its length above it. */
export function scaleBarOn({ x, y, width, height }: Box, { width: pixels, pixelSizeUm }: MapGeometry, size = 11): Markup {
  const bar = chooseScaleBar(pixels, pixelSizeUm?.[0]);
  const length = (bar.mapPixels / pixels) * width;
  const [left, bottom, thickness] = [x + 10, y + height - 10, Math.max(3, size / 3)];
  if (height < 40) return fragment();
  return fragment(
    text(bar.text, left + length / 2, bottom - thickness - 4, { size, anchor: "middle", bold: true, onPicture: true }),
    element("rect", {
      x: left,
      y: bottom - thickness,
      width: length,
      height: thickness,
      fill: "#ffffff",
      stroke: "#0b0b0c",
      "stroke-width": 1,
      "paint-order": "stroke",
    }),
  );
}

/** Where a map lies in its figure, and the scale bar on it. */
import { element, fragment, type Markup } from "../markup.js";
import { chooseScaleBar } from "../scale-bar.js";
import { text, tones } from "./figure.js";

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

/** A map lower than this has its scale bar below it. */
const LEAST_HEIGHT = 40;
const LEFT = 10;

/** Height of the strip below a map that its scale bar takes; 0 where the bar lies on the map. */
export function scaleBarRoom({ height }: Box, size = 11): number {
  return height < LEAST_HEIGHT ? Math.round(2 * size) : 0;
}

/** The scale bar: at the bottom left of a map, white with a dark rim, its length above it; in ink below a map that is too low, its length beside it. */
export function mapScaleBar(box: Box, { width: pixels, pixelSizeUm }: MapGeometry, size = 11): Markup {
  const bar = chooseScaleBar(pixels, pixelSizeUm?.[0]);
  const length = (bar.mapPixels / pixels) * box.width;
  return scaleBarRoom(box, size) === 0 ? barOnMap(box, bar.text, length, size) : barBelowMap(box, bar.text, length, size);
}

function barOnMap({ x, y, height }: Box, label: string, length: number, size: number): Markup {
  const [left, bottom, thickness] = [x + LEFT, y + height - 10, thicknessOf(size)];
  return fragment(
    text(label, left + length / 2, bottom - thickness - 4, { size, anchor: "middle", bold: true, onPicture: true }),
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

function barBelowMap(box: Box, label: string, length: number, size: number): Markup {
  const thickness = thicknessOf(size);
  const middle = box.y + box.height + scaleBarRoom(box, size) / 2 + 2;
  return fragment(
    element("rect", { x: box.x, y: middle - thickness / 2, width: length, height: thickness, class: "f-ink", fill: tones.ink }),
    text(label, box.x + length + size / 2, middle + 0.36 * size, { size, bold: true }),
  );
}

function thicknessOf(size: number): number {
  return Math.max(3, size / 3);
}

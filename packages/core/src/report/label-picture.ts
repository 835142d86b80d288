import type { PhaseClass } from "../pipeline/analysis.js";
import { groupedOthers } from "./figures/grouped-others.js";
import type { MapClass } from "./figures/phase-map.js";
import { fillRectangle, letterHeight, paintMap, paintText, type Raster, raster, rgbOf, textWidth } from "./raster.js";

/** A scale bar: its length in map pixels and what it stands for. */
export interface PictureScaleBar {
  readonly mapPixels: number;
  readonly text: string;
}

const MARGIN = 16;
const SWATCH = 18;
const PAPER = "#ffffff";
const INK = "#1a1a1a";
const UNASSIGNED = "#8a8a8a";
/** Maps narrower than this are enlarged by whole factors, so that letters fit beside them. */
const COMFORTABLE_WIDTH = 700;

/**
 * The phase map as a picture with legend and scale bar, each map pixel a square of equal pixels. `labels` is int32 [height x width];
 * -1 and hidden classes are grey, and where there are more classes than colours the smallest are drawn as one.
 */
export function labelPicture(
  labels: Int32Array,
  width: number,
  height: number,
  classes: readonly PhaseClass[],
  scaleBar: PictureScaleBar,
): Raster {
  const factor = Math.max(1, Math.min(16, Math.round(COMFORTABLE_WIDTH / width)));
  const { classes: drawn, drawnAs } = groupedOthers(classes.filter(({ hidden }) => hidden !== true));
  const entries = legendEntries(drawn, labels);
  const legendWidth = Math.max(...entries.map(({ text }) => textWidth(text))) + SWATCH + 3 * MARGIN;
  const mapHeight = height * factor;
  const bodyHeight = Math.max(mapHeight + letterHeight + MARGIN, entries.length * (letterHeight + 4));
  const picture = raster(width * factor + legendWidth + MARGIN, bodyHeight + 2 * MARGIN, PAPER);
  paintMap(picture, MARGIN, MARGIN, width, height, colours(labels.map(drawnAs), drawn), factor);
  paintScaleBar(picture, MARGIN, MARGIN + mapHeight + 8, Math.round(scaleBar.mapPixels * factor), scaleBar.text);
  entries.forEach(({ colour, text }, i) => {
    const y = MARGIN + i * (letterHeight + 4);
    fillRectangle(picture, width * factor + 2 * MARGIN, y + 3, SWATCH, SWATCH, colour);
    paintText(picture, width * factor + 2 * MARGIN + SWATCH + 8, y, text, INK);
  });
  return picture;
}

function paintScaleBar(picture: Raster, x: number, y: number, length: number, text: string): void {
  fillRectangle(picture, x, y + letterHeight / 2 - 2, length, 5, INK);
  paintText(picture, x + length + 8, y, text, INK);
}

function legendEntries(classes: readonly MapClass[], labels: Int32Array): { colour: string; text: string }[] {
  const entries = classes.map(({ colour, name, areaFraction }) => ({
    colour,
    text: `${name}  ${(100 * areaFraction).toFixed(1)} %`,
  }));
  const unassigned = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  if (unassigned > 0)
    entries.push({ colour: UNASSIGNED, text: `Unassigned  ${((100 * unassigned) / labels.length).toFixed(1)} %` });
  return entries.length > 0 ? entries : [{ colour: UNASSIGNED, text: "No classes" }];
}

function colours(labels: Int32Array, classes: readonly MapClass[]): Uint8Array {
  const byId = new Map(classes.map(({ id, colour }) => [id, rgbOf(colour)]));
  const unassigned = rgbOf(UNASSIGNED);
  const rgb = new Uint8Array(labels.length * 3);
  labels.forEach((label, i) => void rgb.set(byId.get(label) ?? unassigned, i * 3));
  return rgb;
}

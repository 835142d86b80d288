import { formatPercent } from "../numbers.js";
import type { PhaseClass } from "../pipeline/analysis.js";
import { colourPattern, unassignedColour } from "../pipeline/colours/palette.js";
import { groupedOthers } from "./figures/grouped-others.js";
import type { Pattern } from "./figures/patterns.js";
import type { MapClass } from "./figures/phase-map.js";

import { fillRectangle, letterHeight, paintMap, paintText, type Raster, raster, rgbOf, textWidth } from "./raster.js";
import { paintPattern } from "./raster-patterns.js";

/** A scale bar: its length in map pixels and what it stands for. */
export interface PictureScaleBar {
  readonly mapPixels: number;
  readonly text: string;
}

const MARGIN = 16;
const SWATCH = 18;
const PAPER = "#ffffff";
const INK = "#1a1a1a";
/** Maps narrower than this are enlarged by whole factors, so that letters fit beside them. */
const COMFORTABLE_WIDTH = 700;

/**
 * The phase map as a picture with legend and scale bar, each map pixel a square of equal pixels. `labels` is int32 [height x width];
 * -1 and hidden classes are grey and hatched, classes that colour alone does not tell apart have their pattern, as in the figures, and where there are more classes than
 * colours the smallest are drawn as one.
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
  const shareWidth = Math.max(...entries.map(({ share }) => textWidth(share)));
  const legendWidth = Math.max(...entries.map(({ text }) => textWidth(text))) + shareWidth + SWATCH + 4 * MARGIN;
  const mapHeight = height * factor;
  const bodyHeight = Math.max(mapHeight + letterHeight + MARGIN, entries.length * (letterHeight + 4));
  const picture = raster(width * factor + legendWidth + MARGIN, bodyHeight + 2 * MARGIN, PAPER);
  const drawnLabels = labels.map(drawnAs);
  paintMap(picture, MARGIN, MARGIN, width, height, colours(drawnLabels, drawn), factor);
  paintPatterns(picture, drawnLabels, width, drawn, factor);
  paintScaleBar(picture, MARGIN, MARGIN + mapHeight + 8, Math.round(scaleBar.mapPixels * factor), scaleBar.text);
  entries.forEach(({ colour, pattern, text, share }, i) => {
    const [x, y] = [width * factor + 2 * MARGIN, MARGIN + i * (letterHeight + 4)];
    fillRectangle(picture, x, y + 3, SWATCH, SWATCH, colour);
    paintPattern(picture, { x, y: y + 3, side: SWATCH }, pattern);
    paintText(picture, x + SWATCH + 8, y, text, INK);
    paintText(picture, picture.width - MARGIN - textWidth(share), y, share, INK);
  });
  return picture;
}

/** Over each pixel of the map whose class has one. */
function paintPatterns(picture: Raster, labels: Int32Array, width: number, classes: readonly MapClass[], side: number): void {
  const patterns = new Map<number, Pattern>(classes.map(({ id, colour }) => [id, colourPattern(colour)]));
  labels.forEach((label, i) => {
    const [x, y] = [MARGIN + (i % width) * side, MARGIN + Math.floor(i / width) * side];
    paintPattern(picture, { x, y, side }, patterns.get(label) ?? "hatch");
  });
}

function paintScaleBar(picture: Raster, x: number, y: number, length: number, text: string): void {
  fillRectangle(picture, x, y + letterHeight / 2 - 2, length, 5, INK);
  paintText(picture, x + length + 8, y, text, INK);
}

interface LegendEntry {
  readonly colour: string;
  readonly pattern: Pattern;
  readonly text: string;
  readonly share: string;
}

function legendEntries(classes: readonly MapClass[], labels: Int32Array): LegendEntry[] {
  const entries = classes.map(
    ({ colour, name, areaFraction }): LegendEntry => ({
      colour,
      pattern: colourPattern(colour),
      text: name,
      share: formatPercent(areaFraction),
    }),
  );
  const unassigned = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const grey = { colour: unassignedColour, pattern: "hatch" } as const;
  if (unassigned > 0) entries.push({ ...grey, text: "Unassigned", share: formatPercent(unassigned / labels.length) });
  return entries.length > 0 ? entries : [{ ...grey, text: "No classes", share: "" }];
}

function colours(labels: Int32Array, classes: readonly MapClass[]): Uint8Array {
  const byId = new Map(classes.map(({ id, colour }) => [id, rgbOf(colour)]));
  const unassigned = rgbOf(unassignedColour);
  const rgb = new Uint8Array(labels.length * 3);
  labels.forEach((label, i) => void rgb.set(byId.get(label) ?? unassigned, i * 3));
  return rgb;
}

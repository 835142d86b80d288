import { formatNumber } from "../../numbers.js";
import { type ColourMapName, colourMap } from "../colour-maps.js";
import { element, fragment, type Markup } from "../markup.js";
import { dataUri, encodeIndexedPng } from "../png.js";
import { fittedText, textWidth } from "../text-width.js";
import { roundSteps } from "../ticks.js";
import { type DisplayRange, fixedRange, percentileRange } from "./contrast.js";
import { figure, PICTURE_GROUND, pixels, rule, text, tones } from "./figure.js";
import { type Box, type MapGeometry, mapBox, mapScaleBar, scaleBarRoom } from "./map-frame.js";
import { reduced } from "./resample.js";

/** A map of one number per pixel. */
export interface ScalarMap {
  readonly geometry: MapGeometry;
  /** [height x width], row-major; NaN is drawn grey. */
  readonly data: ArrayLike<number>;
  readonly title: string;
  /** Small, at the right of the title; for example the energies of the window. */
  readonly note?: string | undefined;
  /** Unit of the numbers, over the colour bar. */
  readonly unit: string;
  readonly colours: ColourMapName;
  /** Percentiles 1 and 99.5, or two fixed values. */
  readonly contrast: "percentile" | readonly [from: number, to: number];
  /** Width of the picture, CSS pixels. Default 300. */
  readonly pictureWidth?: number | undefined;
  /** For people who do not see it. */
  readonly description: string;
}

/** CSS pixels. */
export interface MapPanel {
  readonly width: number;
  readonly height: number;
  readonly markup: Markup;
}

const LABEL_SIZE = 10.5;
const HEADER = 22;
/** Width of the colour bar with its numbers, beside the picture. */
export const BAR_SPACE = 52;
const COLOURS = 255;
const MISSING = [74, 76, 80];

/** The map with its scale bar, its colour bar with unit, and its title. Contrast limits are written at the ends of the bar. */
export function scalarMapFigure(map: ScalarMap): string {
  const { width, height, markup } = scalarMapPanel(map, true);
  return figure({ width, height, description: map.description }, markup);
}

/** The same as a part of a figure, from its upper left corner; several maps of one field need but one scale bar. */
export function scalarMapPanel(map: ScalarMap, scaleBar: boolean): MapPanel {
  const width = map.pictureWidth ?? 300;
  const range = rangeOf(map);
  const box = mapBox(map.geometry, 0, HEADER, width, width * 1.5);
  const height = box.height + (scaleBar ? scaleBarRoom(box, LABEL_SIZE) : 0);
  const title = fittedText(map.title, 12, width - textWidth(map.note ?? "", 10) - 8);
  const markup = fragment(
    text(title, 0, 13, { size: 12, bold: true }),
    map.note === undefined ? undefined : text(map.note, box.width, 13, { size: 10, anchor: "end", tone: "ink3" }),
    element("rect", { x: box.x, y: box.y, width: box.width, height: box.height, fill: PICTURE_GROUND }),
    pixels(pictureOf(map, range), box.x, box.y, box.width, box.height),
    scaleBar ? mapScaleBar(box, map.geometry, LABEL_SIZE) : undefined,
    colourBar(map, range, { ...box, height }),
  );
  return { width: box.width + BAR_SPACE, height: HEADER + height, markup };
}

function rangeOf({ data, contrast }: ScalarMap): DisplayRange {
  return contrast === "percentile" ? percentileRange(data, 1, 99.5) : fixedRange(data, contrast[0], contrast[1]);
}

function pictureOf({ geometry, data, colours, pictureWidth = 300 }: ScalarMap, { from, to }: DisplayRange): string {
  const picture = reduced({ width: geometry.width, height: geometry.height, data }, 2 * pictureWidth);
  const indices = Uint8Array.from(picture.data, (value) => {
    if (!Number.isFinite(value)) return COLOURS;
    return Math.min(COLOURS - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * COLOURS)));
  });
  return dataUri(encodeIndexedPng({ width: picture.width, height: picture.height, indices, palette: paletteOf(colours) }));
}

function paletteOf(colours: ColourMapName): Uint8Array {
  const table = colourMap(colours);
  const palette = new Uint8Array(3 * (COLOURS + 1));
  for (let i = 0; i < COLOURS; i++) {
    const entry = 3 * Math.round((i * 255) / (COLOURS - 1));
    palette.set(table.subarray(entry, entry + 3), 3 * i);
  }
  palette.set(MISSING, 3 * COLOURS);
  return palette;
}

/** The bar, darkest below; a pointed end says that values lie beyond it. */
function colourBar({ colours, unit }: ScalarMap, range: DisplayRange, box: Box): Markup {
  const [x, width, top, bottom] = [box.x + box.width + 8, 8, box.y + 6, box.y + box.height - 6];
  const strip = Uint8Array.from({ length: 64 }, (_, i) => Math.round(((63 - i) / 63) * (COLOURS - 1)));
  const uri = dataUri(encodeIndexedPng({ width: 1, height: 64, indices: strip, palette: paletteOf(colours) }));
  const table = colourMap(colours);
  const middle = roundMiddle(range);
  const share = middle === undefined ? 0 : (middle - range.from) / (range.to - range.from);
  const tick = (value: number, y: number): Markup =>
    fragment(
      rule(x + width, y, x + width + 3, y, "ink3", 0.75),
      text(formatNumber(value), x + width + 5, y + 3.5, { size: 10, tone: "ink2" }),
    );
  return fragment(
    text(unit, x - 2, 13, { size: 10, tone: "ink3" }),
    pixels(uri, x, top, width, bottom - top),
    element("rect", {
      x: x - 0.25,
      y: top,
      width: width + 0.5,
      height: bottom - top,
      fill: "none",
      class: "s-ink3",
      stroke: tones.ink3,
      "stroke-width": 0.5,
    }),
    range.clippedAbove ? pointer(x, width, top, -6, hex(table, 255)) : undefined,
    range.clippedBelow ? pointer(x, width, bottom, 6, hex(table, 0)) : undefined,
    tick(range.to, top + 0.5),
    box.height > 90 && middle !== undefined ? tick(middle, bottom - share * (bottom - top)) : undefined,
    box.height > 40 ? tick(range.from, bottom - 0.5) : undefined,
  );
}

/** A round number near the middle of the bar; undefined where none lies in its middle third. */
function roundMiddle({ from, to }: DisplayRange): number | undefined {
  const third = (to - from) / 3;
  const within = (most: number): number[] => roundSteps(from + third, to - third, most);
  const fromMiddle = (value: number): number => Math.abs(value - (from + to) / 2);
  const round = within(1).length > 0 ? within(1) : within(2);
  return round.sort((a, b) => fromMiddle(a) - fromMiddle(b))[0];
}

function pointer(x: number, width: number, y: number, rise: number, fill: string): Markup {
  return element("path", {
    d: `M${x} ${y}h${width}l${-width / 2} ${rise}z`,
    fill,
    class: "s-ink3",
    stroke: tones.ink3,
    "stroke-width": 0.5,
  });
}

function hex(table: Uint8Array, entry: number): string {
  return `#${[...table.subarray(3 * entry, 3 * entry + 3)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

import { colourPattern } from "../../pipeline/colours/palette.js";
import { element, fragment, type Markup } from "../markup.js";
import { fittedText, textWidth } from "../text-width.js";
import { roundSteps } from "../ticks.js";
import { figure, rule, text, tones } from "./figure.js";
import { swatch } from "./swatch.js";

export interface AreaBar {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  /** Per cent. */
  readonly value: number;
  /** Half of the interval that the whisker spans, per cent; none is drawn without. */
  readonly half?: number | undefined;
  /** The number with its error, at the right: `80.4 ± 0.4`. */
  readonly label: string;
}

export interface AreaBars {
  /** Unique in the document that holds the figure. */
  readonly id: string;
  /** From top to bottom. */
  readonly bars: readonly AreaBar[];
  /** Below the axis: `Area (%)`. */
  readonly axisName: string;
  /** CSS pixels. Default 480. */
  readonly width?: number | undefined;
  readonly description: string;
}

const ROW = 20;
const BAR = 12;
const TOP = 4;
const AXIS = 34;
const NAME = 18;
const SIZE = 10.5;
const MOST_OF_NAMES = 0.36;

/** A bar for each class from 0, its whisker, and its number. */
export function areaBarsFigure({ id, bars, axisName, width = 480, description }: AreaBars): string {
  const names = Math.min(width * MOST_OF_NAMES, Math.max(0, ...bars.map(({ name }) => textWidth(name, SIZE))));
  const left = NAME + names + 8;
  const right = width - Math.max(0, ...bars.map(({ label }) => textWidth(label, SIZE))) - 10;
  const top = Math.max(1e-9, ...bars.map(({ value, half = 0 }) => value + half));
  const bottom = TOP + ROW * bars.length;
  const x = (value: number): number => left + (Math.max(0, value) / top) * (right - left);
  return figure(
    { width, height: bottom + AXIS, description },
    roundSteps(0, top, Math.max(2, Math.floor((right - left) / 30))).map((value) =>
      fragment(
        rule(x(value), TOP, x(value), bottom, "rule", 0.6),
        rule(x(value), bottom, x(value), bottom - 5, "ink3", 0.75),
        text(String(value), x(value), bottom + 14, { anchor: "middle", tone: "ink3" }),
      ),
    ),
    bars.map((bar, i) => barRow(bar, `${id}-${i}`, TOP + ROW * i, names, x)),
    bars.map(({ label }, i) => text(label, width, TOP + ROW * i + 14, { size: SIZE, anchor: "end", tone: "ink2" })),
    rule(left, bottom, right, bottom, "ink3", 0.75),
    rule(left, TOP, left, bottom, "ink3", 0.75),
    text(axisName, (left + right) / 2, bottom + 29, { anchor: "middle", tone: "ink3" }),
  );
}

function barRow(
  { name, colour, value, half }: AreaBar,
  id: string,
  y: number,
  names: number,
  x: (value: number) => number,
): Markup {
  const middle = y + ROW / 2;
  return fragment(
    swatch(id, colour, colourPattern(colour), 0, y + 4.5, 11.3),
    text(fittedText(name, SIZE, names + 1), NAME, y + 14, { size: SIZE }),
    element("rect", {
      x: x(0),
      y: middle - BAR / 2,
      width: Math.max(0.5, x(value) - x(0)),
      height: BAR,
      fill: colour,
      stroke: tones.ink2,
      "stroke-width": 0.5,
    }),
    half === undefined ? undefined : whisker(x(value - half), x(value + half), middle),
  );
}

function whisker(from: number, to: number, y: number): Markup {
  return fragment(
    rule(from, y, to, y, "ink", 1),
    [from, to].map((end) => rule(end, y - 3.5, end, y + 3.5, "ink", 1)),
  );
}

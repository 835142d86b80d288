import { formatNumber } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { roundSteps } from "../ticks.js";
import { figure, round, rule, text, tones } from "./figure.js";
import { LINE_NAMES, lineNames } from "./line-names.js";
import { AXIS_HEIGHT, energyAxis, type PlotArea } from "./spectrum-axes.js";

export interface OffsetPoint {
  /** `Fe_Ka`; undefined is not named. */
  readonly name: string | undefined;
  readonly energyKev: number;
  /** How far its peak lies from it, eV, and the standard error of that. */
  readonly offsetEv: number;
  readonly errorEv?: number | undefined;
  /** The same before something was changed. */
  readonly beforeEv?: number | undefined;
  /** Not filled where it took no part. */
  readonly isUsed: boolean;
}

export interface OffsetPlot {
  readonly points: readonly OffsetPoint[];
  /** CSS pixels. Default 480 x 240. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly description: string;
}

const LEFT = 46;
const RIGHT = 10;
const TITLE = 16;
/** What is seen at both sides of zero, at the least, eV. */
const LEAST = 5;

/** How far peaks lie from their lines over the energy, with whiskers of one standard error; crosses are before. */
export function offsetFigure({ points, width = 480, height = 240, description }: OffsetPlot): string {
  const ends = points.flatMap(({ offsetEv, errorEv = 0, beforeEv = 0 }) => [offsetEv - errorEv, offsetEv + errorEv, beforeEv]);
  const [least, most] = [1.1 * Math.min(-LEAST, ...ends), 1.1 * Math.max(LEAST, ...ends)];
  const from = Math.min(0, ...points.map(({ energyKev }) => energyKev - 0.3));
  const to = Math.max(1, ...points.map(({ energyKev }) => energyKev)) + 0.6;
  const [right, top, bottom] = [width - RIGHT, TITLE + LINE_NAMES, height - AXIS_HEIGHT];
  const area: PlotArea = {
    ...{ left: LEFT, right, top, bottom },
    x: (energy) => LEFT + ((energy - from) / (to - from)) * (right - LEFT),
    y: (value) => bottom - ((value - least) / (most - least)) * (bottom - top),
  };
  const lines = points.flatMap(({ name, energyKev, isUsed }) =>
    name === undefined ? [] : [{ name, energyKev, priority: isUsed ? 2 : 1 }],
  );
  return figure(
    { width, height, description },
    text("Peak less line (eV)", 0, 10, { tone: "ink3" }),
    beforeKey(points, right),
    roundSteps(least, most, 5).map((value) =>
      fragment(
        rule(LEFT, area.y(value), right, area.y(value), value === 0 ? "ink3" : "rule", value === 0 ? 0.75 : 0.6),
        text(formatNumber(value, 6), LEFT - 6, area.y(value) + 3.5, { size: 10, anchor: "end", tone: "ink3" }),
      ),
    ),
    rule(LEFT, top, LEFT, bottom, "ink3", 0.75),
    energyAxis(area, from, to, "Energy (keV)"),
    lineNames(lines, area, from, to),
    points.map((point) => marks(point, area)),
  );
}

function marks({ energyKev, offsetEv, errorEv, beforeEv, isUsed }: OffsetPoint, { x, y }: PlotArea): Markup {
  const at = x(energyKev);
  const [low, high] = [y(offsetEv - (errorEv ?? 0)), y(offsetEv + (errorEv ?? 0))];
  return fragment(
    beforeEv === undefined ? undefined : cross(at, y(beforeEv)),
    errorEv === undefined
      ? undefined
      : fragment(
          rule(at, low, at, high, "ink", 1),
          [low, high].map((end) => rule(at - 3, end, at + 3, end, "ink", 1)),
        ),
    element("circle", {
      ...{ cx: round(at), cy: round(y(offsetEv)), r: 3, fill: isUsed ? tones.ink : "#ffffff" },
      ...{ stroke: tones.ink, "stroke-width": 1 },
    }),
  );
}

function beforeKey(points: readonly OffsetPoint[], right: number): Markup {
  if (points.every(({ beforeEv }) => beforeEv === undefined)) return fragment();
  return fragment(text("before", right, 10, { anchor: "end", tone: "ink2" }), cross(right - 44, 6.5));
}

function cross(x: number, y: number): Markup {
  return fragment(rule(x - 3, y - 3, x + 3, y + 3, "ink3", 1), rule(x - 3, y + 3, x + 3, y - 3, "ink3", 1));
}

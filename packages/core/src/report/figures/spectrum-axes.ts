import { fragment, type Markup } from "../markup.js";
import { textWidth } from "../text-width.js";
import { type IntensityScale, minorSteps, roundSteps } from "../ticks.js";
import { rule, text } from "./figure.js";

/** Height that the numbers and the title of the horizontal axis take. */
export const AXIS_HEIGHT = 34;

/** Where a plot of spectra lies, and where its values lie in it. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (energy: number) => number;
  readonly y: (value: number) => number;
}

/** Numbers of the horizontal axis are about so far apart, CSS pixels. */
const TICK_APART = 50;
const FEWEST_TICKS = 4;

/** The horizontal axis: every tick has its number, between them are finer ones, and below stands its name. */
export function energyAxis(area: PlotArea, from: number, to: number, title: string): Markup {
  const { left, right, bottom, x } = area;
  const most = Math.max(FEWEST_TICKS, Math.floor((right - left) / TICK_APART));
  const numbered = roundSteps(from, to, most).map((value) => {
    const half = textWidth(String(value), 11) / 2;
    return fragment(
      rule(x(value), bottom, x(value), bottom - 5, "ink3", 0.75),
      text(String(value), Math.min(x(value), right + 10 - half), bottom + 14, { anchor: "middle", tone: "ink3" }),
    );
  });
  return fragment(
    minorSteps(from, to, most).map((value) => rule(x(value), bottom, x(value), bottom - 2.5, "ink3", 0.5)),
    numbered,
    rule(left, bottom, right, bottom, "ink3", 0.75),
    text(title, (left + right) / 2, bottom + 29, { anchor: "middle", tone: "ink3" }),
  );
}

/** The vertical axis: a line across the plot at every number, short ticks between. */
export function countsAxis({ left, right, top, bottom, y }: PlotArea, scale: IntensityScale): Markup {
  return fragment(
    scale.ticks.map(({ value, label }) =>
      label === ""
        ? rule(left, y(value), left + 3, y(value), "ink3", 0.6)
        : fragment(
            rule(left, y(value), right, y(value), "rule", 0.6),
            text(label, left - 6, y(value) + 3.5, { size: 10, anchor: "end", tone: "ink3" }),
          ),
    ),
    rule(left, top, left, bottom, "ink3", 0.75),
  );
}

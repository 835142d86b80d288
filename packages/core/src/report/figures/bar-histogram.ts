import { formatCount, formatNumber } from "../../numbers.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { textWidth } from "../text-width.js";
import { countAxis, type ValueScale, valueAxis } from "../value-axis.js";
import { figure, round, rule, text } from "./figure.js";

/** How often values of a quantity come, in bins that need not be of equal width. */
export interface BarHistogram {
  /** Rising, one more than `counts`. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Written above in bold; left out where it is empty. */
  readonly title: string;
  /** Name of the quantity with its unit. */
  readonly xName: string;
  /** What is counted. */
  readonly yName: string;
  /** Of the quantity. A logarithmic axis needs edges above 0. Default linear. */
  readonly scale?: ValueScale | undefined;
  /** How tall bars are for their counts: square roots show rare values, too, and are said beside `yName`. Default linear. */
  readonly heights?: "linear" | "sqrt" | undefined;
  /** `#rrggbb` */
  readonly colour: string;
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

const BOTTOM = 34;
const RIGHT = 18;
const NUMBER_SIZE = 10;
/** Width that a number at the axis needs with the room beside it, CSS pixels. */
const LABEL_ROOM = 40;

/** Bars over an axis of values and beside one of counts, with round numbers on both. */
export function barHistogramFigure(plot: BarHistogram): string {
  const { edges, counts, width, height, colour, title, heights = "linear" } = plot;
  const top = title === "" ? 22 : 38;
  const base = height - BOTTOM;
  const rows = countAxis(heights, Math.max(...counts));
  const left = 8 + Math.max(...rows.ticks.map((tick) => textWidth(formatCount(tick), NUMBER_SIZE)));
  const room = width - left - RIGHT;
  const columns = valueAxis(plot.scale ?? "linear", edges[0]!, edges.at(-1)!, Math.max(2, Math.floor(room / LABEL_ROOM)));
  const x = (value: number): number => left + columns.share(value) * room;
  const y = (count: number): number => base - rows.share(count) * (base - top);
  return figure(
    { width, height, description: plot.description },
    title === "" ? undefined : text(title, 0, 12, { bold: true }),
    text(heights === "sqrt" ? `${plot.yName}, square-root axis` : plot.yName, 0, top - 11, { size: NUMBER_SIZE, tone: "ink3" }),
    rows.ticks.map((tick) => countTick(tick, left, y(tick), width - RIGHT)),
    counts.map((count, i) => (count === 0 ? undefined : bar(x(edges[i]!), x(edges[i + 1]!), y(count), base, colour))),
    rule(left, base, width - RIGHT, base, "ink3", 0.75),
    columns.ticks.map((tick) => valueTick(tick, x(tick), base)),
    text(plot.xName, width - RIGHT, height - 3, { size: NUMBER_SIZE, anchor: "end", tone: "ink3" }),
  );
}

function bar(from: number, to: number, top: number, base: number, fill: string): Child {
  const height = Math.max(1, base - top);
  return element("rect", { x: round(from + 0.5), y: base - height, width: round(Math.max(0.5, to - from - 1)), height, fill });
}

function countTick(count: number, left: number, y: number, right: number): Markup {
  return fragment(
    rule(left, y, right, y, "rule", 0.6),
    text(formatCount(count), left - 6, y + 3.5, { size: NUMBER_SIZE, anchor: "end", tone: "ink3" }),
  );
}

function valueTick(value: number, x: number, base: number): Markup {
  return fragment(
    rule(x, base, x, base + 4, "ink3", 0.75),
    text(formatNumber(value, 6), x, base + 15, { size: NUMBER_SIZE, anchor: "middle", tone: "ink3" }),
  );
}

import { formatNumber } from "../../numbers.js";
import { element, fragment } from "../markup.js";
import { roundSteps } from "../ticks.js";
import { figure, round, rule, text, tones } from "./figure.js";

/** A curve from which a value was chosen: BIC over the number of clusters, a scree, a loss. */
export interface CurvePlot {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly xName: string;
  readonly yName: string;
  /** A second curve over the same x, drawn finer, with the name of each. */
  readonly beside?: { readonly y: readonly number[]; readonly name: string } | undefined;
  /** Value on the x axis that was chosen; ringed and named. */
  readonly chosen?: number | undefined;
  /** CSS pixels. Default 480 x 240. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly description: string;
}

const LEFT = 64;
const TOP = 24;
const BOTTOM = 36;
const RIGHT = 14;
/** Curves with more points than this are drawn without dots. */
const MOST_POINTS = 40;

/** The curve with its points, round ticks, and the choice marked. */
export function curveFigure(plot: CurvePlot): string {
  const { width = 480, height = 240 } = plot;
  const [fromX, toX] = widened(plot.x);
  const [fromY, toY] = widened([...plot.y, ...(plot.beside?.y ?? [])]);
  const x = (value: number): number => LEFT + ((value - fromX) / (toX - fromX)) * (width - LEFT - RIGHT);
  const y = (value: number): number => height - BOTTOM - ((value - fromY) / (toY - fromY)) * (height - TOP - BOTTOM);
  const at = plot.x.map((value, i) => ({ x: x(value), y: y(plot.y[i]!) }));
  const chosen = plot.chosen === undefined ? -1 : plot.x.indexOf(plot.chosen);
  return figure(
    { width, height, description: plot.description },
    text(plot.yName, 0, 11, { tone: "ink3" }),
    roundSteps(fromY, toY, 5).map((value) =>
      fragment(
        rule(LEFT, y(value), width - RIGHT, y(value), "rule", 0.6),
        text(formatNumber(value, 6), LEFT - 6, y(value) + 3.5, { size: 10, anchor: "end", tone: "ink3" }),
      ),
    ),
    rule(LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM, "ink3", 0.75),
    roundSteps(fromX, toX, 8).map((value) =>
      fragment(
        rule(x(value), height - BOTTOM, x(value), height - BOTTOM - 4, "ink3", 0.75),
        text(formatNumber(value, 6), x(value), height - BOTTOM + 15, { anchor: "middle", tone: "ink3" }),
      ),
    ),
    text(plot.xName, width - RIGHT, height - 4, { anchor: "end", tone: "ink3" }),
    plot.beside === undefined
      ? undefined
      : fragment(
          element("path", {
            d: `M${plot.beside.y.map((value, i) => `${round(x(plot.x[i]!))} ${round(y(value))}`).join("L")}`,
            fill: "none",
            class: "s-ink3",
            stroke: tones.ink3,
            "stroke-width": 1.2,
            "stroke-dasharray": "4 3",
          }),
          text(plot.beside.name, width - RIGHT, 11, { tone: "ink3", anchor: "end" }),
        ),
    element("path", {
      d: `M${at.map((point) => `${round(point.x)} ${round(point.y)}`).join("L")}`,
      fill: "none",
      class: "s-ink",
      stroke: tones.ink,
      "stroke-width": 1.2,
    }),
    (at.length > MOST_POINTS ? [] : at).map((point) =>
      element("circle", { cx: point.x, cy: point.y, r: 2.2, class: "f-ink", fill: tones.ink }),
    ),
    chosen < 0
      ? undefined
      : fragment(
          element("circle", {
            cx: at[chosen]!.x,
            cy: at[chosen]!.y,
            r: 6,
            fill: "none",
            class: "s-ink",
            stroke: tones.ink,
            "stroke-width": 1.5,
          }),
          text(`chosen: ${formatNumber(plot.x[chosen]!, 6)}`, at[chosen]!.x, at[chosen]!.y - 11, {
            anchor: "middle",
            bold: true,
          }),
        ),
  );
}

function widened(values: readonly number[]): [from: number, to: number] {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const margin = to > from ? (to - from) * 0.05 : Math.max(1, Math.abs(to)) * 0.05;
  return [from - margin, to + margin];
}

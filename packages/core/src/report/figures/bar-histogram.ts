import { element, fragment } from "../markup.js";
import { formatCount, formatNumber } from "../numbers.js";
import { figure, rule, text } from "./figure.js";

/** How often values of a quantity come, in bins that need not be of equal width: they are drawn side by side, equally wide. */
export interface BarHistogram {
  /** Rising, one more than `counts`. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly title: string;
  /** Name of the quantity with its unit. */
  readonly xName: string;
  /** `#rrggbb` */
  readonly colour: string;
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

const TOP = 24;
const BOTTOM = 34;
/** Width of a number at the axis, CSS pixels. */
const LABEL_ROOM = 44;

/** Bars with the largest count written above its bar, and round numbers at the edges where there is room. */
export function barHistogramFigure(plot: BarHistogram): string {
  const { edges, counts, width, height, colour } = plot;
  const bar = width / Math.max(1, counts.length);
  const most = Math.max(1, ...counts);
  const base = height - BOTTOM;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / bar));
  const highest = counts.indexOf(most);
  return figure(
    { width, height, description: plot.description },
    text(plot.title, 0, 12, { bold: true }),
    counts.map((count, i) => {
      const length = (count / most) * (base - TOP - 12);
      return count === 0
        ? undefined
        : element("rect", {
            x: i * bar + 0.5,
            y: base - Math.max(1, length),
            width: bar - 1,
            height: Math.max(1, length),
            fill: colour,
          });
    }),
    highest < 0
      ? undefined
      : text(formatCount(most), (highest + 0.5) * bar, TOP + 8, { size: 10, anchor: "middle", tone: "ink3" }),
    rule(0, base, width, base, "ink3", 0.75),
    edges.map((edge, i) =>
      i % every !== 0 || i * bar > width - LABEL_ROOM / 2
        ? undefined
        : fragment(
            rule(i * bar, base, i * bar, base + 4, "ink3", 0.75),
            text(formatNumber(edge, 2), i * bar, base + 15, { size: 10, anchor: i === 0 ? "start" : "middle", tone: "ink3" }),
          ),
    ),
    text(plot.xName, width, height - 3, { size: 10, anchor: "end", tone: "ink3" }),
  );
}

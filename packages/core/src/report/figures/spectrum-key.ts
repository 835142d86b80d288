import { element, fragment, type Markup } from "../markup.js";
import { fittedText, textWidth } from "../text-width.js";
import { AREA_TONE, round, strokeOf, text } from "./figure.js";
import type { SpectrumTrace } from "./spectrum-plot.js";

const ROW = 16;
const SIZE = 11;
const LONGEST_NAME = 320;
/** The piece of line or ground before a name, and what it keeps clear of the name and of the next. */
const SAMPLE = 18;
const TO_NAME = 6;
const BETWEEN = 14;

interface KeyItem {
  readonly trace: SpectrumTrace;
  readonly name: string;
  readonly width: number;
}

/** What is over the plot: the name of the vertical axis, and which trace is which. */
export interface SpectrumKey {
  readonly height: number;
  readonly markup: Markup;
}

/** Axis title and key in one row where both have room, else the key in rows of its own below the title. */
export function spectrumKey(unit: string, traces: readonly SpectrumTrace[], right: number): SpectrumKey {
  const items = traces.map((trace): KeyItem => {
    const name = fittedText(trace.name, SIZE, Math.min(LONGEST_NAME, right - SAMPLE - TO_NAME));
    return { trace, name, width: SAMPLE + TO_NAME + textWidth(name, SIZE) };
  });
  const beside = rowWidth(items) + textWidth(unit, SIZE) + BETWEEN <= right;
  const rows = beside ? [items] : rowsOf(items, right);
  const first = beside ? 0 : 1;
  return {
    height: ROW * (first + rows.length),
    markup: fragment(
      text(unit, 0, 10, { tone: "ink3" }),
      rows.map((row, i) => keyRow(row, right, ROW * (first + i))),
    ),
  };
}

function rowWidth(items: readonly KeyItem[]): number {
  return items.reduce((sum, { width }) => sum + width + BETWEEN, -BETWEEN);
}

function rowsOf(items: readonly KeyItem[], right: number): KeyItem[][] {
  const rows: KeyItem[][] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (last !== undefined && rowWidth([...last, item]) <= right) last.push(item);
    else rows.push([item]);
  }
  return rows;
}

/** A row that ends at the right edge of the plot. */
function keyRow(items: readonly KeyItem[], right: number, top: number): Markup {
  let x = right - rowWidth(items);
  return fragment(
    items.map(({ trace, name, width }) => {
      const at = x;
      x += width + BETWEEN;
      return fragment(
        trace.style === "area"
          ? element("rect", { x: round(at + 1), y: top + 2, width: SAMPLE - 2, height: 9, class: "f-area", fill: AREA_TONE })
          : element("path", {
              d: `M${round(at)} ${top + 6.5}h${SAMPLE}`,
              fill: "none",
              "stroke-width": 2,
              ...strokeOf(trace.colour),
            }),
        text(name, Number(round(at + SAMPLE + TO_NAME)), top + 10, { tone: "ink2" }),
      );
    }),
  );
}

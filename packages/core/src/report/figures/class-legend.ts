/** The legend of a map of classes: swatch, name and area, right of it or below it in columns. No name is cut. */
import { formatPercent } from "../../numbers.js";
import { fragment, type Markup } from "../markup.js";
import { textWidth, wrappedText } from "../text-width.js";
import { text } from "./figure.js";
import type { Pattern } from "./patterns.js";
import { swatch } from "./swatch.js";

export interface LegendRow {
  readonly name: string;
  readonly colour: string;
  readonly share: number;
  readonly pattern: Pattern;
}

export interface ClassLegend {
  readonly width: number;
  readonly height: number;
  /** With its top left corner at (x, y); `id` is unique in the document. */
  draw(id: string, x: number, y: number): Markup;
}

interface RowStyle {
  /** Of a row with one line. */
  readonly row: number;
  /** From line to line of a name. */
  readonly line: number;
  readonly size: number;
  readonly swatch: number;
  /** Of the swatch in its row. */
  readonly top: number;
  /** From the left edge to the name, and from the name to the right edge: the area stands there. */
  readonly toName: number;
  readonly behindName: number;
  readonly baseline: number;
}

const RIGHT: RowStyle = { row: 22, line: 14, size: 12.5, swatch: 14, top: 2, toName: 24, behindName: 56, baseline: 13.5 };
const BELOW: RowStyle = { row: 17, line: 12, size: 10.5, swatch: 11.3, top: 0, toName: 17, behindName: 45, baseline: 9.5 };
/** Of the legend below: the narrowest column, and the room between columns. */
const COLUMN = 146;
const COLUMN_GAP = 12;

interface Placed extends LegendRow {
  readonly lines: readonly string[];
  readonly height: number;
}

/** One column of its own width. */
export function legendBeside(rows: readonly LegendRow[], width: number): ClassLegend {
  return inColumns(rows, 1, width, RIGHT);
}

/** As many columns as make it least high, filled from top to bottom, and hold the words of the names whole. */
export function legendBelow(rows: readonly LegendRow[], width: number): ClassLegend {
  const most = Math.max(1, Math.floor((width + COLUMN_GAP) / (COLUMN + COLUMN_GAP)));
  const words = rows.flatMap(({ name }) => name.split(" "));
  const longest = Math.max(0, ...words.map((word) => textWidth(word, BELOW.size)));
  const offered = Array.from({ length: most }, (_, i) => most - i)
    .filter((columns) => columns === 1 || nameRoom(columns, width, BELOW) >= longest)
    .map((columns) => inColumns(rows, columns, width, BELOW));
  return offered.reduce((best, legend) => (legend.height < best.height ? legend : best));
}

function inColumns(rows: readonly LegendRow[], columns: number, width: number, style: RowStyle): ClassLegend {
  const column = columnWidth(columns, width);
  const placed = rows.map((row): Placed => {
    const lines = wrappedText(row.name, style.size, nameRoom(columns, width, style));
    return { ...row, lines, height: style.row + Math.max(0, lines.length - 1) * style.line };
  });
  const down = Math.ceil(placed.length / columns);
  const parts = Array.from({ length: columns }, (_, i) => placed.slice(i * down, (i + 1) * down));
  return {
    width,
    height: Math.max(0, ...parts.map((part) => part.reduce((sum, { height }) => sum + height, 0))),
    draw(id, x, y) {
      return fragment(
        parts.map((part, i) => {
          let top = y;
          return part.map((row, k) => {
            const markup = rowMarkup(`${id}-${i * down + k}`, row, x + i * (column + COLUMN_GAP), top, column, style);
            top += row.height;
            return markup;
          });
        }),
      );
    },
  };
}

function columnWidth(columns: number, width: number): number {
  return (width - (columns - 1) * COLUMN_GAP) / columns;
}

function nameRoom(columns: number, width: number, { toName, behindName }: RowStyle): number {
  return columnWidth(columns, width) - toName - behindName;
}

function rowMarkup(id: string, row: Placed, x: number, y: number, width: number, style: RowStyle): Markup {
  const { size, line, baseline, toName } = style;
  const tone = row.pattern === "hatch" ? "ink3" : "ink";
  return fragment(
    swatch(id, row.colour, row.pattern, x, y + style.top, style.swatch),
    row.lines.map((words, i) => text(words, x + toName, y + baseline + i * line, { size, tone })),
    text(formatPercent(row.share), x + width, y + baseline, { size: Math.min(12, size), anchor: "end", tone: "ink2" }),
  );
}

import { formatCount } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { fittedText, textWidth } from "../text-width.js";
import { figure, rule, text, tones } from "./figure.js";

export interface MatrixRow {
  readonly name: string;
  /** One for each column. */
  readonly counts: readonly number[];
  /** The column that belongs to the row, framed; -1 for none. */
  readonly partner: number;
}

export interface MatrixPlot {
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly string[];
  /** What rows and columns are: `Before`, `Now`. */
  readonly rowsName: string;
  readonly columnsName: string;
  /** CSS pixels. Default 480. */
  readonly width?: number | undefined;
  readonly description: string;
}

const ROW = 20;
const SIZE = 10.5;
const COUNT_SIZE = 10;
const LONGEST = 120;
const WIDEST = 64;
const SHADE = "#1f5fbf";
/** Beyond this share of the row a cell is so dark that its number is white. */
const DARK = 0.6;

/** The least width that a matrix can be read at, CSS pixels. */
export function matrixWidth({ rows, columns }: Pick<MatrixPlot, "rows" | "columns">): number {
  return Math.ceil(nameWidth(rows.map(({ name }) => name)) + 8 + columns.length * cellWidth(rows));
}

/** Counts of rows in columns; the shade of a cell is its share of the row. */
export function matrixFigure(plot: MatrixPlot): string {
  const { rows, columns, width = 480 } = plot;
  const left = nameWidth(rows.map(({ name }) => name)) + 8;
  const head = nameWidth(columns) + 22;
  const cell = Math.min(WIDEST, Math.max(cellWidth(rows), (width - left) / Math.max(1, columns.length)));
  const right = left + cell * columns.length;
  return figure(
    { width: Math.max(width, Math.ceil(right)), height: head + ROW * rows.length + 2, description: plot.description },
    text(plot.columnsName, left, 11, { tone: "ink3" }),
    text(plot.rowsName, 0, head - 6, { tone: "ink3" }),
    columns.map((name, j) => columnName(name, left + cell * (j + 0.5), head - 6)),
    rows.map((row, i) => matrixRow(row, left, head + ROW * i, cell)),
    rule(left, head, right, head, "ink3", 0.75),
    rule(left, head, left, head + ROW * rows.length, "ink3", 0.75),
  );
}

function nameWidth(names: readonly string[]): number {
  return Math.min(LONGEST, Math.max(30, ...names.map((name) => textWidth(name, SIZE))));
}

function cellWidth(rows: readonly MatrixRow[]): number {
  const widest = Math.max(0, ...rows.flatMap(({ counts }) => counts.map((count) => textWidth(formatCount(count), COUNT_SIZE))));
  return Math.max(ROW, widest + 6);
}

/** Read from below. */
function columnName(name: string, x: number, bottom: number): Markup {
  const words = text(fittedText(name, SIZE, LONGEST), 0, 0, { size: SIZE });
  return element("g", { transform: `translate(${x + 3.5} ${bottom}) rotate(-90)` }, words);
}

function matrixRow({ name, counts, partner }: MatrixRow, left: number, y: number, cell: number): Markup {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return fragment(
    text(fittedText(name, SIZE, LONGEST), left - 8, y + 14, { size: SIZE, anchor: "end" }),
    counts.map((count, j) => matrixCell(count, total === 0 ? 0 : count / total, j === partner, left + cell * j, y, cell)),
  );
}

function matrixCell(count: number, share: number, isPartner: boolean, x: number, y: number, width: number): Markup {
  const at = { x: x + 0.75, y: y + 0.75, width: width - 1.5, height: ROW - 1.5 };
  const fill = share > DARK ? "#ffffff" : count === 0 ? tones.ink3 : tones.ink;
  return fragment(
    element("rect", { ...at, fill: SHADE, "fill-opacity": 0.85 * share }),
    isPartner ? element("rect", { ...at, fill: "none", stroke: tones.ink, "stroke-width": 1 }) : undefined,
    element("text", { x: x + width / 2, y: y + 14, "font-size": COUNT_SIZE, "text-anchor": "middle", fill }, formatCount(count)),
  );
}

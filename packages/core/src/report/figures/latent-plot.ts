import { log } from "../../kernels/math.js";
import { othersColour, smallestClasses } from "../../pipeline/colours/others.js";
import { unassignedColour } from "../../pipeline/colours/palette.js";
import { element, fragment, type Markup } from "../markup.js";
import { dataUri, encodePng } from "../png.js";
import { fittedText, textWidth } from "../text-width.js";
import { figure, PICTURE_GROUND, pixels, text } from "./figure.js";

export interface LatentPlot {
  /** Float32 [pixels x dimensions], row-major. */
  readonly data: ArrayLike<number>;
  readonly dimensions: number;
  /** Which two dimensions are drawn. Default the first two. */
  readonly axes?: readonly [x: number, y: number] | undefined;
  /** Int32 [pixels], -1 = unassigned. */
  readonly labels: ArrayLike<number> | undefined;
  readonly classes: readonly { readonly id: number; readonly name: string; readonly colour: string }[];
  /** Ids of classes that are grey and have no name. Default the smallest beyond 24: there are no colours for more. */
  readonly others?: ReadonlySet<number> | undefined;
  /** Side, CSS pixels. Default 560. */
  readonly size?: number | undefined;
  readonly description: string;
}

const MARGIN = 0.06;
const LABEL_SIZE = 12;
const GROUND = [11, 11, 12] as const;

interface Cells {
  readonly side: number;
  /** Cell of each pixel, -1 where it has no place. */
  readonly cell: Int32Array;
}

/**
 * All pixels in the latent space as density: the hue of a cell is the mean of its pixels' class colours, its brightness the logarithm of
 * their number. Class names stand at the medians. Both axes have the same scale; they carry no numbers: distances of most embeddings carry no unit.
 */
export function latentFigure(given: LatentPlot): string {
  const plot = withOthers(given);
  const size = plot.size ?? 560;
  const cells = cellsOf(plot);
  return figure(
    { width: size, height: size, description: plot.description },
    element("rect", { x: 0, y: 0, width: size, height: size, rx: 3, fill: PICTURE_GROUND }),
    pixels(density(plot, cells), 0, 0, size, size),
    names(plot, cells, size),
  );
}

function withOthers(plot: LatentPlot): LatentPlot {
  const others = plot.others ?? smallestClasses(plot.classes.map(({ id }) => ({ id, pixels: pixelsOf(plot.labels, id) })));
  const classes = plot.classes.map((one) => (others.has(one.id) ? { ...one, name: "", colour: othersColour } : one));
  return { ...plot, classes };
}

function pixelsOf(labels: LatentPlot["labels"], id: number): number {
  let count = 0;
  for (let p = 0; p < (labels?.length ?? 0); p++) if (labels![p] === id) count += 1;
  return count;
}

function cellsOf({ data, dimensions, axes = [0, 1] }: LatentPlot): Cells {
  const count = data.length / dimensions;
  const side = Math.round(Math.min(480, Math.max(200, 2.4 * Math.sqrt(count))));
  const ranges = axes.map((axis) => rangeOf(data, dimensions, axis));
  const span = Math.max(...ranges.map(({ least, most }) => most - least)) || 1;
  const [column, row] = axes.map((axis, i) => {
    const { least, most } = ranges[i]!;
    return place(data, dimensions, axis, { middle: (least + most) / 2, span, side });
  }) as [Int32Array, Int32Array];
  return { side, cell: Int32Array.from(column, (x, i) => (x < 0 || row[i]! < 0 ? -1 : (side - 1 - row[i]!) * side + x)) };
}

/** Of the finite values along one dimension; 0 and 0 where there are none. */
function rangeOf(data: ArrayLike<number>, dimensions: number, axis: number): { least: number; most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (let i = axis; i < data.length; i += dimensions) {
    if (!Number.isFinite(data[i]!)) continue;
    least = Math.min(least, data[i]!);
    most = Math.max(most, data[i]!);
  }
  return most < least ? { least: 0, most: 0 } : { least, most };
}

interface Scale {
  /** Value at the middle of the square. */
  readonly middle: number;
  /** The same on both axes, so that distances compare: the wider one fills the square but for a margin. */
  readonly span: number;
  readonly side: number;
}

/** Cell along one dimension for every pixel, -1 where it has none. */
function place(data: ArrayLike<number>, dimensions: number, axis: number, { middle, span, side }: Scale): Int32Array {
  return Int32Array.from({ length: data.length / dimensions }, (_, i) => {
    const value = data[i * dimensions + axis]!;
    if (!Number.isFinite(value)) return -1;
    return Math.min(side - 1, Math.floor((0.5 + ((value - middle) / span) * (1 - 2 * MARGIN)) * side));
  });
}

function density({ labels, classes }: LatentPlot, { side, cell }: Cells): string {
  const colours = new Map(classes.map(({ id, colour }) => [id, rgb(colour)]));
  const none = rgb(unassignedColour);
  const sum = new Float64Array(3 * side * side);
  const count = new Float64Array(side * side);
  let most = 1;
  cell.forEach((at, i) => {
    if (at < 0) return;
    const colour = labels === undefined ? ([236, 236, 234] as const) : (colours.get(labels[i]!) ?? none);
    for (let k = 0; k < 3; k++) sum[3 * at + k]! += colour[k]!;
    count[at]! += 1;
    most = Math.max(most, count[at]!);
  });
  const data = new Uint8Array(3 * side * side);
  count.forEach((n, at) => {
    const strength = n === 0 ? 0 : 0.45 + 0.55 * (log(1 + n) / log(1 + most));
    for (let k = 0; k < 3; k++)
      data[3 * at + k] = Math.round(GROUND[k]! + (n === 0 ? 0 : (sum[3 * at + k]! / n - GROUND[k]!) * strength));
  });
  return dataUri(encodePng({ width: side, height: side, channels: 3, data }));
}

interface Name {
  readonly text: string;
  readonly width: number;
  readonly x: number;
  y: number;
}

function names({ labels, classes }: LatentPlot, cells: Cells, size: number): Markup {
  if (labels === undefined) return fragment();
  const placed = classes.flatMap(({ id, name }): Name[] => {
    const at = name === "" ? undefined : medianCell(cells, labels, id);
    if (at === undefined) return [];
    const label = fittedText(name, LABEL_SIZE, size * 0.4);
    const width = textWidth(label, LABEL_SIZE);
    const x = ((at.column + 0.5) / cells.side) * size;
    return [
      {
        text: label,
        width,
        x: Math.min(size - width / 2 - 6, Math.max(width / 2 + 6, x)),
        y: ((at.row + 0.5) / cells.side) * size,
      },
    ];
  });
  return fragment(
    spread(placed, size).map(({ text: name, x, y }) =>
      text(name, x, y + 4, { size: LABEL_SIZE, anchor: "middle", bold: true, onPicture: true }),
    ),
  );
}

function medianCell({ side, cell }: Cells, labels: ArrayLike<number>, id: number): { column: number; row: number } | undefined {
  const own = cell.filter((at, i) => at >= 0 && labels[i] === id);
  if (own.length === 0) return undefined;
  const middle = own.length >> 1;
  const column = own.map((at) => at % side).sort()[middle]!;
  const row = own.map((at) => Math.floor(at / side)).sort()[middle]!;
  return { column, row };
}

/** Moves names that overlap up and down, in fixed order, until none does or enough was tried. */
function spread(placed: Name[], size: number): Name[] {
  const height = LABEL_SIZE + 5;
  for (let round = 0; round < 60; round++) {
    let moved = false;
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) moved = separate(placed[i]!, placed[j]!, height) || moved;
    }
    for (const name of placed) name.y = Math.min(size - 12, Math.max(12, name.y));
    if (!moved) break;
  }
  return placed;
}

function separate(one: Name, other: Name, height: number): boolean {
  const overlap = height - Math.abs(one.y - other.y);
  if (overlap <= 0.01 || Math.abs(one.x - other.x) > (one.width + other.width) / 2 + 4) return false;
  const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
  upper.y -= overlap / 2;
  lower.y += overlap / 2;
  return true;
}

function rgb(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

import { log } from "../../kernels/math.js";
import { formatFixed } from "../../numbers.js";
import { othersColour, smallestClasses } from "../../pipeline/colours/others.js";
import { unassignedColour } from "../../pipeline/colours/palette.js";
import { element, fragment, type Markup } from "../markup.js";
import { dataUri, encodePng } from "../png.js";
import { fittedText, textWidth } from "../text-width.js";
import { figure, pixels, round, rule, strokeOf, text, tones } from "./figure.js";
import { namePlaces } from "./name-places.js";

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
  /** Below and left of the plot: see {@link latentAxisName}. */
  readonly axisNames: readonly [x: string, y: string];
  /** How classes are spread about their means: drawn at one and at two standard deviations. */
  readonly ellipses?: readonly LatentEllipse[] | undefined;
  /** Side, CSS pixels. Default 560. */
  readonly size?: number | undefined;
  readonly description: string;
}

export interface LatentEllipse {
  /** Of the class. */
  readonly id: number;
  readonly mean: readonly [x: number, y: number];
  /** Half axes of one standard deviation, larger first. */
  readonly deviations: readonly [larger: number, smaller: number];
  /** Of the larger from the x axis, radians. */
  readonly angle: number;
}

const MARGIN = 0.06;
const LABEL_SIZE = 12;
/** Room for the name of an axis. */
const AXIS = 20;
/** A document has one latent space. */
const CLIP = "latent-frame";
/** Of pixels where there are no classes. */
const ALONE = [85, 88, 92] as const;

interface Cells {
  readonly side: number;
  /** Values at the middle of the square, and what fills it. */
  readonly middles: readonly [x: number, y: number];
  readonly span: number;
  /** Cell of each pixel, -1 where it has no place. */
  readonly cell: Int32Array;
}

/** `UMAP 1`; of a component its share of the variance, 0 to 1, where it is known. Dimensions count from 0. */
export function latentAxisName(method: string, dimension: number, share?: number): string {
  const name = method.length <= 4 ? method.toUpperCase() : `${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  return `${name} ${dimension + 1}${share === undefined ? "" : ` (${formatFixed(100 * share, 1)}\u202f%)`}`;
}

/**
 * All pixels in the latent space, on paper, in the colours of their classes, smaller classes over larger ones. Class names stand beside the
 * medians. Both axes have the same scale; they carry no numbers: distances of most embeddings carry no unit.
 */
export function latentFigure(given: LatentPlot): string {
  const plot = withOthers(given);
  const size = plot.size ?? 560;
  const side = size - AXIS;
  const cells = cellsOf(plot);
  const [across, up] = plot.axisNames;
  return figure(
    { width: size, height: size, description: plot.description },
    element("clipPath", { id: CLIP }, element("rect", { width: side, height: side })),
    element(
      "g",
      { transform: `translate(${AXIS} 0)`, "clip-path": `url(#${CLIP})` },
      pixels(picture(plot, cells), 0, 0, side, side),
      (plot.ellipses ?? []).map((ellipse) => spreadOf(ellipse, plot, cells, side)),
      names(plot, cells, side),
    ),
    element("rect", {
      ...{ x: AXIS + 0.5, y: 0.5, width: side - 1, height: side - 1 },
      ...{ class: "s-ink3", stroke: tones.ink3, "stroke-width": 0.75, fill: "none" },
    }),
    text(across, AXIS + side / 2, size - 5, { size: 11, anchor: "middle", tone: "ink2" }),
    element(
      "g",
      { transform: `translate(12 ${side / 2}) rotate(-90)` },
      text(up, 0, 0, { size: 11, anchor: "middle", tone: "ink2" }),
    ),
  );
}

/** Ellipses of one and of two standard deviations. */
function spreadOf(
  { id, mean, deviations, angle }: LatentEllipse,
  { classes }: LatentPlot,
  { middles, span }: Cells,
  side: number,
): Markup {
  const colour = classes.find((one) => one.id === id)?.colour;
  const scale = ((1 - 2 * MARGIN) * side) / span;
  const [cx, cy] = [side / 2 + (mean[0] - middles[0]) * scale, side / 2 - (mean[1] - middles[1]) * scale];
  const turn = (-180 * angle) / Math.PI;
  return fragment(
    [1, 2].map((deviation) =>
      element("ellipse", {
        ...{ cx: round(cx), cy: round(cy) },
        ...{ rx: round(deviations[0] * deviation * scale), ry: round(deviations[1] * deviation * scale) },
        transform: `rotate(${round(turn)} ${round(cx)} ${round(cy)})`,
        fill: "none",
        "stroke-width": deviation === 1 ? 1.4 : 0.9,
        ...strokeOf(colour),
      }),
    ),
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
  const side = Math.round(Math.min(480, Math.max(160, 1.7 * Math.sqrt(count))));
  const ranges = axes.map((axis) => rangeOf(data, dimensions, axis));
  const span = Math.max(...ranges.map(({ least, most }) => most - least)) || 1;
  const [column, row] = axes.map((axis, i) => {
    const { least, most } = ranges[i]!;
    return place(data, dimensions, axis, { middle: (least + most) / 2, span, side });
  }) as [Int32Array, Int32Array];
  const [x, y] = ranges.map(({ least, most }) => (least + most) / 2) as [number, number];
  const cell = Int32Array.from(column, (at, i) => (at < 0 || row[i]! < 0 ? -1 : (side - 1 - row[i]!) * side + at));
  return { side, middles: [x, y], span, cell };
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

/** Clear where no pixel is; without classes the darker, the more there are. */
function picture({ labels, classes }: LatentPlot, { side, cell }: Cells): string {
  const data = new Uint8Array(4 * side * side);
  if (labels === undefined) paintNumbers(data, cell);
  else {
    const largestFirst = classes.map(({ id, colour }) => ({ id, rgb: rgb(colour), pixels: pixelsOf(labels, id) }));
    largestFirst.sort((one, other) => other.pixels - one.pixels || one.id - other.id);
    paintClasses(data, cell, labels, largestFirst);
  }
  return dataUri(encodePng({ width: side, height: side, channels: 4, data }));
}

/** Pixels without a class below, then one class after the other. */
function paintClasses(
  data: Uint8Array,
  cell: Int32Array,
  labels: ArrayLike<number>,
  classes: readonly { readonly id: number; readonly rgb: readonly number[] }[],
): void {
  const ranks = new Map(classes.map(({ id }, i) => [id, i + 1]));
  const colours = [rgb(unassignedColour), ...classes.map((one) => one.rgb)];
  const top = new Int32Array(data.length / 4).fill(-1);
  cell.forEach((at, i) => {
    const rank = ranks.get(labels[i]!) ?? 0;
    if (at >= 0 && rank > top[at]!) top[at] = rank;
  });
  top.forEach((rank, at) => {
    if (rank >= 0) data.set([...colours[rank]!, 255], 4 * at);
  });
}

function paintNumbers(data: Uint8Array, cell: Int32Array): void {
  const count = new Float64Array(data.length / 4);
  for (const at of cell) if (at >= 0) count[at]! += 1;
  const most = count.reduce((a, b) => Math.max(a, b), 1);
  count.forEach((n, at) => {
    if (n > 0) data.set([...ALONE, Math.round(255 * (0.35 + 0.65 * (log(1 + n) / log(1 + most))))], 4 * at);
  });
}

/** Beside the medians, so that small classes stay in sight. */
function names({ labels, classes }: LatentPlot, cells: Cells, size: number): Markup {
  if (labels === undefined) return fragment();
  const discs = classes.flatMap(({ id, name }) => {
    const at = name === "" ? undefined : medianCell(cells, labels, id);
    if (at === undefined) return [];
    const label = fittedText(name, LABEL_SIZE, size * 0.8);
    const [x, y] = [((at.column + 0.5) / cells.side) * size, ((at.row + 0.5) / cells.side) * size];
    return [{ label, width: textWidth(label, LABEL_SIZE), x, y }];
  });
  const places = namePlaces(discs, [], { left: 4, right: size - 4, top: 4, bottom: size - 4 });
  return fragment(
    places.map(({ leader }) => leader && rule(...leader, "ink3", 0.7)),
    places.map(({ box }, i) =>
      text(discs[i]!.label, Number(round((box.left + box.right) / 2)), Number(round(box.bottom - 3)), {
        ...{ size: LABEL_SIZE, anchor: "middle", bold: true, halo: true },
      }),
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

function rgb(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** What colours the pixels, as numbers: the same for maps, latent space and legends. */
import { formatFixed, lineText, type PhaseClass, resampled } from "@sigma-eds/core";
import type { AnalysisSnapshot, Grid, LoadedImage } from "../../worker/engine-protocol.js";
import type { Colouring, EnergyWindow, Hover } from "../linked.js";
import { certaintyOf } from "./certainty.js";
import { type SecondClass, secondClassOf } from "./second-class.js";

export interface PixelField {
  /** `Fe Kα` */
  readonly title: string;
  /** `counts`; empty for shares. */
  readonly unit: string;
  /** What a number without a unit is, for paper: `share of the pixel`. */
  readonly quantity?: string;
  /** One value a pixel of the grid. */
  readonly data: Float32Array;
  /** Ends of the colours where they do not follow the values. */
  readonly fixed: readonly [from: number, to: number] | undefined;
  /** The colour map that suits it. */
  readonly table: "inferno" | "grey" | "viridis" | "doubt" | "vik";
  /** Ends of the colours lie as far below 0 as above it. */
  readonly signed?: boolean;
}

export type PixelValues =
  | { readonly kind: "classes" }
  | { readonly kind: "field"; readonly field: PixelField }
  | { readonly kind: "mix"; readonly fields: readonly PixelField[] }
  | { readonly kind: "second"; readonly second: SecondClass }
  | { readonly kind: "none" }
  /** It was asked for, and is not there. */
  | { readonly kind: "missing"; readonly reason: string };

export interface ValueSources {
  readonly image: LoadedImage | undefined;
  readonly analysis: AnalysisSnapshot | undefined;
  readonly window: EnergyWindow | undefined;
  /** Counts in the energy window. */
  readonly windowMap: Float32Array | undefined;
}

/** The grid that is shown: of the analysis, or of the loaded image. */
export function shownGrid({ image, analysis }: Pick<ValueSources, "image" | "analysis">): Grid | undefined {
  return analysis?.grid ?? image?.grid;
}

/** Middle of the hovered pixel in its frame, in pixels of the map. */
export function pixelPlace(hover: Hover, { width, height }: Grid): { readonly x: number; readonly y: number } | undefined {
  if (hover.kind !== "pixel") return undefined;
  const inFrame = hover.pixel % (width * height);
  return { x: (inFrame % width) + 0.5, y: Math.floor(inFrame / width) + 0.5 };
}

export function pixelsOf(grid: Grid): number {
  return grid.width * grid.height * grid.frames;
}

export function valuesOf(by: Colouring["by"], sources: ValueSources): PixelValues {
  const { analysis } = sources;
  switch (by.kind) {
    case "none":
      return { kind: "none" };
    case "class":
      return analysis?.labels === undefined ? { kind: "missing", reason: "No classes yet." } : { kind: "classes" };
    case "line":
      return field(lineField(by.line, sources), `There is no map of ${lineText(by.line)}.`);
    case "mix":
      return mixOf(by.lines.flatMap((line) => lineField(line, sources) ?? []));
    case "abundance-mix":
      return mixOf(by.indices.flatMap((index) => abundanceField(index, analysis) ?? []));
    case "window":
      return field(windowField(sources), "No energy window is set.");
    case "image":
      return field(imageField(by.index, sources), "There is no such picture.");
    case "abundance":
      return field(abundanceField(by.index, analysis), "No endmembers yet.");
    case "component":
      return field(componentField(by.index, analysis), "The spectra are not decomposed.");
    case "membership":
    case "entropy":
      return field(certaintyField(by.kind, analysis), "These classes carry no membership.");
    case "second": {
      const second = secondClassOf(analysis);
      return second === undefined
        ? { kind: "missing", reason: "These classes carry no membership." }
        : { kind: "second", second };
    }
    case "probability":
      return field(probabilityField(by.id, analysis), "There is no membership of this class.");
    case "ratio":
      return field(ratioField(by, sources), `There are no maps of ${lineText(by.over)} and ${lineText(by.under)}.`);
    case "counts":
      return field(countField(sources), "Nothing is open.");
    case "stability":
      return field(stabilityField(analysis), "It was not tried whether the classes are found again.");
  }
}

function field(found: PixelField | undefined, reason: string): PixelValues {
  return found === undefined ? { kind: "missing", reason } : { kind: "field", field: found };
}

/** Counts of a line: its element map, or its feature where there is no map. */
export function lineField(line: string, { analysis }: Pick<ValueSources, "analysis">): PixelField | undefined {
  const map = analysis?.elementMaps.find((one) => one.line === line);
  return map && { title: lineText(line), unit: "counts", data: map.data, fixed: undefined, table: "inferno" };
}

function mixOf(fields: readonly PixelField[]): PixelValues {
  return fields.length === 0 ? { kind: "missing", reason: "There are no maps to mix." } : { kind: "mix", fields };
}

function windowField({ window, windowMap }: ValueSources): PixelField | undefined {
  if (window === undefined || windowMap === undefined) return undefined;
  const title =
    window.name === undefined
      ? `${formatFixed(window.fromKev, 2)} to ${formatFixed(window.toKev, 2)} keV`
      : lineText(window.name);
  const unit = window.background === undefined ? "counts" : "net counts";
  return { title, unit, data: windowMap, fixed: undefined, table: "inferno" };
}

const pictures = new WeakMap<object, Map<string, Float32Array>>();

/** A picture of the file on the shown grid: area means where the grid is coarser. The same for every frame of a stack. */
export function imageField(index: number, sources: Pick<ValueSources, "image" | "analysis">): PixelField | undefined {
  const picture = sources.image?.images[index];
  const grid = shownGrid(sources);
  if (picture === undefined || grid === undefined || picture.data.length !== picture.width * picture.height) return undefined;
  const bySize = pictures.get(picture) ?? new Map<string, Float32Array>();
  pictures.set(picture, bySize);
  const key = `${grid.width} ${grid.height} ${grid.frames}`;
  const data = bySize.get(key) ?? onGrid(resampled(picture, grid.width, grid.height), grid.frames);
  bySize.set(key, data);
  return { title: picture.name, unit: "", quantity: "grey value", data, fixed: undefined, table: "grey" };
}

function onGrid(frame: Float32Array, frames: number): Float32Array {
  if (frames === 1) return frame;
  const all = new Float32Array(frame.length * frames);
  for (let f = 0; f < frames; f++) all.set(frame, f * frame.length);
  return all;
}

export function countField({ image, analysis }: Pick<ValueSources, "image" | "analysis">): PixelField | undefined {
  const data = analysis?.countMap ?? image?.countMap;
  return data && { title: "Total counts", unit: "counts", data, fixed: undefined, table: "inferno" };
}

const columns = new WeakMap<object, Map<number, Float32Array>>();

/** One column of a matrix of pixels, copied once. */
export function columnOf(matrix: ArrayLike<number> & object, width: number, column: number): Float32Array {
  const known = columns.get(matrix) ?? new Map<number, Float32Array>();
  columns.set(matrix, known);
  const before = known.get(column);
  if (before !== undefined) return before;
  const data = Float32Array.from({ length: matrix.length / width }, (_, p) => matrix[p * width + column]!);
  known.set(column, data);
  return data;
}

/** The class that an endmember was found as; undefined where the endmembers were made from the classes' spectra: their numbers are no ids. */
export function endmemberPhase(
  index: number,
  analysis: Pick<AnalysisSnapshot, "classes" | "evidence" | "unmixing"> | undefined,
): PhaseClass | undefined {
  if (analysis?.evidence === undefined || analysis.unmixing?.method !== "find-phases") return undefined;
  return analysis.classes.find(({ id }) => id === index);
}

/** Of the phase that it was found as, of the seed that it began with, or its number. */
export function endmemberName(
  index: number,
  analysis: Pick<AnalysisSnapshot, "classes" | "evidence" | "unmixing"> | undefined,
): string {
  return endmemberPhase(index, analysis)?.name ?? analysis?.unmixing?.seedNames?.[index] ?? `Endmember ${index + 1}`;
}

export function abundanceField(index: number, analysis: AnalysisSnapshot | undefined): PixelField | undefined {
  const unmixing = analysis?.unmixing;
  if (unmixing === undefined || index >= unmixing.endmembers.length) return undefined;
  const data = columnOf(unmixing.abundances, unmixing.endmembers.length, index);
  const title = endmemberName(index, analysis);
  return { title, unit: "", quantity: "share of the pixel", data, fixed: [0, 1], table: "viridis" };
}

/** How far the unmixed spectra are from the counts, pixel by pixel. */
export function residualField(analysis: AnalysisSnapshot | undefined): PixelField | undefined {
  const residual = analysis?.unmixing?.residual;
  if (residual === undefined) return undefined;
  const signed = residual.some((value) => value < 0);
  return { title: "Residual", unit: "σ", data: residual, fixed: undefined, table: signed ? "vik" : "inferno", signed };
}

/** A component of the decomposition; of the latent space where the spectra were not decomposed. */
function componentField(index: number, analysis: AnalysisSnapshot | undefined): PixelField | undefined {
  const { decomposition, latent } = analysis ?? {};
  const [scores, count] =
    decomposition === undefined
      ? [latent?.data, latent?.dimensions ?? 0]
      : [decomposition.scores, decomposition.components.length];
  if (scores === undefined || index >= count) return undefined;
  const data = columnOf(scores, count, index);
  return { title: `Component ${index + 1}`, unit: "", quantity: "score", data, fixed: undefined, table: "viridis" };
}

/** Share of the runs in which a pixel is in the class that matches the one it was found in, before edits. */
function stabilityField(analysis: AnalysisSnapshot | undefined): PixelField | undefined {
  const pixels = analysis?.stability?.pixels;
  return pixels && { title: "Found again", unit: "of the runs", data: pixels, fixed: [0, 1], table: "viridis" };
}

/** How probable a class is, pixel by pixel; undefined where the memberships are not of these classes. */
export function probabilityField(
  id: number,
  analysis: Pick<AnalysisSnapshot, "classes" | "membership"> | undefined,
): PixelField | undefined {
  const { classes = [], membership } = analysis ?? {};
  const slot = classes.findIndex((one) => one.id === id);
  if (membership === undefined || slot < 0 || membership.classes !== classes.length) return undefined;
  const data = columnOf(membership.data, membership.classes, slot);
  return {
    title: `Probability of ${classes[slot]!.name}`,
    unit: "",
    quantity: "probability",
    data,
    fixed: [0, 1],
    table: "viridis",
  };
}

const ratios = new WeakMap<object, Map<string, Float32Array>>();

/** How often the counts of one line hold those of another, as powers of two; half a count is added to both, so that pixels without counts have a ratio too. */
export function ratioField(
  { over, under }: { readonly over: string; readonly under: string },
  sources: Pick<ValueSources, "analysis">,
): PixelField | undefined {
  const [above, below] = [lineField(over, sources), lineField(under, sources)];
  if (above === undefined || below === undefined) return undefined;
  const known = ratios.get(above.data) ?? new Map<string, Float32Array>();
  ratios.set(above.data, known);
  const least = (counts: number): number => Math.max(0, counts) + 0.5;
  const data = known.get(under) ?? above.data.map((counts, p) => Math.log2(least(counts) / least(below.data[p]!)));
  known.set(under, data);
  return { title: `${above.title} over ${below.title}`, unit: "log₂", data, fixed: undefined, table: "viridis" };
}

function certaintyField(kind: "membership" | "entropy", analysis: AnalysisSnapshot | undefined): PixelField | undefined {
  if (analysis?.membership === undefined) return undefined;
  const { best, entropy } = certaintyOf(analysis.membership);
  return kind === "membership"
    ? { title: "Membership", unit: "", quantity: "of the most probable class", data: best, fixed: [0, 1], table: "viridis" }
    : { title: "Entropy", unit: "", quantity: "0 certain, 1 undecided", data: entropy, fixed: [0, 1], table: "doubt" };
}

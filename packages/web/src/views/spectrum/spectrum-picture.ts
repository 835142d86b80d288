/** All that the picture of a spectrum is made of, computed once per change and drawn by `draw-spectrum.ts`. */
import {
  type Axis,
  energyOfChannel,
  fwhmKev,
  isEnergyCalibrated,
  logFloor,
  type MarkedLine,
  markedLines,
  spectrumView,
} from "@sigma-eds/core";
import { linesMarked } from "../../session/marked-lines.js";
import type { ViewSession } from "../../session/view-session.js";
import { type ComparedChannels, channelsToJoin, compareTraces } from "./compare-traces.js";
import { type LineLabels, lineLabels } from "./line-labels.js";
import { type PlotGeometry, plotGeometry } from "./plot-geometry.js";
import { type Against, isPinName, type SpectrumSpec } from "./spectrum-spec.js";
import { classTrace, sumTrace, type Trace, tracesOf, unitFactor } from "./traces.js";

/** Energy at the middle of channel 0 and width of a channel: keV, or channels where the axis has no calibration. */
export interface PlottedAxis {
  readonly size: number;
  readonly offset: number;
  readonly scale: number;
  readonly calibrated: boolean;
}

export interface Compared extends ComparedChannels {
  readonly kind: "difference" | "ratio";
  readonly names: readonly [one: string, other: string];
  /** Why it is the sum that is compared with, where another was asked for. */
  readonly why?: string | undefined;
}

export interface SpectrumPicture {
  readonly axis: PlottedAxis;
  readonly plot: PlotGeometry;
  readonly traces: readonly Trace[];
  readonly unit: SpectrumSpec["unit"];
  readonly scaleName: SpectrumSpec["scale"];
  readonly labels: LineLabels;
  /** Lines that are named, most telling first where there is no room. */
  readonly lines: readonly MarkedLine[];
  readonly compared: Compared | undefined;
  /** Why nothing is compared, though it is asked for. */
  readonly notCompared: string | undefined;
  /** Energies that the axis has to offer. */
  readonly limits: readonly [from: number, to: number];
}

export interface PictureRequest {
  readonly session: ViewSession;
  readonly spec: SpectrumSpec;
  readonly selected: Parameters<typeof tracesOf>[0]["selected"];
  readonly active: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly widthOf: (text: string) => number;
}

const NOTHING_TO_COMPARE = "Nothing to compare yet: select pixels, or press 1 to 9 for a class.";
/** Pixels that it takes to say so. */
const SAID = 22;
/** Height of the strip that compares, its words above it included, of all below the names. */
const STRIP_SHARE = 1 / 3;
/** In a low view, so that its bars are still to be seen. */
const LEAST_STRIP = 60;

/** Undefined before a spectrum image is open. */
export function spectrumPicture(request: PictureRequest): SpectrumPicture | undefined {
  const { session, spec, selected, active, width, height } = request;
  const { image, analysis } = session;
  const energyAxis = analysis?.energyAxis ?? image?.energyAxis;
  if (energyAxis === undefined) return undefined;
  const axis = plottedAxis(energyAxis);
  const traces = tracesOf({ image, analysis, active, selected, hovered: undefined }, spec);
  const limits = [axis.offset, axis.offset + (axis.size - 1) * axis.scale] as const;
  const range = clippedRange(spec.range, limits) ?? standardRange(session, limits);
  const compared = comparisonOf(request, traces, axis);
  const isAsked = spec.comparison !== "none" && session.linked.selection.current.value.count === 0;
  const notCompared = isAsked && compared === undefined ? NOTHING_TO_COMPARE : undefined;
  const empty = notCompared === undefined ? 0 : SAID;
  const strip = compared === undefined ? empty : Math.max(LEAST_STRIP, Math.round((height - 60) * STRIP_SHARE));
  const plot = plotGeometry({ width, height, range, scale: spec.scale, ...extent(traces, spec, axis, range), strip });
  const lines = axis.calibrated ? linesToName(session, active) : [];
  return {
    axis,
    plot,
    traces,
    unit: spec.unit,
    scaleName: spec.scale,
    labels: lineLabels(lines, plot, request.widthOf),
    lines,
    compared,
    notCompared,
    limits,
  };
}

function plottedAxis(axis: Axis): PlottedAxis {
  if (!isEnergyCalibrated(axis)) return { size: axis.size, offset: 0, scale: 1, calibrated: false };
  return { size: axis.size, offset: axis.offset, scale: axis.scale, calibrated: true };
}

/** Marked lines, and those by which the active class stands out. */
function linesToName(session: ViewSession, active: number | undefined): MarkedLine[] {
  const { analysis, image } = session;
  if (image === undefined) return [];
  const phase = analysis?.classes.find(({ id }) => id === active);
  const { sumSpectrum = image.sumSpectrum, energyAxis = image.energyAxis } = analysis ?? {};
  return markedLines({ lines: linesMarked(session), image: { metadata: image.metadata, energyAxis }, sumSpectrum }, phase);
}

function standardRange(session: ViewSession, limits: readonly [number, number]): readonly [number, number] {
  const { analysis, image } = session;
  if (image === undefined) return limits;
  const energyAxis = analysis?.energyAxis ?? image.energyAxis;
  const { from, to } = spectrumView({
    lines: linesMarked(session),
    sumSpectrum: analysis?.sumSpectrum ?? image.sumSpectrum,
    image: { metadata: image.metadata, energyAxis },
  });
  return from < to ? [from, to] : limits;
}

function clippedRange(
  range: readonly [number, number] | undefined,
  [low, high]: readonly [number, number],
): readonly [number, number] | undefined {
  if (range === undefined) return undefined;
  const [from, to] = [Math.max(low, range[0]), Math.min(high, range[1])];
  return from < to ? [from, to] : undefined;
}

/** Electronics below; their peak must not set the height. */
const ZERO_PEAK_KEV = 0.1;

function extent(
  traces: readonly Trace[],
  { unit, scale }: SpectrumSpec,
  axis: PlottedAxis,
  [from, to]: readonly [number, number],
): { readonly floor: number; readonly most: number } {
  let most = 0;
  let floor = Number.POSITIVE_INFINITY;
  const start = axis.calibrated ? Math.max(from, ZERO_PEAK_KEV) : from;
  const view = { energy: { offsetKev: axis.offset, scaleKev: axis.scale }, from, to, drawFrom: start };
  for (const trace of traces) {
    const factor = unitFactor(trace, unit);
    const first = Math.max(0, Math.ceil((start - axis.offset) / axis.scale));
    const last = Math.min(trace.spectrum.length - 1, Math.floor((to - axis.offset) / axis.scale));
    for (let c = first; c <= last; c++) most = Math.max(most, factor * trace.spectrum[c]!);
    if (scale === "log" && trace.id !== "maximum") floor = Math.min(floor, factor * logFloor(trace.spectrum, view, 1));
  }
  if (most === 0) return { floor: 1e-3, most: 1 };
  return { most, floor: Math.min(Math.max(floor, most * 1e-5), most / 20) };
}

/** Standard errors; smaller differences are of rounding. */
const NO_DIFFERENCE = 1e-6;

/** In words; undefined where the sum was asked for. */
export function whySum(
  wanted: Against | undefined,
  one: Pick<Trace, "name">,
  other: Pick<Trace, "name"> | undefined,
): string | undefined {
  if (wanted === "sum") return undefined;
  if (other === undefined) return "no class is active";
  return one.name === other.name ? "nothing differs from itself" : `it is all of ${other.name}`;
}

function comparisonOf(
  { session, spec, selected, active }: PictureRequest,
  traces: readonly Trace[],
  axis: PlottedAxis,
): Compared | undefined {
  if (spec.comparison === "none") return undefined;
  const sum = sumTrace(session);
  const wanted = spec.against === "active" ? active : spec.against;
  const other = isPinName(wanted)
    ? traces.find(({ id }) => id === wanted)
    : typeof wanted === "number"
      ? classTrace(session.analysis, wanted, "line")
      : sum;
  const one =
    selected !== undefined && selected.pixels > 0
      ? traces.find(({ id }) => id === "selection")
      : traces.find(({ id }) => id === `class ${active}`);
  if (one === undefined || sum === undefined) return undefined;
  const middle = energyOfChannelOf(axis, axis.size / 4);
  const joined = axis.calibrated ? channelsToJoin(fwhmKev(middle), axis.scale) : 4;
  const kind = spec.comparison;
  const toOther = one.id === other?.id || other === undefined ? undefined : compareTraces(one, other, joined);
  // The whole active class, selected, differs from itself by nothing.
  if (toOther === undefined || other === undefined || toOther.sigma.every((value) => Math.abs(value) < NO_DIFFERENCE)) {
    return { ...compareTraces(one, sum, joined), kind, names: [one.name, sum.name], why: whySum(wanted, one, other) };
  }
  return { ...toOther, kind, names: [one.name, other.name] };
}

function energyOfChannelOf({ offset, scale, size }: PlottedAxis, channel: number): number {
  return energyOfChannel({ name: "energy", size, offset, scale, units: "keV" }, channel);
}

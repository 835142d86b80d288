/** What is drawn in a spectrum: counts of some pixels each, and how each looks. */
import { formatNumber, type PhaseClass } from "@sigma-eds/core";
import type { AnalysisSnapshot, Grid, LoadedImage, PixelsSpectrum } from "../../worker/engine-protocol.js";
import type { IntensityUnit, SpectrumSpec } from "./spectrum-spec.js";

/** `area`: filled grey; `line`: as it is; `thick`: the selection; `thin`: what is hovered; `dashed`: pinned. */
export type TraceLook = "area" | "line" | "thick" | "thin" | "dashed";

export interface Trace {
  /** `sum`, `maximum`, `selection`, `class 3`, `pin 0`, `hovered` */
  readonly id: string;
  readonly name: string;
  readonly look: TraceLook;
  /** `#rrggbb` of a class; undefined: ink. */
  readonly colour: string | undefined;
  /** Float64 [channels], counts of all its pixels together. */
  readonly spectrum: Float64Array;
  readonly pixels: number;
}

export interface TraceSources {
  readonly image: LoadedImage | undefined;
  readonly analysis: AnalysisSnapshot | undefined;
  readonly active: number | undefined;
  readonly selected: PixelsSpectrum | undefined;
  readonly hovered: PixelsSpectrum | undefined;
}

/** Traces in the order in which they are drawn, the hovered pixel last. */
export function tracesOf(sources: TraceSources, spec: SpectrumSpec): Trace[] {
  const { selected, hovered } = sources;
  const active = sources.active === undefined ? undefined : classTrace(sources.analysis, sources.active, "line");
  return [
    ...(spec.sum ? [sumTrace(sources)] : []),
    ...(spec.maximum ? [maximumTrace(sources)] : []),
    ...spec.pins.map((_, i) => pinTrace(sources, spec, i)),
    active,
    selected === undefined || selected.pixels === 0
      ? undefined
      : ({ id: "selection", name: "Selection", look: "thick", colour: undefined, ...selected } satisfies Trace),
    hovered === undefined || hovered.pixels === 0
      ? undefined
      : ({ id: "hovered", name: "Pixel", look: "thin", colour: undefined, ...hovered } satisfies Trace),
  ].filter((trace) => trace !== undefined);
}

/** The pixel under the pointer, by its column and row: `Pixel 241, 282`. */
export function hoveredTrace(
  { pixels, spectrum }: PixelsSpectrum,
  pixel: number,
  { width, height }: Pick<Grid, "width" | "height">,
): Trace {
  const inFrame = pixel % (width * height);
  const name = `Pixel ${inFrame % width}, ${Math.floor(inFrame / width)}`;
  return { id: "hovered", name, look: "thin", colour: undefined, pixels, spectrum };
}

/** All pixels together: of the analysed map, or of the file before anything is analysed. */
export function sumTrace({ image, analysis }: Pick<TraceSources, "image" | "analysis">): Trace | undefined {
  const spectrum = analysis?.sumSpectrum ?? image?.sumSpectrum;
  const pixels = analysis?.countMap.length ?? image?.countMap.length;
  if (spectrum === undefined || pixels === undefined) return undefined;
  return { id: "sum", name: "Sum", look: "area", colour: undefined, spectrum, pixels };
}

function maximumTrace({ image, analysis }: TraceSources): Trace | undefined {
  const spectrum = image?.maximumSpectrum;
  const channels = analysis?.energyAxis.size ?? image?.energyAxis.size;
  if (spectrum === undefined || spectrum.length !== channels) return undefined;
  return { id: "maximum", name: "Maximum", look: "thin", colour: undefined, spectrum, pixels: 1 };
}

/** The counts of a class: its mean times its pixels. */
export function classTrace(analysis: AnalysisSnapshot | undefined, id: number, look: TraceLook): Trace | undefined {
  const index = analysis?.classes.findIndex((phase) => phase.id === id) ?? -1;
  const phase: PhaseClass | undefined = analysis?.classes[index];
  const mean = analysis?.classSpectra[index];
  if (phase === undefined || mean === undefined || phase.pixels === 0) return undefined;
  const spectrum = mean.map((value) => value * phase.pixels);
  return { id: `class ${id}`, name: phase.name, look, colour: phase.colour, spectrum, pixels: phase.pixels };
}

function pinTrace(sources: TraceSources, { pins }: SpectrumSpec, i: number): Trace | undefined {
  const pin = pins[i];
  if (pin === undefined) return undefined;
  if (pin.kind === "counts")
    return {
      id: `pin ${i}`,
      name: pin.name,
      look: "dashed",
      colour: undefined,
      spectrum: Float64Array.from(pin.spectrum),
      pixels: pin.pixels,
    };
  const trace = classTrace(sources.analysis, pin.id, "dashed");
  return trace === undefined ? undefined : { ...trace, id: `pin ${i}` };
}

export function totalOf(spectrum: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < spectrum.length; c++) sum += spectrum[c]!;
  return sum;
}

/** What counts are multiplied with to be in a unit; `normalised` is per cent of all counts per channel. */
export function unitFactor({ spectrum, pixels }: Pick<Trace, "spectrum" | "pixels">, unit: IntensityUnit): number {
  if (unit === "total") return 1;
  if (unit === "per-pixel") return 1 / Math.max(1, pixels);
  return 100 / Math.max(1, totalOf(spectrum));
}

export const unitNames: Readonly<Record<IntensityUnit, string>> = {
  "per-pixel": "Counts/px",
  total: "Counts",
  normalised: "% of counts",
};

/** The value of a trace in a channel, with the unit: `0.52 counts/px`. */
export function formatTrace(trace: Trace, channel: number, unit: IntensityUnit): string {
  const value = unitFactor(trace, unit) * (trace.spectrum[channel] ?? 0);
  return `${formatNumber(value)} ${unitNames[unit].toLowerCase()}`;
}

/** Which part of a spectrum is drawn, and which lines are named in it. */
import type { Analysis, PhaseClass } from "../pipeline/analysis.js";
import { energyOfChannel, isEnergyCalibrated } from "../spectrum-image/axis.js";
import { fwhmKev } from "../xray/detector.js";
import { linesOf, lineWithName } from "../xray/lines.js";
import type { MarkedLine } from "./figures/line-names.js";
import type { SpectrumPlot } from "./figures/spectrum-plot.js";
import { elementOf } from "./line-notation.js";
import { separateLines } from "./separate-lines.js";

export type SpectrumView = Pick<SpectrumPlot, "energy" | "from" | "to" | "drawFrom">;

type ImageMetadata = Analysis["image"]["metadata"];

/** What it takes to name lines: those that are marked, and the beam; with a spectrum, those of their elements that make peaks of their own are named, too. */
export interface ViewedLines {
  readonly lines: readonly string[];
  readonly image: {
    readonly metadata: Pick<ImageMetadata, "beamEnergyKev"> & Partial<Pick<ImageMetadata, "detector">>;
    readonly energyAxis?: Analysis["image"]["energyAxis"];
  };
  readonly sumSpectrum?: Float64Array | undefined;
}

/** What it takes to choose the part of a spectrum that is drawn. */
export interface ViewedSpectrum extends ViewedLines {
  readonly image: ViewedLines["image"] & Pick<Analysis["image"], "energyAxis">;
  readonly sumSpectrum: Float64Array | undefined;
}

/** What lies below is electronics, not X-rays. */
const ZERO_PEAK_KEV = 0.1;
/** So large a share of the counts is shown in any case. */
const SHARE_SHOWN = 0.985;
const ROOM_KEV = 0.6;

/** From 0 keV to beyond the highest marked line and nearly all counts, never beyond beam or axis. Channels without calibration. */
export function spectrumView({ image, lines, sumSpectrum }: ViewedSpectrum): SpectrumView {
  const axis = image.energyAxis;
  if (!isEnergyCalibrated(axis)) return { energy: undefined, from: 0, to: axis.size };
  const end = energyOfChannel(axis, axis.size - 1);
  const highest = Math.max(0, ...[...lines, ...betas(lines)].map((name) => lineWithName(name)?.energyKev ?? 0));
  const wanted = Math.max(highest + ROOM_KEV, sumSpectrum === undefined ? end : energyBelowWhich(sumSpectrum, SHARE_SHOWN, axis));
  const to = Math.min(end, image.metadata.beamEnergyKev ?? end, Math.ceil(2 * wanted) / 2);
  return {
    energy: { offsetKev: axis.offset, scaleKev: axis.scale },
    from: 0,
    to: Math.max(to, axis.scale),
    drawFrom: ZERO_PEAK_KEV,
  };
}

/**
 * Where a logarithmic axis starts: well below nearly all of what is shown, but not below half a count in the whole class and not below a
 * ten-thousandth of the highest peak.
 */
export function logFloor(spectrum: Float64Array, view: SpectrumView, pixels: number): number {
  const { energy, from, to, drawFrom = from } = view;
  const shown = spectrum.filter((value, c) => {
    const at = energy === undefined ? c : energy.offsetKev + c * energy.scaleKev;
    return value > 0 && at >= drawFrom && at <= to;
  });
  if (shown.length === 0) return 1e-6;
  shown.sort();
  const low = shown[Math.floor(shown.length * 0.05)]! * 0.6;
  return Math.max(low, 0.5 / Math.max(1, pixels), shown.at(-1)! * 1e-4);
}

/** Counts per channel from which a spectrum can be followed by eye. */
const COUNTS_TO_FOLLOW = 4;
const WIDEST_JOIN_KEV = 0.045;

/**
 * The spectrum of a class with few counts in steps: neighbouring channels take their mean, by 2 or 4 until a channel of the part shown holds
 * 4 counts on average, never wider than 45 eV. Nothing is smoothed and no count is lost.
 */
export function joinedChannels(
  spectrum: Float64Array,
  counts: number,
  { energy, from, to }: SpectrumView,
): { factor: number; joined: Float64Array } {
  const width = energy?.scaleKev ?? 1;
  const shown = Math.max(1, (to - from) / width);
  const factor =
    [1, 2, 4].findLast(
      (wider) => wider === 1 || (counts * (wider / 2) < COUNTS_TO_FOLLOW * shown && wider * width <= WIDEST_JOIN_KEV),
    ) ?? 1;
  if (factor === 1 || energy === undefined) return { factor: 1, joined: spectrum };
  const joined = spectrum.map((_, c) => {
    const block = spectrum.subarray(c - (c % factor), c - (c % factor) + factor);
    return block.reduce((sum, value) => sum + value, 0) / block.length;
  });
  return { factor, joined };
}

/**
 * The marked lines, Kβ where it stands apart, other lines of their elements where the sum spectrum has a peak that no marked line explains, and the lines by which the class
 * stands out, in bold. Lines above the beam energy cannot be and are left out.
 */
export function markedLines({ lines, image, sumSpectrum }: ViewedLines, phase?: Pick<PhaseClass, "dominantLines">): MarkedLine[] {
  const beam = image.metadata.beamEnergyKev ?? Infinity;
  const standing = phase?.dominantLines.filter(({ ratioToMean, sigma }) => ratioToMean > 1.05 && sigma > 3).slice(0, 5) ?? [];
  const strong = new Set(standing.map(({ line }) => line));
  const named = new Set([...lines, ...strong]);
  const certain = [...named, ...betas([...named])];
  return [...new Set([...certain, ...separate(certain, image, sumSpectrum)])].flatMap((name): MarkedLine[] => {
    const line = lineWithName(name);
    if (line === undefined || line.edgeKev >= beam) return [];
    const emphasised = strong.has(name);
    return [{ name, energyKev: line.energyKev, emphasised, priority: emphasised ? 3 : named.has(name) ? 2 : 1 }];
  });
}

function separate(named: readonly string[], { metadata, energyAxis }: ViewedLines["image"], spectrum: Float64Array | undefined) {
  if (spectrum === undefined || energyAxis === undefined || !isEnergyCalibrated(energyAxis)) return [];
  const { beamEnergyKev = Infinity, detector } = metadata;
  return separateLines(named, { spectrum, axis: energyAxis, resolutionEv: detector?.resolutionEv, beamEnergyKev });
}

/** Kβ of the elements whose Kα is named, where the detector separates it from the Kα by far and from every other named line. */
function betas(named: readonly string[]): string[] {
  const energies = named.flatMap((name) => lineWithName(name)?.energyKev ?? []);
  return named.flatMap((name) => {
    const alpha = lineWithName(name);
    const beta = name.endsWith("_Ka") ? linesOf(elementOf(name)).find((line) => line.name.endsWith("_Kb")) : undefined;
    if (alpha === undefined || beta === undefined) return [];
    const width = fwhmKev(beta.energyKev);
    const alone = energies.every(
      (energy) => Math.abs(energy - beta.energyKev) > (energy === alpha.energyKev ? 2.4 : 0.8) * width,
    );
    return alone ? [beta.name] : [];
  });
}

/**
 * The line that a bin is named after: the nearest marked line (Kβ included) within 0.7 of the detector's width; else the one proposed, if
 * its element is marked or nothing is; else none. Keeps rare elements that merely happen to have a line there out of the tables.
 */
export function lineOfBin(analysis: Analysis, energyKev: number, proposed: string | undefined): string | undefined {
  const reach = 0.7 * fwhmKev(energyKev, analysis.image.metadata.detector.resolutionEv);
  const near = markedLines({ lines: analysis.lines, image: analysis.image })
    .map(({ name, energyKev: energy }) => ({ name, distance: Math.abs(energy - energyKev) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)[0];
  if (near !== undefined) return near.name;
  const marked = new Set(analysis.lines.map(elementOf));
  return proposed !== undefined && (marked.size === 0 || marked.has(elementOf(proposed))) ? proposed : undefined;
}

function energyBelowWhich(
  spectrum: Float64Array,
  share: number,
  axis: { readonly offset: number; readonly scale: number },
): number {
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (let c = 0; c < spectrum.length; c++) {
    sum += spectrum[c]!;
    if (sum >= share * total) return axis.offset + c * axis.scale;
  }
  return axis.offset + (spectrum.length - 1) * axis.scale;
}

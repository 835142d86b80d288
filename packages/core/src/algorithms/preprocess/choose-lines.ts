import { z } from "zod";
import { channelOfEnergy } from "../../spectrum-image/axis.js";
import { binCounts } from "../../spectrum-image/bin.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import { classSpectra, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { elements as allElements, isElement } from "../../xray/elements.js";
import type { Algorithm } from "../algorithm.js";
import { type ElementEvidence, elementFit } from "./element-fit.js";
import { requireEnergyAxis, USUAL_RESOLUTION_EV } from "./line-windows.js";
import { fittedShape, type PeakShape } from "./peak-shape.js";
import { topHatHalfWidths } from "./top-hat.js";
import { type ChannelSum, weightedMaps } from "./weighted-maps.js";

/** Gases that no solid holds in amounts that EDS sees, and elements without stable isotopes but Th and U. */
const UNLIKELY = ["He", "Ne", "Kr", "Xe", "Tc", "Pm", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Pa"];
const HEAVIEST = 92;
const LIGHTEST = 5;

const parameters = z.strictObject({
  significance: z.number().min(3).max(100).default(8).meta({
    title: "Significance",
    description:
      "A line counts as present when its filtered counts exceed this many standard errors, in the whole map or in a part of it.",
    unit: "standard errors",
  }),
  minimumShare: z.number().min(0).max(1).default(0.4).meta({
    title: "Least share of the peak",
    description:
      "A line counts as present when at least this share of the peak at its energy is its own and not of overlapping lines.",
    unit: "of the peak",
  }),
  leaveOut: z.array(z.string().refine(isElement, "Not an element symbol")).default(UNLIKELY).meta({
    title: "Elements not looked for",
    description: "Symbols of elements that cannot be there.",
  }),
  fromKev: z.number().min(0).max(20).default(0.2).meta({
    title: "Lowest energy",
    description: "Lines below are not looked for; the zero peak and noise lie there.",
    unit: "keV",
  }),
  parts: z.int().min(1).max(64).default(8).meta({
    title: "Parts of the map",
    description:
      "The map is also looked at in this many by this many parts, so that an element of a few grains is found; 1 looks at the whole only.",
    unit: "parts per axis",
  }),
});

type Parameters = z.output<typeof parameters>;

/** A line that was looked at, and what became of it. */
export interface LineChoice extends ElementEvidence {
  /** `map`: significant in the sum of all pixels; `part`: in a part of the map only; `no`: not chosen. */
  readonly chosen: "map" | "part" | "no";
  /** One sentence. */
  readonly reason: string;
}

export interface ChosenLines {
  /** One line per element, by rising energy. */
  readonly lines: readonly string[];
  /** Alphabetical. */
  readonly elements: readonly string[];
  /** Every element that was chosen, or whose line stands out but was not chosen, strongest first. */
  readonly choices: readonly LineChoice[];
  readonly findings: readonly Finding[];
}

/**
 * The elements that the spectrum shows, and the line to map each with. Families of lines are fitted together, so that a beta line is not taken for
 * another element's alpha line, and lines that the beam cannot excite are not considered. Nothing is left out silently: `choices` says why.
 */
export const chooseLines: Algorithm<typeof parameters, SpectrumImage, ChosenLines> = {
  id: "choose-lines",
  name: "Choice of X-ray lines",
  summary: "Finds the elements whose peaks stand out, in the whole map or in a part of it, and one line for each.",
  reference: "Schamber 1977; Statham 1977, doi:10.1021/ac50021a037",
  parameters,
  run: runChooseLines,
};

const DEFAULT_BEAM_KEV = 20;
/** A line must show as a peak of its own. What appears only after a much larger neighbour is subtracted may be that neighbour's wrong shape. */
const LEAST_PEAK_SIGMA = 3;

async function runChooseLines(image: SpectrumImage, given: Parameters, context: SeededContext): Promise<ChosenLines> {
  const axis = requireEnergyAxis(image);
  const breath = breather(context);
  const { counts } = image;
  const beamEnergyKev = image.metadata.beamEnergyKev ?? DEFAULT_BEAM_KEV;
  const resolutionEv = image.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV;
  const [sum] = await pass(counts, [sumSpectrum(counts)], partOf(context, 0, 0.3));
  const looked = allElements.filter(
    ({ number, symbol }) => number >= LIGHTEST && number <= HEAVIEST && !given.leaveOut.includes(symbol),
  );
  const toKev = Math.min(beamEnergyKev, axis.offset + (axis.size - 1) * axis.scale);
  const symbols = looked.map(({ symbol }) => symbol);
  const options = { axis, beamEnergyKev, resolutionEv, fromKev: given.fromKev, toKev, significance: given.significance };
  const shape = await fittedShape(symbols, sum, options, breath);
  const fit = elementFit(symbols, { ...options, ...shape });
  await breath();
  const whole = fit.of(sum);
  const best = await strongestParts(image, whole, shape, given, partOf(context, 0.3, 0.7));
  const spectra = await partSpectra(image, best, given, partOf(context, 0.7, 0.95));
  const local = new Map<string, ElementEvidence>();
  for (const [part, spectrum] of spectra) {
    await breath();
    for (const evidence of fit.of(spectrum)) if (best.get(evidence.element) === part) local.set(evidence.element, evidence);
  }
  const choices = whole.flatMap((evidence) => judge(evidence, local.get(evidence.element), given) ?? []).sort(byStrength);
  const kept = choices.filter(({ chosen }) => chosen !== "no");
  context.onProgress?.(1);
  return {
    lines: [...kept].sort((a, b) => a.line.energyKev - b.line.energyKev).map(({ line }) => line.name),
    elements: kept.map(({ element }) => element).sort(),
    choices,
    findings: findingsOf(kept, given, image.metadata.beamEnergyKev),
  };
}

function byStrength(a: LineChoice, b: LineChoice): number {
  return b.sigma - a.sigma || a.line.energyKev - b.line.energyKev;
}

/** undefined for an element of which nothing is seen: no peak, and not half the significance. */
function judge(
  whole: ElementEvidence,
  local: ElementEvidence | undefined,
  { significance, minimumShare }: Parameters,
): LineChoice | undefined {
  const passes = (evidence: ElementEvidence) =>
    evidence.sigma >= significance && evidence.peakSigma >= LEAST_PEAK_SIGMA && evidence.share >= minimumShare;
  const name = whole.line.name;
  if (passes(whole))
    return {
      ...whole,
      chosen: "map",
      reason: `${name} stands out by ${whole.sigma.toFixed(0)} standard errors in the whole map.`,
    };
  if (local !== undefined && passes(local)) {
    return {
      ...local,
      chosen: "part",
      reason: `${name} stands out by ${local.sigma.toFixed(0)} standard errors in a part of the map.`,
    };
  }
  const seen = local !== undefined && local.peakSigma > whole.peakSigma ? local : whole;
  if (Math.max(2 * seen.sigma, seen.peakSigma) < significance) return undefined;
  const reason =
    seen.peakSigma < significance
      ? `${name} may be there: ${seen.sigma.toFixed(1)} standard errors once its neighbours are subtracted, but no clear peak of its own.`
      : `There is a peak at ${name}, but lines of other elements explain ${(100 * (1 - seen.share)).toFixed(0)} % of it.`;
  return { ...seen, chosen: "no", reason };
}

/** The map in parts: how many pixels are joined along the last two navigation axes. */
function partFactors({ counts: { navigationShape: shape } }: SpectrumImage, parts: number): number[] {
  return shape.map((size, axis) => (axis < shape.length - 2 ? 1 : Math.max(1, Math.floor(size / parts))));
}

/** For each element that the whole map does not show: the part of the map in which its line stands out most, if it does. */
async function strongestParts(
  image: SpectrumImage,
  whole: readonly ElementEvidence[],
  { resolutionEv, shiftKev }: PeakShape,
  { significance, minimumShare, parts }: Parameters,
  context: SeededContext,
): Promise<Map<string, number>> {
  const best = new Map<string, number>();
  const hidden = whole.filter(({ sigma, share }) => sigma < significance || share < minimumShare);
  if (parts === 1 || pixelCount(image.counts.navigationShape) === 1 || hidden.length === 0) return best;
  const binned = binCounts(image.counts, { navigation: partFactors(image, parts) });
  const axis = requireEnergyAxis(image);
  const halfWidths = topHatHalfWidths(axis, resolutionEv);
  const sums = hidden.map(({ line }) => filterAt(Math.round(channelOfEnergy(axis, line.energyKev + shiftKev)), halfWidths));
  const [{ values, variances }] = await pass(binned, [weightedMaps(binned, sums, true)], context);
  hidden.forEach(({ element }, j) => {
    let strongest = significance;
    for (let part = 0; part * sums.length < values.length; part++) {
      const sigma = values[part * sums.length + j]! / Math.sqrt(Math.max(1, variances![part * sums.length + j]!));
      if (sigma < strongest) continue;
      strongest = sigma;
      best.set(element, part);
    }
  });
  return best;
}

/** The top-hat filter at one channel as weights; nothing where it reaches beyond the axis. */
function filterAt(channel: number, halfWidths: Uint16Array): ChannelSum {
  const half = halfWidths[channel] ?? 0;
  if (half === 0 || channel - 2 * half < 0 || channel + 2 * half >= halfWidths.length) return { channels: [], weights: [] };
  const channels = Array.from({ length: 4 * half + 1 }, (_, i) => channel - 2 * half + i);
  return { channels, weights: channels.map((c) => (Math.abs(c - channel) <= half ? 1 : -(2 * half + 1) / (2 * half))) };
}

/** Sum spectra of the parts that matter. */
async function partSpectra(
  image: SpectrumImage,
  best: ReadonlyMap<string, number>,
  { parts }: Parameters,
  context: SeededContext,
): Promise<[part: number, spectrum: Float64Array][]> {
  if (best.size === 0) return [];
  const wanted = [...new Set(best.values())].sort((a, b) => a - b);
  const binned = binCounts(image.counts, { navigation: partFactors(image, parts) });
  const labels = new Int32Array(pixelCount(binned.navigationShape)).fill(-1);
  wanted.forEach((part, i) => {
    labels[part] = i;
  });
  const [spectra] = await pass(binned, [classSpectra(binned, labels, wanted.length)], context);
  return wanted.map((part, i) => [part, spectra[i]!]);
}

function findingsOf(
  kept: readonly LineChoice[],
  { leaveOut, fromKev }: Parameters,
  beamEnergyKev: number | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const add = (severity: Finding["severity"], code: string, message: string) => findings.push({ severity, code, message });
  if (beamEnergyKev === undefined)
    add("warning", "beam-energy-unknown", `The file states no beam energy; lines are chosen for ${DEFAULT_BEAM_KEV} keV.`);
  if (kept.length === 0) add("warning", "no-lines-found", "No X-ray line stands out from the background.");
  if (leaveOut.length > 0)
    add(
      "info",
      "elements-not-looked-for",
      `Not looked for: ${leaveOut.join(", ")}, elements lighter than B and lines below ${fromKev} keV.`,
    );
  return findings;
}

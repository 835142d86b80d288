/** Lines, their windows and what is made of them: the steps `elements`, `maps`, `features`, `normalise` and `spectra`. */
import {
  countOf,
  formatCount,
  formatNumber,
  formatPercent,
  fwhmKev,
  isEnergyCalibrated,
  lineText,
  lineWithName,
} from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import { type Basis, channelsWithin, sumOf } from "./basis.js";
import { type Ground, pixelsOf } from "./ground.js";
import { levelsOf } from "./levels.js";
import { columnOf } from "./matrix-column.js";
import type { EntryOf, Tellers } from "./teller.js";
import { axisWords, belowWords, lineWindowWords, meanCounts, peakWords, pixelsWords, secondsWords, someOf } from "./words.js";

export const elements: Tellers<EntryOf<"elements">> = {
  elements(value, { basis, entry, result }) {
    if (entry.lines.length > 0) return `Not used: ${countOf(entry.lines.length, "line")} are given.`;
    if (value.length > 0)
      return `${countOf(value.length, "element")} of those that the axis reaches, ${axisWords(basis.energyAxis)}.`;
    const source = basis.metadata.elements.length > 0 ? "Empty: the file names" : "Empty: the spectrum shows";
    const found = result === undefined || result.lines.length === 0 ? basis.metadata.elements : elementsOf(result.lines);
    return found.length === 0
      ? `${source} which, on ${axisWords(basis.energyAxis)}.`
      : `${source} ${formatCount(found.length)}: ${someOf(found, 12)}.`;
  },
  lines(value, { basis, result }) {
    if (value.length > 0) return windowsWords(value, basis);
    const chosen = result?.lines ?? [];
    return chosen.length === 0
      ? "Empty: one line is chosen for each element."
      : `Empty: one is chosen for each element. ${windowsWords(chosen, basis)}`;
  },
  significance(value, { basis, entry }) {
    const { energyAxis, spectrum, resolutionEv } = basis;
    if (entry.elements.length + entry.lines.length > 0) return "Without effect: what to map is given.";
    if (basis.metadata.elements.length > 0)
      return `Without effect: the file names ${countOf(basis.metadata.elements.length, "element")}.`;
    if (!isEnergyCalibrated(energyAxis))
      return `${formatNumber(value)} standard errors, on an axis without energies: no line is looked for.`;
    const width = fwhmKev(5.9, resolutionEv);
    const [from, to] = channelsWithin(energyAxis, [5.9 - width, 5.9 + width]);
    const counts = sumOf(spectrum, from, to);
    return `At 5.9 keV, where the window of a line holds ${formatCount(counts)} counts, ${formatNumber(value)} standard errors of counting are ${formatCount(value * Math.sqrt(counts))} counts.`;
  },
};

function elementsOf(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map((line) => lineWithName(line)?.element ?? line))];
}

/** The narrowest and the widest of the windows. */
function windowsWords(lines: readonly string[], basis: Basis, resolution?: number): string {
  const sorted = lines
    .filter((line) => lineWithName(line) !== undefined)
    .toSorted((a, b) => lineWithName(a)!.energyKev - lineWithName(b)!.energyKev);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return `${countOf(lines.length, "line")}.`;
  const words = sorted.length === 1 ? "" : ` to ${lineWindowWords(last, basis, resolution)}`;
  return `${countOf(lines.length, "line")}, ${sorted.length === 1 ? "" : "from "}${lineWindowWords(first, basis, resolution)}${words}.`;
}

export const maps: Tellers<EntryOf<"maps">> = {
  method(value, { basis, input, measured }) {
    const lines = input === undefined ? "" : ` × ${countOf(input.lines.length, "line")}`;
    const pixels = `${countOf(pixelsOf(basis), "pixel")}${lines}`;
    const took =
      measured?.entry.step === "maps" && measured.entry.method === value
        ? `; the last run took ${secondsWords(measured.seconds)}`
        : "";
    return value === "fit"
      ? `Fits the families of lines and the continuum to ${pixels}${took}.`
      : `Counts in windows of ${pixels}${took}.`;
  },
  background: (value, ground) => backgroundWords(value, ground),
};

/** What is in the windows of the lines, as they are counted now. */
export function backgroundWords(value: "none" | "linear", { input, result, basis }: Ground<unknown>): string {
  const lines = (input ?? result)?.lines ?? [];
  const counts = lines.reduce((sum, line) => sum + countsInWindow(line, basis), 0);
  const share = counts / Math.max(1, sumOf(basis.spectrum, 0, basis.spectrum.length));
  const windows =
    lines.length === 0
      ? "windows of two widths of a peak"
      : `the windows of ${countOf(lines.length, "line")}, which hold ${formatPercent(share)} of all counts`;
  return value === "none"
    ? `All counts in ${windows}, continuum included.`
    : `Counts in ${windows}, less a line between their sides, ${peakWords(6, basis)} wide at 6 keV.`;
}

function countsInWindow(line: string, { energyAxis, spectrum, resolutionEv }: Basis): number {
  const energy = lineWithName(line)?.energyKev;
  if (energy === undefined || !isEnergyCalibrated(energyAxis)) return 0;
  const width = fwhmKev(energy, resolutionEv);
  return sumOf(spectrum, ...channelsWithin(energyAxis, [energy - width, energy + width]));
}

export const features: Tellers<EntryOf<"features">> = {
  lines(value, { input, basis }) {
    const lines = value.length > 0 ? value : (input?.lines ?? []);
    if (lines.length === 0) return `Empty: the lines of the step before, or bands of ${axisWords(basis.energyAxis)}.`;
    return `A pixel is ${countOf(lines.length, "number")} instead of ${countOf(basis.energyAxis.size, "channel")}: ${someOf(lines.map(lineText), 8)}.`;
  },
  background: (value, ground) => backgroundWords(value, ground),
  lineCentre(value, { basis }) {
    const channel = isEnergyCalibrated(basis.energyAxis)
      ? `${formatNumber(basis.energyAxis.scale * 1000)} eV wide`
      : "without energies";
    return value === "mean"
      ? `The strongest member of Fe Kα would lie 4 eV higher; a channel is ${channel}.`
      : `Fe Kα lies 4 eV higher than its mean; a channel is ${channel}.`;
  },
  resolutionEv(value, { basis, input }) {
    const lines = input?.lines ?? [];
    const used = value ?? basis.resolutionEv;
    return `${formatNumber(used)} eV. ${lines.length === 0 ? `A window at 6 keV is two widths of ${peakWords(6, basis, used)}.` : windowsWords(lines, basis, used)}`;
  },
  normalisePixels(value, { basis }) {
    const levels = levelsOf(basis.countMap);
    const spread = `${formatNumber(levels.at(0.05))} to ${formatNumber(levels.at(0.95))} counts in nine of ten pixels`;
    return value
      ? `Takes out that pixels differ in brightness: ${spread}.`
      : `Pixels differ in brightness, and stay so: ${spread}.`;
  },
  zeroPeakEndKev: (value, { basis }) => `Leaves out ${belowWords(value, basis)}.`,
  images(value, { basis, result }) {
    const columns = (result?.features?.lines.length ?? 0) + value.length;
    const size = `${formatCount(basis.grid.width)} × ${formatCount(basis.grid.height)}`;
    if (value.length === 0) return `No picture: ${columns === 0 ? "the lines" : countOf(columns, "feature")} alone.`;
    return `${countOf(value.length, "picture")}, brought to ${size} pixels, beside the lines.`;
  },
};

export const normalise: Tellers<EntryOf<"normalise">> = {
  steps(value, { result, basis }) {
    if (value.length === 0)
      return `Features stay as they are, of ${meanCounts(basis) < 1 ? "less than 1 count" : `${formatNumber(meanCounts(basis))} counts`} a pixel.`;
    const neighbours = value.filter((one) => one === "neighbour-average").length;
    const smoothed = neighbours === 0 ? "" : ` Each value is gathered from ${pixelsWords((2 * neighbours + 1) ** 2, basis)}.`;
    const ranges = result === undefined ? undefined : rangesOf(result);
    return `${ranges ?? `${countOf(value.length, "treatment")}, one after the other.`}${smoothed}`;
  },
};

/** Of the line that is brightest: what nine of ten pixels had, and have. */
function rangesOf({ elementMaps, features: treated }: AnalysisSnapshot): string | undefined {
  const brightest = elementMaps.toSorted((a, b) => levelsOf(b.data).mean - levelsOf(a.data).mean)[0];
  const column = treated?.lines.indexOf(brightest?.line ?? "") ?? -1;
  if (brightest === undefined || treated === undefined || column < 0) return undefined;
  const after = columnOf(treated.data, treated.lines.length, column);
  const [before, now] = [levelsOf(brightest.data), levelsOf(after)];
  const range = ({ at }: typeof now): string => `${formatNumber(at(0.05), 2)} to ${formatNumber(at(0.95), 2)}`;
  return `${lineText(brightest.line)} goes from ${range(before)} counts to ${range(now)}, in nine of ten pixels.`;
}

export const spectra: Tellers<EntryOf<"spectra">> = {
  excludeZeroPeakUpToKev: (value, { basis }) => `Does not count ${belowWords(value, basis)}.`,
};

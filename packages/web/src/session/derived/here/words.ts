/** Sizes, energies and shares as these sentences say them. */
import {
  type Axis,
  areaUnit,
  channelOfEnergy,
  countOf,
  energyOfChannel,
  formatCount,
  formatNumber,
  formatPercent,
  fwhmKev,
  isEnergyCalibrated,
  lineText,
  lineWithName,
  listOf,
  withUnit,
} from "@sigma-eds/core";
import { type Basis, channelsWithin, shareOf } from "./basis.js";
import { pixelsOf } from "./ground.js";
import { levelsOf } from "./levels.js";

/** `52 µm`, `13 nm` */
export function lengthWords(um: number): string {
  return um < 0.1 ? withUnit(um * 1000, "nm") : um >= 1000 ? withUnit(um / 1000, "mm") : withUnit(um, "µm");
}

/** `1.08 µm²` */
export function areaWords(um2: number): string {
  const unit = areaUnit(um2);
  return withUnit(um2 / unit.um2, unit.name);
}

/** `9 pixels, 2.43 µm²`; without an area where the size of a pixel is not known. */
export function pixelsWords(pixels: number, { grid: { pixelSizeUm: size } }: Basis): string {
  const words = countOf(pixels, "pixel");
  return size === undefined ? words : `${words}, ${areaWords(pixels * size[0] * size[1])}`;
}

/** `0.2 % of the 7,500 pixels` */
export function shareWords(pixels: number, basis: Basis): string {
  const all = pixelsOf(basis);
  return `${formatPercent(pixels / Math.max(1, all))} of the ${formatCount(all)} pixels`;
}

/** `1.5 px = 0.78 µm` */
export function distanceWords(pixels: number, { grid: { pixelSizeUm: size } }: Basis): string {
  const words = `${formatNumber(pixels)} px`;
  return size === undefined ? words : `${words} = ${lengthWords(pixels * size[0])}`;
}

/** `10 eV`, `1.25 keV` */
export function energyWords(kev: number): string {
  return Math.abs(kev) < 1 ? withUnit(kev * 1000, "eV") : withUnit(kev, "keV");
}

/** `0 to 20.47 keV` of an axis; its channels where energies are not known. */
export function axisWords(axis: Axis): string {
  const channels = countOf(axis.size, "channel");
  if (!isEnergyCalibrated(axis)) return channels;
  return `${channels} of ${energyWords(axis.scale)}, ${formatNumber(axis.offset)} to ${withUnit(energyOfChannel(axis, axis.size - 1), "keV", 4)}`;
}

/** Mean counts of a pixel. */
export function meanCounts({ countMap }: Basis): number {
  return levelsOf(countMap).mean;
}

/** What lies below an energy: `11 channels with 2.1 % of the counts`. */
export function belowWords(kev: number, { energyAxis, spectrum }: Basis): string {
  if (!isEnergyCalibrated(energyAxis)) return "channels that have no energies";
  const end = Math.min(energyAxis.size, Math.max(0, Math.ceil(channelOfEnergy(energyAxis, kev))));
  return `${countOf(end, "channel")} ${withShare(shareOf(spectrum, 0, end))}`;
}

/** `21 channels with 8.3 % of the counts` between two energies. */
export function rangeWords(range: readonly [number, number], { energyAxis, spectrum }: Basis): string {
  const [from, to] = channelsWithin(energyAxis, range);
  return `${countOf(to - from, "channel")} ${withShare(shareOf(spectrum, from, to))}`;
}

function withShare(share: number): string {
  return share === 0 ? "without counts" : `with ${formatPercent(share)} of the counts`;
}

/** Width of a peak, and how many channels it has: `130 eV (13 channels)`. */
export function peakWords(kev: number, { energyAxis, resolutionEv }: Basis, resolution = resolutionEv): string {
  const width = fwhmKev(kev, resolution);
  const words = withUnit(width * 1000, "eV");
  return isEnergyCalibrated(energyAxis) ? `${words} (${formatNumber(width / energyAxis.scale, 2)} channels)` : words;
}

/** Of a line: two widths of its peak, where it is counted: `Fe Kα (6.25 to 6.54 keV, 29 channels)`. */
export function lineWindowWords(line: string, basis: Basis, resolution = basis.resolutionEv): string {
  const energyKev = lineWithName(line)?.energyKev;
  if (energyKev === undefined) return lineText(line);
  const width = fwhmKev(energyKev, resolution);
  const { energyAxis } = basis;
  const words = `${formatNumber(energyKev - width)} to ${withUnit(energyKev + width, "keV")}`;
  const channels = isEnergyCalibrated(energyAxis) ? `, ${countOf(Math.round((2 * width) / energyAxis.scale), "channel")}` : "";
  return `${lineText(line)} (${words}${channels})`;
}

/** At most `most` of a list, and how many more: `Fe, Mg, Si and 4 more`. */
export function someOf(words: readonly string[], most = 6): string {
  return words.length <= most
    ? listOf(words)
    : `${words.slice(0, most - 1).join(", ")} and ${formatCount(words.length - most + 1)} more`;
}

/** `4 s`, `2 min` */
export function secondsWords(seconds: number): string {
  if (seconds < 1) return "less than 1 s";
  return seconds < 100 ? `${formatCount(Math.round(seconds))} s` : `${formatCount(Math.round(seconds / 60))} min`;
}

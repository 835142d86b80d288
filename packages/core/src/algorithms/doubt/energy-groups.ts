/** Channels in groups about as wide as a detector can tell apart, for tests that compare spectra piece by piece. */
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { mainLine } from "../../xray/lines.js";

export interface EnergyGroup {
  /** Channels `start` (included) to `end` (excluded). */
  readonly start: number;
  readonly end: number;
  /** Middle. */
  readonly energyKev: number;
  /** Main line of one of the elements within the group, or undefined between lines. */
  readonly line: string | undefined;
}

export interface GroupOptions {
  readonly fromKev: number;
  readonly toKev: number;
  readonly resolutionEv: number;
  /** Elements whose main lines name the groups. */
  readonly elements: readonly string[];
  readonly beamEnergyKev: number;
}

/** Groups of one FWHM from `fromKev` to `toKev`; the last one may be narrower. */
export function energyGroups(axis: CalibratedEnergyAxis, options: GroupOptions): EnergyGroup[] {
  const { fromKev, toKev, resolutionEv, elements, beamEnergyKev } = options;
  const lines = elements.flatMap((symbol) => mainLine(symbol, beamEnergyKev, [fromKev, toKev]) ?? []);
  const channel = (energyKev: number) =>
    Math.min(axis.size, Math.max(0, Math.ceil((energyKev - axis.offset) / axis.scale - 0.5)));
  const groups: EnergyGroup[] = [];
  let start = channel(fromKev);
  const last = channel(toKev);
  while (start < last) {
    const width = fwhmKev(Math.max(0, energyOfChannel(axis, start)), resolutionEv) / axis.scale;
    const end = Math.min(last, start + Math.max(1, Math.round(width)));
    const [low, high] = [energyOfChannel(axis, start - 0.5), energyOfChannel(axis, end - 0.5)];
    const line = lines.find(({ energyKev }) => energyKev >= low && energyKev < high)?.name;
    groups.push({ start, end, energyKev: (low + high) / 2, line });
    start = end;
  }
  return groups;
}

/** Counts of a spectrum in each group. */
export function countsInGroups(spectrum: Float64Array, groups: readonly EnergyGroup[]): Float64Array {
  return Float64Array.from(groups, ({ start, end }) => {
    let sum = 0;
    for (let c = start; c < end; c++) sum += spectrum[c]!;
    return sum;
  });
}

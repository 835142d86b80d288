/** Bins of energy: channels joined to half the detector's line width, poor ones further. Counts are only summed, never scaled. */
import { DataCheckError } from "../../errors.js";
import { type Axis, channelOfEnergy, energyOfChannel, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { CONSTANTS } from "./constants.js";

export interface EnergyBins {
  readonly count: number;
  /** First channel of each bin: int32 [count]. */
  readonly firstChannel: Int32Array;
  /** Channel after the last of each bin: int32 [count]. */
  readonly endChannel: Int32Array;
  /** Int16 [channels]: bin of each channel, -1 where the channel is left out. */
  readonly binOfChannel: Int16Array;
  /** Middle of each bin, keV; channel numbers when the axis is not calibrated. */
  readonly energy: Float64Array;
  /** Channel (a fraction, may be negative) at which the energy is 0; 0 when the axis is not calibrated. */
  readonly originChannels: number;
}

export interface BinChoice {
  readonly lowestEnergyKev: number;
  /** Ranges left out, keV. */
  readonly ignoredKev: readonly (readonly [number, number])[];
  /** Width of a line at an energy in keV, keV. */
  readonly fwhmKev: (energyKev: number) => number;
}

const MOST_BINS = 256;

/**
 * Chooses bins from the sum spectrum (float64 [channels]). Without energy calibration nothing is left out and widths are 1/128
 * of the axis. Throws {@link DataCheckError} when no counts are left.
 */
export function chooseBins(sum: Float64Array, axis: Axis, choice: BinChoice): EnergyBins {
  const kept = keptChannels(sum.length, axis, choice);
  const total = sum.reduce((all, value, c) => (kept[c] === 1 ? all + value : all), 0);
  if (total <= 0) {
    throw new DataCheckError("No counts are left for finding phases.", {
      found: `no counts above ${choice.lowestEnergyKev} keV outside the ignored ranges`,
      remedy: "Check the energy calibration and the ranges to ignore.",
    });
  }
  const width = channelWidths(sum.length, axis, choice);
  for (let stretch = 1; ; stretch *= 1.15) {
    const edges = joinChannels(sum, kept, total, (c) => width(c) * stretch);
    if (edges.length <= MOST_BINS) return binsOf(edges, sum.length, axis);
  }
}

function keptChannels(channels: number, axis: Axis, choice: BinChoice): Uint8Array {
  const kept = new Uint8Array(channels).fill(1);
  if (!isEnergyCalibrated(axis)) return kept;
  for (let c = 0; c < channels; c++) {
    const energy = energyOfChannel(axis, c);
    if (energy < choice.lowestEnergyKev) kept[c] = 0;
    for (const [from, to] of choice.ignoredKev) if (energy >= from && energy <= to) kept[c] = 0;
  }
  return kept;
}

/** Width of a bin that starts at a channel, in channels. */
function channelWidths(channels: number, axis: Axis, choice: BinChoice): (channel: number) => number {
  if (!isEnergyCalibrated(axis)) return () => channels / 128;
  return (c) => (CONSTANTS.binWidth.value * choice.fwhmKev(Math.max(0.05, energyOfChannel(axis, c)))) / axis.scale;
}

function joinChannels(
  sum: Float64Array,
  kept: Uint8Array,
  total: number,
  width: (channel: number) => number,
): { first: number; end: number }[] {
  const bins: { first: number; end: number; counts: number; open: boolean }[] = [];
  const longest = CONSTANTS.poorBinWidth.value / CONSTANTS.binWidth.value;
  for (let c = 0; c < sum.length; c++) {
    const last = bins.at(-1);
    if (kept[c] === 0) {
      if (last !== undefined) last.open = false;
      continue;
    }
    if (last?.open) {
      const length = c - last.first;
      const full = length >= width(last.first) - 0.5;
      const poor = last.counts < CONSTANTS.poorBinShare.value * total && length < longest * width(last.first) - 0.5;
      if (!full || poor) {
        last.end = c + 1;
        last.counts += sum[c]!;
        continue;
      }
    }
    bins.push({ first: c, end: c + 1, counts: sum[c]!, open: true });
  }
  return bins.filter((bin) => bin.counts > 0);
}

function binsOf(edges: readonly { first: number; end: number }[], channels: number, axis: Axis): EnergyBins {
  const binOfChannel = new Int16Array(channels).fill(-1);
  const middle = (bin: { first: number; end: number }) => (bin.first + bin.end - 1) / 2;
  edges.forEach((bin, j) => {
    binOfChannel.fill(j, bin.first, bin.end);
  });
  return {
    count: edges.length,
    firstChannel: Int32Array.from(edges, (bin) => bin.first),
    endChannel: Int32Array.from(edges, (bin) => bin.end),
    binOfChannel,
    originChannels: isEnergyCalibrated(axis) ? channelOfEnergy(axis, 0) : 0,
    energy: Float64Array.from(edges, (bin) => (isEnergyCalibrated(axis) ? energyOfChannel(axis, middle(bin)) : middle(bin))),
  };
}

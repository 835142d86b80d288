/** Background under a line, by a straight line between windows at its sides: as weights of channels, so that net counts are one weighted sum. */
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { ChannelWindow } from "../../spectrum-image/pass.js";
import { channelsBetween, type LineWindow } from "./line-windows.js";
import type { ChannelSum } from "./weighted-maps.js";

/** Side windows reach from this many FWHM from the line ... */
const NEAR_FWHM = 1.5;
/** ... to this many. */
const FAR_FWHM = 2.5;

/** All channels of the window with weight 1: gross counts. */
export function grossSum({ start, end }: ChannelWindow): ChannelSum {
  const channels = range(start, end);
  return { channels, weights: channels.map(() => 1) };
}

/**
 * Net counts of a line: its window minus the straight line through the means of its two side windows (1.5 to 2.5 FWHM away). Channels of the
 * windows of `others` are not used as background. With channels on one side only the background is level; `undefined` with none on either.
 */
export function netSum(own: LineWindow, others: readonly LineWindow[], axis: CalibratedEnergyAxis): ChannelSum | undefined {
  const { energyKev, fwhmKev } = own;
  const free = ({ start, end }: ChannelWindow) =>
    range(start, end).filter((c) => !others.some(({ channels }) => c >= channels.start && c < channels.end));
  const left = free(channelsBetween(axis, energyKev - FAR_FWHM * fwhmKev, energyKev - NEAR_FWHM * fwhmKev));
  const right = free(channelsBetween(axis, energyKev + NEAR_FWHM * fwhmKev, energyKev + FAR_FWHM * fwhmKev));
  if (left.length + right.length === 0) return undefined;
  const inside = range(own.channels.start, own.channels.end);
  const rightShare = shareOfRight(mean(inside), left, right);
  const weightOf = (side: readonly number[], share: number) => side.map(() => (-inside.length * share) / side.length);
  return {
    channels: [...left, ...inside, ...right],
    weights: [...weightOf(left, 1 - rightShare), ...inside.map(() => 1), ...weightOf(right, rightShare)],
  };
}

function shareOfRight(centre: number, left: readonly number[], right: readonly number[]): number {
  if (left.length === 0) return 1;
  if (right.length === 0) return 0;
  return (centre - mean(left)) / (mean(right) - mean(left));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}

/** Bands of energy in the place of X-ray lines, where no line can be named: so that pixels can be compared all the same. */
import { type Axis, energyOfChannel, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import type { ChannelWindow } from "../../spectrum-image/pass.js";

export interface EnergyBand {
  /** `0.42-1.28 keV`, or `channels 42-127` on an axis without energies. */
  readonly name: string;
  readonly channels: ChannelWindow;
}

/** As many as there are lines in a usual recipe. */
const BANDS = 12;

/**
 * At most 12 bands that follow each other from `firstChannel` on and hold as nearly as channels allow the same counts of the sum spectrum (float64 [channels]); fewer
 * where single channels hold more than a band should. None where there are no counts.
 */
export function energyBands(sum: Float64Array, axis: Axis, firstChannel: number): EnergyBand[] {
  const total = sum.subarray(firstChannel).reduce((all, value) => all + value, 0);
  const bands: EnergyBand[] = [];
  let [start, counts, cut] = [firstChannel, 0, 1];
  for (let channel = firstChannel; channel < sum.length; channel++) {
    counts += sum[channel]!;
    if (!(counts > 0) || counts < (cut * total) / BANDS) continue;
    while (cut < BANDS && counts >= (cut * total) / BANDS) cut += 1;
    if (counts >= total) break;
    bands.push(band(axis, start, channel + 1));
    start = channel + 1;
  }
  return total > 0 ? [...bands, band(axis, start, sum.length)] : [];
}

function band(axis: Axis, start: number, end: number): EnergyBand {
  const channels = { start, end };
  if (!isEnergyCalibrated(axis)) return { name: `channels ${start}-${end - 1}`, channels };
  const edge = (channel: number): string => energyOfChannel(axis, channel - 0.5).toFixed(2);
  return { name: `${edge(start)}-${edge(end)} keV`, channels };
}

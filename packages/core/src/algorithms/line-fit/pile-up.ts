/** Sum peaks: two photons that arrive together are counted as one of both energies. */
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { type Column, columnOf } from "./columns.js";

/** Counts per channel below which a channel takes no part, as a share of the highest one: what it adds is lost in noise. */
const LEAST = 1e-3;

/**
 * The spectrum folded with itself, for a total of one count over all energies: the expected shape of counts that are two photons. `model` is
 * what is expected without, float64 [channels].
 */
export function pileUpColumn(model: Float64Array, axis: CalibratedEnergyAxis, fromKev: number, toKev: number): Column {
  const first = Math.max(0, Math.ceil(channelOfEnergy(axis, fromKev)));
  const last = Math.min(axis.size - 1, Math.floor(channelOfEnergy(axis, toKev)));
  let most = 0;
  let total = 0;
  for (let c = first; c <= last; c++) {
    most = Math.max(most, model[c]!);
    total += Math.max(0, model[c]!);
  }
  const shift = Math.round(axis.offset / axis.scale);
  const sum = new Float64Array(axis.size);
  if (!(total > 0)) return columnOf(sum);
  const strong: number[] = [];
  for (let c = first; c <= last; c++) if (model[c]! > LEAST * most) strong.push(c);
  for (const a of strong) {
    const share = model[a]! / (total * total);
    for (const b of strong) {
      const c = a + b + shift;
      if (c > last) break;
      if (c >= 0) sum[c]! += share * model[b]!;
    }
  }
  return columnOf(sum);
}

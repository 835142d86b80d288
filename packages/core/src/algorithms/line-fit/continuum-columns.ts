/** The continuum as columns: what physics expects, cut into overlapping pieces along the energy, so that it may bend a little. */
import { log } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { type Column, columnOf, type Tie } from "./columns.js";

/** Energies between which the correction of the continuum runs straight in ln E, keV. */
const KNOTS_KEV = [0.15, 0.4, 0.8, 1.4, 2.4, 4, 7, 12, 20, 40];

/** By how much the correction may differ from one knot to the next, relative: the physics agrees with measured continua within 10 to 20 %. */
const BEND = 0.12;

/** Which two hats each channel lies under, and the share of the second; -1 outside the range. */
interface Hats {
  readonly count: number;
  readonly lower: Int8Array;
  readonly shareOfUpper: Float64Array;
}

/** By axis and range; axes are not changed once they are made. */
const known = new WeakMap<CalibratedEnergyAxis, { readonly fromKev: number; readonly toKev: number; readonly hats: Hats }>();

/**
 * Columns `expected x hat_j(ln E)`, one per knot that the range holds; their sum is `expected`. With amplitudes that are all the same the
 * continuum is as physics has it.
 */
export function continuumColumns(expected: Float64Array, axis: CalibratedEnergyAxis, fromKev: number, toKev: number): Column[] {
  const { count, lower, shareOfUpper } = hatsOf(axis, fromKev, toKev);
  const dense = Array.from({ length: count }, () => new Float64Array(axis.size));
  for (let c = 0; c < axis.size; c++) {
    const k = lower[c]!;
    if (k < 0 || expected[c] === 0) continue;
    const share = shareOfUpper[c]!;
    dense[k]![c] = (1 - share) * expected[c]!;
    if (k + 1 < count) dense[k + 1]![c] = share * expected[c]!;
  }
  return dense.map((values) => columnOf(values)).filter(({ values }) => values.length > 0);
}

function hatsOf(axis: CalibratedEnergyAxis, fromKev: number, toKev: number): Hats {
  const found = known.get(axis);
  if (found !== undefined && found.fromKev === fromKev && found.toKev === toKev) return found.hats;
  const knots = KNOTS_KEV.filter((_, j) => (KNOTS_KEV[j + 1] ?? Infinity) > fromKev && (KNOTS_KEV[j - 1] ?? 0) < toKev).map(log);
  const lower = new Int8Array(axis.size).fill(-1);
  const shareOfUpper = new Float64Array(axis.size);
  for (let c = 0; c < axis.size; c++) {
    const energyKev = energyOfChannel(axis, c);
    if (energyKev < fromKev || energyKev > toKev) continue;
    const x = log(energyKev);
    const above = knots.findIndex((knot, j) => j > 0 && x <= knot);
    const k = Math.max(1, above === -1 ? knots.length - 1 : above);
    lower[c] = k - 1;
    if (knots.length > 1) shareOfUpper[c] = Math.min(1, Math.max(0, (x - knots[k - 1]!) / (knots[k]! - knots[k - 1]!)));
  }
  const hats = { count: knots.length, lower, shareOfUpper };
  known.set(axis, { fromKev, toKev, hats });
  return hats;
}

/** Neighbouring amplitudes differ by {@link BEND} of their size; `first` is the index of the first of `count` columns. */
export function continuumTies(first: number, count: number, level: number): Tie[] {
  return Array.from({ length: Math.max(0, count - 1) }, (_, j) => ({
    terms: [
      { column: first + j, factor: 1 },
      { column: first + j + 1, factor: -1 },
    ],
    error: BEND * Math.max(level, Number.MIN_VALUE),
  }));
}

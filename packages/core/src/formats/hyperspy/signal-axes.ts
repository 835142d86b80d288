/** HyperSpy's axes in our units, and which of them is energy. */
import type { Axis } from "../../spectrum-image/axis.js";
import { lookUp, numberAt, type Tree, textAt } from "./metadata-tree.js";

export interface SignalAxis {
  readonly axis: Axis;
  /** `undefined` when the file does not say. */
  readonly navigate: boolean | undefined;
  /** The file lists the value of each position instead of offset and scale. */
  readonly uneven: boolean;
}

const LENGTHS: Readonly<Record<string, number>> = {
  m: 1e6,
  mm: 1e3,
  um: 1,
  µm: 1,
  μm: 1,
  micron: 1,
  nm: 1e-3,
  å: 1e-4,
  a: 1e-4,
  angstrom: 1e-4,
  pm: 1e-6,
};
const TIMES: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 };
const ANGLES: Readonly<Record<string, number>> = { deg: 1, "°": 1, degrees: 1, degree: 1 };
const ENERGIES: Readonly<Record<string, number>> = { kev: 1, ev: 1e-3 };

/** Axes of a signal, in the order of the array. What the file does not say about an axis is `undefined`; sizes are those of the array. */
export function signalAxes(experiment: readonly Tree[], shape: readonly number[]): SignalAxis[] {
  return shape.map((size, i) => {
    const tree = experiment[i] ?? {};
    const units = textAt(tree, "units");
    const { unit, factor } = convertedUnit(units);
    const listed = lookUp(tree, "axis");
    const even = Array.isArray(listed) ? evenSpacing(listed) : undefined;
    const offset = even?.offset ?? numberAt(tree, "offset");
    const scale = even?.scale ?? numberAt(tree, "scale");
    const navigate = lookUp(tree, "navigate");
    const isSet = units !== undefined || textAt(tree, "name") !== undefined || scale !== 1 || offset !== 0;
    return {
      axis: {
        name: textAt(tree, "name") ?? "",
        size,
        offset: offset === undefined || !isSet ? undefined : offset * factor,
        scale: scale === undefined || !isSet ? undefined : scale * factor,
        units: unit,
      },
      navigate: typeof navigate === "boolean" ? navigate : typeof navigate === "number" ? navigate !== 0 : undefined,
      uneven: Array.isArray(listed) && even === undefined,
    };
  });
}

/** Our name for a unit, and what its values are multiplied with. Units that are none of ours stay as they are. */
export function convertedUnit(units: string | undefined): { unit: string | undefined; factor: number } {
  if (units === undefined || /^(<undefined>|undefined|none|_none_|t\.?b\.?d\.?)$/i.test(units))
    return { unit: undefined, factor: 1 };
  const key = units.toLowerCase();
  for (const [table, unit] of [
    [LENGTHS, "um"],
    [TIMES, "s"],
    [ANGLES, "deg"],
    [ENERGIES, "keV"],
  ] as const) {
    const factor = table[key];
    if (factor !== undefined && Object.hasOwn(table, key)) return { unit, factor };
  }
  return { unit: units, factor: 1 };
}

/** True for an axis that is called energy or counted in electronvolts. */
export function looksLikeEnergy({ axis }: SignalAxis): boolean {
  return axis.units === "keV" || /energy/i.test(axis.name);
}

/** Offset and scale of listed values that are evenly spaced to one part in a thousand of a step. */
function evenSpacing(listed: readonly unknown[]): { offset: number; scale: number } | undefined {
  const values = listed.filter((value): value is number => typeof value === "number");
  if (values.length !== listed.length || values.length < 2) return undefined;
  const offset = values[0]!;
  const scale = (values.at(-1)! - offset) / (values.length - 1);
  const isEven = values.every((value, i) => Math.abs(value - (offset + i * scale)) <= Math.abs(scale) * 1e-3);
  return isEven && scale !== 0 ? { offset, scale } : undefined;
}

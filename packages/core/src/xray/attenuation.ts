import { ParameterError } from "../errors.js";
import { exp, log } from "../kernels/math.js";
import { remembered } from "../kernels/remembered.js";
import { elementNamed } from "./elements.js";
import { attenuationRows, scatteringGrid } from "./generated/attenuation.js";

/** Mass fractions by element symbol; they need not sum to 1. */
export type MassFractions = Readonly<Record<string, number>>;

/** One element's tables: logarithms of energy (eV) and of cross-sections (cm2/g), with second derivatives for the cubic spline. */
interface AttenuationTable {
  readonly logEnergy: Float64Array;
  readonly photo: Float64Array;
  readonly photoBend: Float64Array;
  readonly scattering: Float64Array;
  readonly scatteringBend: Float64Array;
}

const LOWEST_KEV = 0.1;
const HIGHEST_KEV = 120;
const rows: ReadonlyMap<string, string> = new Map(
  attenuationRows.split("\n").map((row) => [row.slice(0, row.indexOf("|")), row.slice(row.indexOf("|") + 1)]),
);
/** By element: its coefficient as a function of energy in keV. */
const coefficients = new Map<string, (energyKev: number) => number>();

/**
 * Mass attenuation coefficient of an element, cm2/g: photoabsorption plus coherent and incoherent scattering, interpolated as Elam,
 * Ravel and Sieber do (2002, doi:10.1016/S0969-806X(01)00227-4): cubic spline in the logarithms, edges as steps. At an edge the value
 * above it. Below 0.1 keV, where the tables end, the value at 0.1 keV. Scattering is kept as one curve on 40 nodes, which changes the
 * sum by less than 0.02 %. Throws {@link ParameterError} for an unknown element, or an energy that is not above 0 and at most 120 keV.
 */
export function massAttenuation(symbol: string, energyKev: number): number {
  if (!(energyKev > 0 && energyKev <= HIGHEST_KEV)) {
    throw new ParameterError("There is no attenuation coefficient for this energy.", {
      field: "energyKev",
      found: String(energyKev),
      expected: `more than 0, at most ${HIGHEST_KEV} keV`,
      remedy: "Check the energy calibration of the data.",
    });
  }
  return coefficientOf(symbol)(energyKev);
}

/** Methods ask for the same elements at the channels of one energy axis, thousands of times. */
function coefficientOf(symbol: string): (energyKev: number) => number {
  const known = coefficients.get(symbol);
  if (known !== undefined) return known;
  const table = tableOf(symbol);
  const coefficient = remembered((energyKev) => {
    const x = log(1000 * Math.max(energyKev, LOWEST_KEV));
    return exp(photoabsorption(table, x)) + exp(scattering(table, x));
  });
  coefficients.set(symbol, coefficient);
  return coefficient;
}

/** Mass attenuation coefficient of a mixture, cm2/g: sum of mass fraction times coefficient. Errors as {@link massAttenuation}. */
export function massAttenuationOf(massFractions: MassFractions, energyKev: number): number {
  let sum = 0;
  for (const [symbol, fraction] of Object.entries(massFractions)) sum += fraction * massAttenuation(symbol, energyKev);
  return sum;
}

function photoabsorption({ logEnergy, photo, photoBend }: AttenuationTable, x: number): number {
  let low = 0;
  let high = logEnergy.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (logEnergy[middle]! <= x) low = middle;
    else high = middle;
  }
  const step = logEnergy[high]! - logEnergy[low]!;
  return spline(step, (x - logEnergy[low]!) / step, photo[low]!, photo[high]!, photoBend[low]!, photoBend[high]!);
}

function scattering({ scattering: values, scatteringBend: bend }: AttenuationTable, x: number): number {
  const { from, to, nodes } = scatteringGrid;
  const step = (to - from) / (nodes - 1);
  const low = Math.min(nodes - 2, Math.max(0, Math.floor((x - from) / step)));
  return spline(step, (x - from) / step - low, values[low]!, values[low + 1]!, bend[low]!, bend[low + 1]!);
}

/** Cubic on one interval of length `step` at the fraction `b` of it, from end values and second derivatives. */
function spline(step: number, b: number, y0: number, y1: number, bend0: number, bend1: number): number {
  const a = 1 - b;
  return a * y0 + b * y1 + ((step * step) / 6) * ((a * a - 1) * a * bend0 + (b * b - 1) * b * bend1);
}

function tableOf(symbol: string): AttenuationTable {
  const columns = rows.get(elementNamed(symbol).symbol)!.split("|").map(numbers);
  const [logEnergy, photo, photoBend, scatter, scatterBend] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { logEnergy, photo, photoBend, scattering: scatter, scatteringBend: scatterBend };
}

function numbers(column: string): Float64Array {
  return Float64Array.from(column.split(" "), Number);
}

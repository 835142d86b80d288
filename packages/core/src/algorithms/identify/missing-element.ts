/** The element that the rest of a fit asks for most. */
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { MassFractions } from "../../xray/attenuation.js";
import { mainLine } from "../../xray/lines.js";
import { type LineCount, traceLines } from "../../xray/physics/emission.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import { type Column, sumOfColumns, weightedDot } from "../line-fit/columns.js";
import { type Family, familiesOf, familyColumn } from "../line-fit/families.js";
import type { SpectrumFit } from "../line-fit/fit-spectrum.js";
import { columnsOfShape } from "../line-fit/peak-shape.js";
import { proportionColumns } from "../line-fit/proportion-columns.js";
import { doubts, projected } from "./family-evidence.js";

/** Elements below this mass fraction do not take part in the matrix in which the lines of an element that is not there have their proportions. */
const LEAST_IN_HOST = 0.01;
/** Keeps columns that are nearly the same apart, relative. */
const RIDGE = 1e-6;

/**
 * Of the elements `looked` for, the one whose main family stands out most of the residual, by more than `significance` errors; `undefined` when
 * none does. The score test of statistics: the amplitude that its template would get if it were fitted together with the families that it overlaps
 * with and the freedoms of their shapes, so that molybdenum is not hidden behind sulphur that has taken its counts.
 */
export function missingElement(
  fit: SpectrumFit,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  looked: readonly string[],
  significance: number,
): string | undefined {
  const doubt = doubts(fit, axis);
  const weight = fit.model.map((counts) => (counts === 0 ? 0 : 1 / Math.max(1, counts)));
  const kept = freedoms(fit, axis).map((column) => ({ column, dense: denseOf(column, axis.size) }));
  const linesIn = traceLines(hostOf(fit), conditions);
  let found: string | undefined;
  let most = significance;
  for (const element of looked) {
    const family = mainFamily(element, linesIn, fit, conditions);
    if (family === undefined) continue;
    const column = familyColumn(family, axis, fit.shape);
    const product = weightedDot(column, fit.residual, weight);
    if (!(product > 0)) continue;
    const dense = denseOf(column, axis.size);
    const information = weightedDot(column, dense, weight) - shared(dense, kept, weight);
    if (!(information > 0)) continue;
    const systematic = projected(column.values, column.start, doubt);
    const z = product / information / Math.sqrt(1 / information + systematic * systematic);
    if (z > most) {
      most = z;
      found = element;
    }
  }
  return found;
}

/** Everything in a fit that could have taken the counts of an element that it lacks. */
function freedoms(fit: SpectrumFit, axis: CalibratedEnergyAxis): Column[] {
  const counts = fit.families.map((family) => family.counts);
  const families = fit.families.map((family) => familyColumn(family, axis, fit.shape));
  return [
    ...families,
    ...proportionColumns(fit.families, counts, axis, fit.shape).columns,
    ...columnsOfShape(fit.families, families, counts, axis, fit.shape),
  ];
}

function denseOf(column: Column, channels: number): Float64Array {
  return sumOfColumns([column], [1], channels);
}

interface Freedom {
  readonly column: Column;
  /** The same over all channels. */
  readonly dense: Float64Array;
}

/** What the columns already fitted leave unknown of a new one: t'W C (C'W C)^-1 C'W t, over those that it overlaps with. */
function shared(template: Float64Array, kept: readonly Freedom[], weight: Float64Array): number {
  const near = kept
    .map(({ column, dense }) => ({ column, dense, product: weightedDot(column, template, weight) }))
    .filter(({ product }) => product !== 0);
  const n = near.length;
  const gram = new Float64Array(n * n);
  near.forEach(({ dense }, i) => {
    near.forEach(({ column }, j) => {
      gram[i * n + j] = weightedDot(column, dense, weight) * (i === j ? 1 + RIDGE : 1);
    });
  });
  if (n === 0 || !choleskyFactor(gram, n, gram)) return 0;
  const rhs = Float64Array.from(near, ({ product }) => product);
  const solved = Float64Array.from(rhs);
  choleskySolve(gram, n, solved);
  return solved.reduce((sum, value, i) => sum + value * rhs[i]!, 0);
}

function hostOf({ composition }: SpectrumFit): MassFractions {
  return Object.fromEntries(Object.entries(composition).filter(([, fraction]) => fraction > LEAST_IN_HOST));
}

function mainFamily(
  element: string,
  linesIn: (element: string) => LineCount[],
  fit: SpectrumFit,
  conditions: Conditions,
): Family | undefined {
  const line = mainLine(element, conditions.beamEnergyKev, [fit.fromKev, fit.toKev]);
  if (line === undefined) return undefined;
  return familiesOf(linesIn(element), fit.fromKev, fit.toKev).find(({ family }) => family === line.family);
}

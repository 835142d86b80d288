/** Proportions that bonds decide: columns that move counts between two lines of a family and hold none of their own. */
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { elementNamed } from "../../xray/elements.js";
import { K_BETA_ERROR, kBetaOverAlpha } from "../../xray/physics/k-beta.js";
import { type Column, columnOf, sumOfColumns, type Tie } from "./columns.js";
import { type Family, familyColumn, type PeakShape } from "./families.js";

export interface Proportions {
  readonly columns: readonly Column[];
  /** What each column's amplitude, the share of the family's counts that moves, may be: standard errors. */
  readonly errors: readonly number[];
  /** Between which lines each moves counts, and the place of their family. */
  readonly moves: readonly { readonly family: number; readonly from: string; readonly to: string }[];
}

/** A share of a family's counts that a fit found to be in another line than expected. */
export interface MovedShare {
  /** Place of the family in the fit. */
  readonly family: number;
  readonly from: string;
  readonly to: string;
  readonly share: number;
}

/** Shares of a family's lines after the moves that belong to it; none below 0. */
export function sharesAfter({ lines }: Pick<Family, "lines">, moved: readonly MovedShare[]): Family["lines"] {
  return lines.map(({ line, share }) => {
    const gained = moved.reduce(
      (sum, one) => sum + (one.to === line.name ? one.share : one.from === line.name ? -one.share : 0),
      0,
    );
    return { line, share: Math.max(0, share + gained) };
  });
}

/** Lines of calcium to zinc whose share of the L family the tables do not know: Ll and Ln hardly absorb themselves, La and Lb1 do. */
const L_ERROR = { Ll: 0.3, Ln: 0.1, Lb1: 0.2 } as const;

/** Of the share of Kb, for elements whose valence shell does not take part in it. */
const HEAVY_K_BETA_ERROR = 0.01;

/** Columns for the Kb of Mg to Zn, and for the L lines of Ca to Zn. */
export function proportionColumns(
  families: readonly Family[],
  counts: ArrayLike<number>,
  axis: CalibratedEnergyAxis,
  shape: PeakShape,
): Proportions {
  const columns: Column[] = [];
  const errors: number[] = [];
  const between: Proportions["moves"][number][] = [];
  families.forEach((family, i) => {
    const size = counts[i]!;
    if (!(size > 0)) return;
    for (const { from, to, error } of moves(family)) {
      const [source, target] = [from, to].map((line) => familyColumn({ lines: [{ line, share: 1 }] }, axis, shape));
      columns.push(columnOf(sumOfColumns([target!, source!], [size, -size], axis.size)));
      errors.push(error);
      between.push({ family: i, from: from.name, to: to.name });
    }
  });
  return { columns, errors, moves: between };
}

/** Ties that keep the proportions near the expected ones; `first` is the index of the first column. */
export function proportionTies(first: number, { errors }: Proportions): Tie[] {
  return errors.map((error, i) => ({ terms: [{ column: first + i, factor: 1 }], error }));
}

function moves({ element, family, lines }: Family) {
  const named = (name: string) => lines.find(({ line }) => line.name === `${element}_${name}`)?.line;
  const { number } = elementNamed(element);
  if (family === "K") {
    const [from, to] = [named("Ka"), named("Kb")];
    const error = kBetaOverAlpha(element) === undefined ? HEAVY_K_BETA_ERROR : K_BETA_ERROR;
    return from === undefined || to === undefined || number > 30 ? [] : [{ from, to, error }];
  }
  const from = named("La");
  if (family !== "L" || number < 20 || number > 30 || from === undefined) return [];
  return (["Ll", "Ln", "Lb1"] as const).flatMap((name) => {
    const to = named(name);
    return to === undefined ? [] : [{ from, to, error: L_ERROR[name] }];
  });
}

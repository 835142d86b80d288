/** Areas of the classes, counted in three ways. */
import { areaIntervals, type ModalShare } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** How pixels on boundaries are counted: by what they hold, whole, or not at all. */
export type AreaOf = "shares" | "labels" | "pure";

export interface Area {
  /** Of the map, 0 to 1. */
  readonly value: number;
  readonly half95: number | undefined;
}

export type AreaRow = { readonly id: number; readonly name: string; readonly colour: string } & Readonly<
  Record<AreaOf, Area | undefined>
>;

export function areaRows(analysis: AnalysisSnapshot, modal: readonly ModalShare[]): AreaRow[] {
  const intervals = areaIntervals(analysis);
  return analysis.classes.map(({ id, name, colour, areaFraction }, i) => {
    const { areaOfShares, areaInterval, areaOfPure } = modal[i] ?? {};
    return {
      id,
      name,
      colour,
      labels: { value: areaFraction, half95: intervals?.[i] },
      shares: areaOfShares === undefined ? undefined : { value: areaOfShares, half95: areaInterval },
      pure: areaOfPure === undefined ? undefined : { value: areaOfPure, half95: undefined },
    };
  });
}

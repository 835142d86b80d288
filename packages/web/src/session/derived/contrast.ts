/** Which values of a map have the first and the last colour. */
import { formatNumber } from "@sigma-eds/core";
import type { Colouring } from "../linked.js";

export type Percentiles = Colouring["percentiles"];

/** Beyond them lie pixels that are few, and often wrong. */
export const usualPercentiles: Percentiles = [1, 99.5];

/** Of a part of a mix: its own where it was set, else those of all maps. */
export function mixPercentilesOf({ percentiles, mixPercentiles }: Colouring, title: string): Percentiles {
  return mixPercentiles?.[title] ?? percentiles;
}

/** `1 to 99.5 %` */
export function percentilesText([low, high]: Percentiles): string {
  return `${percentText(low)} to ${percentText(high)} %`;
}

/** Two decimals: one pixel in ten thousand is not seen. */
export function percentText(percentile: number): string {
  return formatNumber(Math.round(100 * percentile) / 100, 4);
}

/** Numbers of the class list. */

/** An area in per cent with one decimal: `47.8`; `< 0.1` for little, `–` for nothing. */
export function areaText(fraction: number): string {
  const percent = 100 * fraction;
  if (percent === 0) return "–";
  return percent < 0.05 ? "< 0.1" : formatFixed(percent, 1);
}

/** Half an interval in per cent: one decimal, two below 0.1. */
export function intervalText(half: number | undefined): string {
  if (half === undefined) return "?";
  const percent = 100 * half;
  return percent > 0 && percent < 0.1 ? formatFixed(percent, 2) : formatFixed(percent, 1);
}

/** A share of the selection: `76 %`, `–` for none. */
export function shareText(share: number | undefined): string {
  if (share === undefined || share === 0) return "–";
  return share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`;
}

import { formatFixed } from "@sigma-eds/core";

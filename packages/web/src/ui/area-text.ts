/** Numbers of the class list. */
import { formatFixed } from "@sigma-eds/core";
import { decimalsOf } from "./decimals-of.js";

/** An area in per cent with as many decimals as half its interval permits, one at least: `47.8`; `< 0.1` for little, `–` for nothing. */
export function areaText(fraction: number, half?: number): string {
  const percent = 100 * fraction;
  if (percent === 0) return "–";
  const decimals = half === undefined ? 1 : decimalsOf(100 * half);
  return decimals === 1 && percent < 0.05 ? "< 0.1" : formatFixed(percent, decimals);
}

/** Half an interval in per cent, with the decimals of its area. */
export function intervalText(half: number | undefined): string {
  return half === undefined ? "?" : formatFixed(100 * half, decimalsOf(100 * half));
}

/** A share of the selection: `76 %`, `–` for none. */
export function shareText(share: number | undefined): string {
  if (share === undefined || share === 0) return "–";
  return share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`;
}

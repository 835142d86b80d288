/** Numbers of the class list. */
import { formatFixed } from "@sigma-eds/core";
import { decimalsOf } from "./decimals-of.js";

/** An area in per cent, with the decimals that half its interval permits, one where that is not known: `47.8`; `< 0.1` for little, `–` for nothing. */
export function areaText(fraction: number, half95?: number | undefined): string {
  const percent = 100 * fraction;
  if (percent === 0) return "–";
  const decimals = decimalsOf(100 * (half95 ?? 0));
  const least = 10 ** -decimals;
  return percent < least / 2 ? `< ${formatFixed(least, decimals)}` : formatFixed(percent, decimals);
}

/** Half an interval in per cent: `0.9`, `0.04`. */
export function intervalText(half95: number | undefined): string {
  return half95 === undefined ? "?" : formatFixed(100 * half95, decimalsOf(100 * half95));
}

/** A share of the selection: `76 %`, `–` for none. */
export function shareText(share: number | undefined): string {
  if (share === undefined || share === 0) return "–";
  return share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`;
}

/** The one rule by which a number with an error is written: how many decimals its error permits. */
import { formatFixed } from "@sigma-eds/core";

/** Decimals at which a value and its error are written: as many as show one digit of the error, and a second where the first is a 1; from `least` (default 1) to 4. */
export function decimalsOf(error: number, least = 1): number {
  if (!(error > 0) || !Number.isFinite(error)) return least;
  const exponent = Math.floor(Math.log10(error));
  const leading = error / 10 ** exponent;
  return Math.min(4, Math.max(least, -exponent + (leading < 1.95 ? 1 : 0)));
}

/** Of errors of several kinds, which are independent: what they come to together; undefined where none is known. */
export function togetherOf(errors: readonly (number | undefined)[]): number | undefined {
  const known = errors.filter((error) => error !== undefined && error > 0);
  return known.length === 0 ? undefined : Math.sqrt(known.reduce<number>((sum, error) => sum + error! * error!, 0));
}

/** A value and its errors, all with the decimals that the errors together permit: `46.7`, `± 0.4`, `± 2.0`. An error that is not known is empty. */
export function withErrors(
  value: number,
  errors: readonly (number | undefined)[],
): { readonly value: string; readonly errors: readonly string[] } {
  const all = togetherOf(errors);
  const decimals = all === undefined ? USUAL : decimalsOf(all, all < COARSE ? 1 : 0);
  return {
    value: formatFixed(value, decimals),
    errors: errors.map((error) => (error === undefined ? "" : `± ${formatFixed(error, Math.max(decimals, shownAt(error)))}`)),
  };
}

/** An error from which on tenths say nothing. */
const COARSE = 9.5;
/** Decimals of a value without an error. */
const USUAL = 2;

/** Decimals at which an error much smaller than the others is still seen, 2 at most. */
function shownAt(error: number): number {
  return error > 0 ? Math.min(USUAL, decimalsOf(error, 0)) : 0;
}

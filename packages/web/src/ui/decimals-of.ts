/** Decimals at which a value and its error are written: as many as show one digit of the error, and a second where the first is a 1; from 1 to 4. */
export function decimalsOf(error: number): number {
  if (!(error > 0) || !Number.isFinite(error)) return 1;
  const exponent = Math.floor(Math.log10(error));
  const leading = error / 10 ** exponent;
  return Math.min(4, Math.max(1, -exponent + (leading < 1.95 ? 1 : 0)));
}

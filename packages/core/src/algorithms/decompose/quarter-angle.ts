/**
 * Cosine and sine of a quarter of the angle whose cosine and sine are in the ratio `along` to `up`; the angle lies between -180° and 180°, so its quarter
 * between -45° and 45°. Both 0: no turn. By half-angle formulas, which need square roots only.
 */
export function quarterAngle(along: number, up: number): readonly [cosine: number, sine: number] {
  const length = Math.sqrt(along * along + up * up);
  if (length === 0) return [1, 0];
  const sign = up < 0 ? -1 : 1;
  const half = Math.sqrt(Math.max(0, (1 + along / length) / 2));
  return [Math.sqrt((1 + half) / 2), sign * Math.sqrt(Math.max(0, 1 - half) / 2)];
}

/** Whether the counts of one and the same class change across the map: a shadow, a tilted sample, or a beam that drifts. */

export interface CountGradient {
  /** Change of the counts from edge to edge along x (to the right) and along y (downwards), over their mean; 0.2 is 20 % more. */
  readonly alongX: number;
  readonly alongY: number;
  /** Length of both together. */
  readonly size: number;
  /** Over its standard error, from the scatter of the pixels about the plane. */
  readonly sigma: number;
}

const FEWEST_PIXELS = 200;

/**
 * The plane n = mean of the class x (1 + gx x + gy y) that fits the counts of the pixels (float64 [pixels]) best within all classes at once, x and y running from -1/2 to 1/2: classes
 * lie in different places and differ in brightness, so each keeps its own mean. `slots`: int32 [pixels], place of the class, -1 for none. Undefined for fewer than 200 pixels.
 */
export function countGradient(counts: Float64Array, slots: Int32Array, width: number, height: number): CountGradient | undefined {
  const classes = slots.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const place = (p: number): readonly [x: number, y: number] => [
    ((p % width) + 0.5) / width - 0.5,
    ((Math.floor(p / width) % height) + 0.5) / height - 0.5,
  ];
  const means = meansOf(counts, slots, classes, place);
  let [xx, xy, yy, xn, yn, nn, pixels] = [0, 0, 0, 0, 0, 0, 0];
  slots.forEach((slot, p) => {
    if (slot < 0 || !(means[slot]!.counts > 0)) return;
    const mean = means[slot]!;
    const [x, y] = place(p);
    const [dx, dy, dn] = [x - mean.x, y - mean.y, counts[p]! / mean.counts - 1];
    // A pixel of few counts says less: the variance of n / mean is 1 / mean.
    const weight = mean.counts;
    xx += weight * dx * dx;
    xy += weight * dx * dy;
    yy += weight * dy * dy;
    xn += weight * dx * dn;
    yn += weight * dy * dn;
    nn += weight * dn * dn;
    pixels += 1;
  });
  const determinant = xx * yy - xy * xy;
  if (pixels < FEWEST_PIXELS || !(determinant > 0)) return undefined;
  const alongX = (yy * xn - xy * yn) / determinant;
  const alongY = (xx * yn - xy * xn) / determinant;
  const explained = alongX * xn + alongY * yn;
  const scatter = Math.max(1, (nn - explained) / Math.max(1, pixels - classes - 2));
  return {
    alongX,
    alongY,
    size: Math.sqrt(alongX * alongX + alongY * alongY),
    sigma: Math.sqrt(Math.max(0, explained) / scatter),
  };
}

interface ClassMean {
  readonly counts: number;
  readonly x: number;
  readonly y: number;
}

function meansOf(
  counts: Float64Array,
  slots: Int32Array,
  classes: number,
  place: (p: number) => readonly [number, number],
): ClassMean[] {
  const sums = Array.from({ length: classes }, () => ({ counts: 0, x: 0, y: 0, pixels: 0 }));
  slots.forEach((slot, p) => {
    if (slot < 0) return;
    const sum = sums[slot]!;
    const [x, y] = place(p);
    sum.counts += counts[p]!;
    sum.x += x;
    sum.y += y;
    sum.pixels += 1;
  });
  return sums.map((sum) => {
    const pixels = Math.max(1, sum.pixels);
    return { counts: sum.counts / pixels, x: sum.x / pixels, y: sum.y / pixels };
  });
}

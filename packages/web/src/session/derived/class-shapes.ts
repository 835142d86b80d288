/** Where the classes lie in two dimensions of the latent space: medians for names, ellipses for spread. */

export interface ClassShape {
  readonly id: number;
  readonly points: number;
  /** Median of each coordinate, to a five-hundredth of the span; at its end where it lies beyond. */
  readonly median: readonly [x: number, y: number];
  readonly mean: readonly [x: number, y: number];
  /** Half axes of the ellipse of one standard deviation, larger first, and the angle of the larger from x, radians. */
  readonly deviations: readonly [larger: number, smaller: number];
  readonly angle: number;
}

const STEPS = 512;

interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Shapes of the classes that have at least one point with a place, in the order of `ids`. */
export function classShapes(places: Places, labels: Int32Array, ids: readonly number[]): ClassShape[] {
  const slot = new Map(ids.map((id, i) => [id, i]));
  const slots = Int32Array.from(labels, (label) => slot.get(label) ?? -1);
  const sums = ids.map(() => ({ n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 }));
  const [alongX, alongY] = [new Uint32Array(STEPS * ids.length), new Uint32Array(STEPS * ids.length)];
  const stepOf = (value: number, from: number, to: number): number =>
    Math.min(STEPS - 1, Math.max(0, Math.floor(((value - from) / (to > from ? to - from : 1)) * STEPS)));
  for (let p = 0; p < slots.length; p++) {
    const [x, y] = [places.x[p]!, places.y[p]!];
    if (slots[p]! < 0 || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    const sum = sums[slots[p]!]!;
    const [dx, dy] = [x - places.left, y - places.bottom];
    sum.n += 1;
    sum.x += dx;
    sum.y += dy;
    sum.xx += dx * dx;
    sum.xy += dx * dy;
    sum.yy += dy * dy;
    alongX[STEPS * slots[p]! + stepOf(x, places.left, places.right)]! += 1;
    alongY[STEPS * slots[p]! + stepOf(y, places.bottom, places.top)]! += 1;
  }
  return ids.flatMap((id, i): ClassShape[] => {
    const sum = sums[i]!;
    if (sum.n === 0) return [];
    const [mx, my] = [sum.x / sum.n, sum.y / sum.n];
    const ellipse = ellipseOf(sum.xx / sum.n - mx * mx, sum.xy / sum.n - mx * my, sum.yy / sum.n - my * my);
    const median = [
      places.left + ((medianStep(alongX, i, sum.n) + 0.5) / STEPS) * (places.right - places.left),
      places.bottom + ((medianStep(alongY, i, sum.n) + 0.5) / STEPS) * (places.top - places.bottom),
    ] as const;
    return [{ id, points: sum.n, median, mean: [places.left + mx, places.bottom + my], ...ellipse }];
  });
}

function medianStep(histogram: Uint32Array, slot: number, count: number): number {
  let before = 0;
  for (let step = 0; step < STEPS; step++) {
    before += histogram[STEPS * slot + step]!;
    if (2 * before >= count) return step;
  }
  return STEPS - 1;
}

/** Axes of the ellipse of a symmetric 2 x 2 matrix of (co)variances. */
function ellipseOf(xx: number, xy: number, yy: number): Pick<ClassShape, "deviations" | "angle"> {
  const middle = (xx + yy) / 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  return {
    deviations: [Math.sqrt(Math.max(0, middle + half)), Math.sqrt(Math.max(0, middle - half))],
    angle: 0.5 * Math.atan2(2 * xy, xx - yy),
  };
}

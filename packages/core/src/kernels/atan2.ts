const HALF_PI = Math.PI / 2;
const SIXTH_PI = Math.PI / 6;
const ROOT_3 = Math.sqrt(3);
/** tan(15 degrees): below it the series converges in 15 terms. */
const TAN_15 = 2 - ROOT_3;

/** Angle of the point (x, y) from the x axis, radians, -pi to pi; 0 for (0, 0); zeros have no sign. Error below 3e-16. Equal on every engine. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const [ax, ay] = [Math.abs(x), Math.abs(y)];
  if (ax === 0 && ay === 0) return 0;
  const first = ax === Infinity && ay === Infinity ? HALF_PI / 2 : ay <= ax ? atanBelow1(ay / ax) : HALF_PI - atanBelow1(ax / ay);
  const right = x < 0 ? Math.PI - first : first;
  return y < 0 ? -right : right;
}

/** Arc tangent for 0 to 1: turned back by 30 degrees where it is large, then Gregory's series. */
function atanBelow1(t: number): number {
  return t > TAN_15 ? SIXTH_PI + series((t * ROOT_3 - 1) / (t + ROOT_3)) : series(t);
}

function series(t: number): number {
  const square = t * t;
  let sum = 0;
  for (let n = 29; n >= 1; n -= 2) sum = 1 / n - square * sum;
  return t * sum;
}

import { NotConvergedError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";
import { quarterAngle } from "./quarter-angle.js";

const SWEEPS = 200;
const SMALLEST_ANGLE = 1e-10;

/**
 * Rotation of the columns of `loadings` (p x k) that makes them simple: the orthogonal R (float64 [k x k], row-major) for which L = loadings R has
 * the largest Σ_j [Σ_i L_ij⁴ - gamma / p (Σ_i L_ij²)²]. gamma 1: varimax (Kaiser 1958, doi:10.1007/BF02289233), columns with few large and many small
 * entries; gamma 0: quartimax (Neuhaus and Wrigley 1954, doi:10.1111/j.2044-8317.1954.tb00147.x), the same of rows. Pairs of columns are turned by
 * Kaiser's closed form until none turns: no random start. Rows are not normalised. Throws {@link NotConvergedError} for NaN or Infinity.
 */
export function orthomaxRotation({ rows: p, columns: k, data }: Matrix, gamma = 1): Float64Array {
  const turned = Array.from({ length: k }, (_, j) => Float64Array.from({ length: p }, (_, i) => data[i * k + j]!));
  const rotation = Array.from({ length: k }, (_, j) => Float64Array.from({ length: k }, (_, i) => (i === j ? 1 : 0)));
  for (let sweep = 0; ; sweep++) {
    let largest = 0;
    for (let i = 0; i < k; i++) {
      for (let j = i + 1; j < k; j++) {
        const [cosine, sine] = bestTurn(turned[i]!, turned[j]!, gamma);
        turn(turned[i]!, turned[j]!, cosine, sine);
        turn(rotation[i]!, rotation[j]!, cosine, sine);
        largest = Math.max(largest, Math.abs(sine));
      }
    }
    if (largest <= SMALLEST_ANGLE) break;
    if (sweep === SWEEPS || Number.isNaN(largest)) {
      throw new NotConvergedError("The rotation of the components did not settle.", {
        where: "orthomax",
        found: `${sweep} sweeps`,
      });
    }
  }
  return Float64Array.from({ length: k * k }, (_, at) => rotation[at % k]![Math.floor(at / k)]!);
}

/** Cosine and sine of the angle, between -45° and 45°, that makes the pair as simple as possible. */
function bestTurn(x: Float64Array, y: Float64Array, gamma: number): readonly [cosine: number, sine: number] {
  let [sumU, sumV, squares, products] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const u = x[i]! * x[i]! - y[i]! * y[i]!;
    const v = 2 * x[i]! * y[i]!;
    sumU += u;
    sumV += v;
    squares += u * u - v * v;
    products += 2 * u * v;
  }
  const share = gamma / x.length;
  const up = products - 2 * share * sumU * sumV;
  const along = squares - share * (sumU * sumU - sumV * sumV);
  return quarterAngle(along, up);
}

function turn(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    x[i] = cosine * a + sine * b;
    y[i] = cosine * b - sine * a;
  }
}

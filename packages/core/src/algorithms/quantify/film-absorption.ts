/** How much a film absorbs of its own X-rays. */
import { exp, sin } from "../../kernels/math.js";
import { massAttenuation } from "../../xray/attenuation.js";
import { lineNamed } from "../../xray/line-names.js";

export interface FilmAbsorption {
  /**
   * By what the counts of each line must be multiplied, 1 or more: x / (1 - exp(-x)), x = (mass attenuation of the film) (mass thickness) / sin(take-off angle), for X-rays
   * that are made evenly over the depth (Goldstein, Costley, Lorimer and Reed 1977; Watanabe and Williams 2006, doi:10.1111/j.1365-2818.2006.01549.x).
   *
   * @param massFraction in the order of the lines
   */
  factors(massFraction: ArrayLike<number>, massThicknessGcm2: number): Float64Array;
}

/** For a film whose elements are those of the lines. Throws `ParameterError` for a name that is no line. */
export function filmAbsorption(lines: readonly string[], takeOffAngleDeg: number): FilmAbsorption {
  const named = lines.map(lineNamed);
  const n = named.length;
  const attenuation = Float64Array.from({ length: n * n }, (_, at) =>
    massAttenuation(named[at % n]!.element, named[Math.floor(at / n)]!.energyKev),
  );
  const path = 1 / sin((takeOffAngleDeg * Math.PI) / 180);
  return {
    factors(massFraction, massThicknessGcm2) {
      return Float64Array.from({ length: n }, (_, i) => {
        let mixed = 0;
        for (let j = 0; j < n; j++) mixed += attenuation[i * n + j]! * massFraction[j]!;
        return absorptionFactor(mixed * massThicknessGcm2 * path);
      });
    },
  };
}

/** Below it the factor is 1 + x / 2 to all digits. */
const SMALL = 1e-6;

function absorptionFactor(x: number): number {
  return x < SMALL ? 1 + x / 2 : x / (1 - exp(-x));
}

import { matrix } from "../../kernels/matrix.js";
import { type Factors, factorsOf, inOrderOfSize, normaliseComponents, scoresOfAll, spectraOf, turned } from "./factors.js";
import { orthomaxRotation } from "./orthomax.js";
import { transposed } from "./transposed.js";

/**
 * `varimax-spectra`: components with few high channels each; `varimax-maps`: scores that are high in few pixels each (Keenan 2009,
 * doi:10.1002/sia.2949), which suits maps of phases better than orthogonal spectra do.
 */
export const rotations = ["none", "varimax-spectra", "varimax-maps"] as const;
export type Rotation = (typeof rotations)[number];

/**
 * The same sum with other components: those of `factors` turned by varimax in the space of components of unit length, or of maps of equal size. The
 * result has components of unit length in order of size.
 */
export function rotated(factors: Factors, rotation: Rotation): Factors {
  if (rotation === "none" || factors.k < 2) return factors;
  const { k, channels } = factors;
  if (rotation === "varimax-spectra") {
    const byChannel = Float64Array.from(
      factors.components,
      (_, at) => factors.components[(at % k) * channels + Math.floor(at / k)]!,
    );
    const turn = orthomaxRotation(matrix(channels, k, byChannel));
    return finished(turned(factors, turn, transposed(turn, k)));
  }
  const lengths = scoreLengths(factors);
  const equal = Float64Array.from(factors.scores, (score, at) => score / lengths[at % k]!);
  const turn = orthomaxRotation(matrix(equal.length / k, k, equal));
  const p = turn.map((value, at) => value / lengths[Math.floor(at / k)]!);
  const q = transposed(turn, k).map((value, at) => value * lengths[at % k]!);
  return finished(turned(factors, p, q));
}

function finished(factors: Factors): Factors {
  normaliseComponents(factors);
  return inOrderOfSize(factors);
}

/** Euclidean length of each component's scores; 1 where all are 0. */
function scoreLengths({ k, scores }: Factors): Float64Array {
  const squares = new Float64Array(k);
  for (let at = 0; at < scores.length; at++) squares[at % k]! += scores[at]! * scores[at]!;
  return squares.map((square) => (square > 0 ? Math.sqrt(square) : 1));
}

/** Components and scores of a PCA after a rotation. */
export function rotatedPca(
  { components, scores }: { readonly components: readonly Float64Array[]; readonly scores: Float32Array },
  mask: Uint8Array | undefined,
  rotation: Rotation,
): { readonly components: readonly Float64Array[]; readonly scores: Float32Array } {
  if (rotation === "none") return { components, scores };
  const found = rotated(factorsOf(components, scores, mask), rotation);
  return { components: spectraOf(found), scores: scoresOfAll(found, scores.length / components.length, mask) };
}

/**
 * Points under a mixture of Gaussians, a block at a time: shares of the components in each point (expectation), and the moments of the points weighed by them
 * (for maximisation). Blocks make up sections, whose sums are added in their order, so that sections may be worked on anywhere.
 */

/** Points that are seen at once; a block begins at a multiple of it. */
export const BLOCK = 128;
/** Points whose moments are summed together, a multiple of {@link BLOCK}. */
export const SECTION = 4096;
/** Natural logarithm of a share, beside that of the likeliest component, below which it counts as 0: 1e-20. */
export const NOTHING = -46;

/** A mixture of Gaussians as points are measured by it. */
export interface PreparedMixture {
  readonly components: number;
  readonly dimensions: number;
  /** Whether no component has its axes turned. */
  readonly isDiagonal: boolean;
  /** Float64 [components x dimensions] */
  readonly means: Float64Array;
  /** What makes a component round: float64 [components x dimensions x dimensions], lower triangles, or [components x dimensions] where it is diagonal. */
  readonly whitening: Float64Array;
  /** Float64 [components]: natural logarithm of the weighted density at the mean. */
  readonly offsets: Float64Array;
}

/** The points of one piece of work, as they are seen under a mixture; its components are as many as the pass was made for. One mixture at a time. */
export type MixturePass = (mixture: PreparedMixture) => PointsUnder;

/** What can be done with points under a mixture, one block after the other. */
export interface PointsUnder {
  /** Finds the shares in `count` points from `first` on. Returns `sum` plus the natural logarithms of their densities, one after the other. */
  expect(first: number, count: number, sum: number): number;
  /** Adds to {@link moments} those of the block last seen, which began at `first`. */
  addMoments(first: number): void;
  /**
   * Per component {@link momentsOfOne}, each as a pair: of the points listed for a component in a block, the first, third ... are summed apart from the others.
   * Sums of the shares r, of r c for each coordinate c less the mean, and of r c c' (c' up to c; only c' = c where the mixture is diagonal).
   */
  readonly moments: Float64Array;
  /** Returns `sum` plus the entropy of the shares of the block last seen: -Σ r ln r, component after component. */
  entropy(sum: number): number;
  /** Writes the block last seen: probabilities, float32 [count x components], and the likeliest component of each point, the first of equals. */
  spread(count: number, membership: Float32Array, labels: Int32Array): void;
}

/** How many moments a component has. */
export function momentsOfOne(dimensions: number, isDiagonal: boolean): number {
  return 1 + dimensions + (isDiagonal ? dimensions : (dimensions * (dimensions + 1)) / 2);
}

/** Moments of the points from `first` to before `behind`, a section or a part of one at the end. Returns the sum of the logarithms of their densities. */
export function sectionMoments(points: PointsUnder, first: number, behind: number): number {
  points.moments.fill(0);
  let sum = 0;
  for (let block = first; block < behind; block += BLOCK) {
    sum = points.expect(block, Math.min(BLOCK, behind - block), sum);
    points.addMoments(block);
  }
  return sum;
}

/** The same, but returns the entropy of their shares. */
export function sectionEntropy(points: PointsUnder, first: number, behind: number): number {
  points.moments.fill(0);
  let entropy = 0;
  for (let block = first; block < behind; block += BLOCK) {
    points.expect(block, Math.min(BLOCK, behind - block), 0);
    entropy = points.entropy(entropy);
    points.addMoments(block);
  }
  return entropy;
}

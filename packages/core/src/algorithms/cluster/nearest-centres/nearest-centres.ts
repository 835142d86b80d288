/** Points and the centres nearest to them, as k-means needs them. */

/** The points of one piece of work; what is found lies in arrays that it owns. */
export interface NearestCentres {
  /** Int32 [n]: the centre of each point, -1 before the first `assign`. */
  readonly labels: Int32Array;
  /** Float64 [n]: squared distance to it. */
  readonly distances: Float64Array;
  /** Float64 [n]: squared distance to the nearest of the points chosen so far; Infinity before the first. */
  readonly closest: Float64Array;
  /**
   * Gives the points from `first`, an even number, to before `behind` to the nearest centre (float64 [clusters x dimensions]), the first of equals.
   * True where that changed a label.
   */
  assign(centres: Float64Array, first: number, behind: number): boolean;
  /** The sum of `closest` over all points, from the first to the last, if the point `index` were chosen. */
  potentialWith(index: number): number;
  /** Chooses the point `index`. */
  choose(index: number): void;
}

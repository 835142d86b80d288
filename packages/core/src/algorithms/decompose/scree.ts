/** How many components are worth keeping: the curve of explained shares and three readings of it. */
import { elbowOf } from "./elbow.js";

export interface Scree {
  /** Float64: share of Σ z² (the scaled and, when asked, centred data) that each component explains, falling. */
  readonly shares: Float64Array;
  /** Components up to the elbow of ln(share); see `elbowOf`. */
  readonly elbow: number | undefined;
  /** Share that noise alone reaches; see `noiseEdge`. Only for Poisson-scaled counts. */
  readonly noiseShare: number | undefined;
  /** Components above `noiseShare`. */
  readonly aboveNoise: number | undefined;
  /** Float64: how sure each component found in half of the counts is in the other half, in standard errors; see `replication`. Only for counts. */
  readonly replication: Float64Array | undefined;
  /** Components with a replication above {@link REPLICATED}. */
  readonly confirmed: number | undefined;
  /** Components up to the last of those; more than `confirmed` where noise of a few unlike pixels comes before a weak component. */
  readonly replicated: number | undefined;
  /** `replicated` where there is one, else `elbow`; at least 1. */
  readonly suggested: number;
  /** Where `suggested` comes from. */
  readonly suggestedBy: "replication" | "elbow" | "only-one";
}

/** A component counts as replicated above this many standard errors: noise gets there once in 30,000 times. */
const REPLICATED = 4;

export function screeOf(shares: Float64Array, noiseShare: number | undefined, replication: Float64Array | undefined): Scree {
  const elbow = elbowOf(shares);
  const replicated = replication === undefined ? undefined : lastAbove(replication, REPLICATED);
  const suggested = Math.max(1, Math.min(replicated ?? elbow ?? 1, shares.length));
  return {
    shares,
    elbow,
    noiseShare,
    aboveNoise: noiseShare === undefined ? undefined : shares.reduce((sum, share) => sum + (share > noiseShare ? 1 : 0), 0),
    replication,
    confirmed: replication?.reduce((sum, sigma) => sum + (sigma > REPLICATED ? 1 : 0), 0),
    replicated,
    suggested,
    suggestedBy: replicated !== undefined ? "replication" : elbow !== undefined ? "elbow" : "only-one",
  };
}

/** Number of values up to the last one above a limit. */
function lastAbove(values: Float64Array, limit: number): number {
  return values.findLastIndex((value) => value > limit) + 1;
}

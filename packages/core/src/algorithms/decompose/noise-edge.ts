import { pow } from "../../kernels/math.js";

/** 99 % point of the Tracy-Widom distribution of order 1. */
const TRACY_WIDOM_99 = 2.0234;

/**
 * Largest squared singular value that noise of variance 1 reaches in a matrix of `rows` x `columns`: mean plus 2.02 widths of the
 * distribution of Tracy and Widom, as Johnstone 2001, doi:10.1214/aos/1009210544, gives them. Poisson scaling makes the noise of counts
 * such noise exactly when all pixels hold the same spectrum. Where spectra differ much from the mean (a rare phase), noise is stronger
 * there and passes the edge: it is a lower limit, and {@link replication} is the test to trust.
 */
export function noiseEdge(rows: number, columns: number): number {
  const [n, m] = [Math.sqrt(Math.max(rows - 1, 1)), Math.sqrt(Math.max(columns, 1))];
  return (n + m) * (n + m) + TRACY_WIDOM_99 * (n + m) * pow(1 / n + 1 / m, 1 / 3);
}

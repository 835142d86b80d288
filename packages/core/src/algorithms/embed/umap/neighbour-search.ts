import type { Matrix } from "../../../kernels/matrix.js";
import { type Neighbours, nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { quickNeighbours } from "../../../kernels/nearest-neighbours/quick/quick-neighbours.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { UmapParameters } from "./parameters.js";

/** Up to so many pixels the search is a guaranteed one, unless asked for otherwise; and such a search is exact up to so many. */
const MOST_GUARANTEED = 50_000;
const MOST_EXACT = 100_000;
/** Of a guaranteed search among more pixels. */
const ERROR_OF_MANY = 0.5;

type SearchParameters = Pick<UmapParameters, "metric" | "neighbourSearch" | "neighbourError">;

/** The search that the parameters mean for so many pixels: the quick one, or one that finds no neighbour more than 1 + error times as far as the true one. */
export function searchFor(
  pixels: number,
  { neighbourSearch, neighbourError }: Omit<SearchParameters, "metric">,
): "quick" | { readonly error: number } {
  if (neighbourSearch === "quick") return "quick";
  if (neighbourSearch === "auto" && pixels > MOST_GUARANTEED && neighbourError === null) return "quick";
  return { error: neighbourError ?? (pixels > MOST_EXACT ? ERROR_OF_MANY : 0) };
}

/** The k nearest other pixels of every pixel. */
export function neighboursOf(
  features: Matrix<Float32Array>,
  k: number,
  parameters: SearchParameters,
  context: WorkContext,
): Promise<Neighbours> {
  const search = searchFor(features.rows, parameters);
  if (search === "quick") return quickNeighbours(features, k, parameters.metric, context);
  return nearestNeighbours(features, k, parameters.metric, context, search.error);
}

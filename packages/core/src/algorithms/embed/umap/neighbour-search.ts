import type { Matrix } from "../../../kernels/matrix.js";
import { type Neighbours, nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { quickNeighbours } from "../../../kernels/nearest-neighbours/quick/quick-neighbours.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { UmapParameters } from "./parameters.js";

/** Up to so many pixels neighbours are exact, unless asked for otherwise. */
const MOST_EXACT = 100_000;
/** Of a guaranteed search among more pixels. */
const ERROR_OF_MANY = 0.5;

type SearchParameters = Pick<UmapParameters, "metric" | "neighbourSearch" | "neighbourError">;

/** The search that the parameters mean for so many pixels: the quick one, or one that finds no neighbour more than 1 + error times as far as the true one. */
export function searchFor(
  pixels: number,
  { neighbourSearch, neighbourError }: Omit<SearchParameters, "metric">,
): "quick" | { readonly error: number } {
  const isMany = pixels > MOST_EXACT;
  if (neighbourSearch === "quick") return "quick";
  if (neighbourSearch === "auto" && isMany && neighbourError === null) return "quick";
  return { error: neighbourError ?? (isMany ? ERROR_OF_MANY : 0) };
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

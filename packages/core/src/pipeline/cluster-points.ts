import { z } from "zod";
import { type Matrix, matrixOf } from "../kernels/matrix.js";
import type { Analysis } from "./analysis.js";
import { featureColumns } from "./feature-columns.js";
import { need } from "./need.js";

/** Which of the numbers of a pixel decide its cluster. */
export const clusteredOn = z.enum(["latent", "features", "components"]).default("latent").meta({
  title: "What is clustered",
  description:
    "latent: the pixels in the latent space; features: the maps themselves and the pictures beside them; components: the scores of a decomposition.",
});

/** The pixels as points: float32 [pixels x dimensions]. Throws `RecipeError` where the step that makes them is missing before `step`. */
export function pointsToCluster(
  { latent, features, decomposition }: Analysis,
  on: z.output<typeof clusteredOn>,
  step: string,
): Matrix<Float32Array> {
  if (on === "components") {
    const { scores, components } = need(decomposition, step, "the components of a decomposition", "decompose");
    return matrixOf(scores.length / components.length, components.length, scores);
  }
  if (on === "latent") {
    const { data, dimensions } = need(latent, step, "a latent space", "embed");
    return matrixOf(data.length / dimensions, dimensions, data);
  }
  return featureColumns(need(features, step, "features", "features")).matrix;
}

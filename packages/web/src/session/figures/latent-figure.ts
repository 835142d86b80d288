/** The latent space as a figure for paper. */
import { formatCount, latentFigure } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { othersOf } from "../derived/others.js";
import type { Figure } from "../figure.js";

/** Undefined where there is no latent space of two dimensions or more. */
export function latentSpaceFigure(
  analysis: AnalysisSnapshot,
  axes: readonly [x: number, y: number] = [0, 1],
): Figure | undefined {
  const { latent, labels, classes } = analysis;
  if (latent === undefined || latent.dimensions < 2) return undefined;
  const { data, dimensions } = latent;
  const description = `All ${formatCount(data.length / dimensions)} pixels in the latent space.`;
  return {
    id: "latent",
    title: "Latent space",
    leastWidth: 240,
    draw: (size) => latentFigure({ data, dimensions, axes, labels, classes, others: othersOf(analysis), size, description }),
  };
}

/** The latent space as a figure for paper. */
import { formatCount, latentAxisName, latentFigure } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { classShapes } from "../derived/class-shapes.js";
import { othersOf } from "../derived/others.js";
import type { Figure } from "../figure.js";
import { latentIndex } from "../selection/latent-index.js";

interface Shown {
  /** Which two dimensions. Default the first two. */
  readonly axes?: readonly [x: number, y: number];
  /** Of one and two standard deviations, for each class. Default none. */
  readonly ellipses?: boolean;
}

/** Undefined where there is no latent space of two dimensions or more. */
export function latentSpaceFigure(
  analysis: AnalysisSnapshot,
  { axes = [0, 1], ellipses = false }: Shown = {},
): Figure | undefined {
  const { latent, labels, classes, decomposition } = analysis;
  if (latent === undefined || latent.dimensions < 2) return undefined;
  const { data, dimensions, method } = latent;
  const explained = decomposition?.method === method ? decomposition.explainedShare : undefined;
  const [across, up] = axes;
  const description = `All ${formatCount(data.length / dimensions)} pixels in the latent space.`;
  const ids = classes.map(({ id }) => id);
  const shapes = ellipses && labels !== undefined ? classShapes(latentIndex(latent, axes), labels, ids) : [];
  return {
    id: "latent",
    title: "Latent space",
    leastWidth: 240,
    draw: (size) =>
      latentFigure({
        ...{ data, dimensions, axes, labels, classes, size, description },
        others: othersOf(analysis),
        axisNames: [latentAxisName(method, across, explained?.[across]), latentAxisName(method, up, explained?.[up])],
        ellipses: shapes,
      }),
  };
}

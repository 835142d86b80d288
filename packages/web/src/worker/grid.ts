import { pixelAreaUm2, type SpectrumImage } from "@sigma-eds/core";
import type { Grid } from "./engine-protocol.js";

/** The navigation plane of an image; a line is a plane of height 1, a single spectrum one of 1 x 1. */
export function gridOf({ counts: { navigationShape }, navigationAxes }: Pick<SpectrumImage, "counts" | "navigationAxes">): Grid {
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const frames = navigationShape.slice(0, -2).reduce((product, size) => product * size, 1);
  const known = pixelAreaUm2(navigationAxes) !== undefined;
  const pixelSizeUm = known
    ? ([Math.abs(navigationAxes.at(-1)!.scale!), Math.abs(navigationAxes.at(-2)!.scale!)] as const)
    : undefined;
  return { width, height, frames, pixelSizeUm };
}

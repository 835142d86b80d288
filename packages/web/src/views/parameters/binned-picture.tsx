import { useMemo } from "react";
import { basisAfter, basisBefore } from "../../session/derived/here/basis.js";
import { levelsOf } from "../../session/derived/here/levels.js";
import { parameterOf } from "../../session/recipe-change.js";
import type { ViewSession } from "../../session/view-session.js";
import { CountPicture } from "../../ui/count-picture.js";

/** The map with its pixels joined as the recipe asks, as long as what is shown has other pixels. */
export function BinnedPicture({ session: { image, analysis, recipe } }: { readonly session: ViewSession }) {
  const index = recipe.steps.findIndex(({ step }) => step === "bin");
  const factor = Number(parameterOf(recipe, "bin", "factor") ?? 1);
  const shown = Number((analysis && parameterOf(analysis.recipe, "bin", "factor")) ?? 1);
  const binned = useMemo(() => {
    const entry = recipe.steps[index];
    if (image === undefined || entry?.step !== "bin" || factor === shown) return undefined;
    return basisAfter(basisBefore(image, recipe, index), entry);
  }, [image, recipe, index, factor, shown]);
  if (binned === undefined) return null;
  const { grid, countMap } = binned;
  return (
    <CountPicture
      values={countMap}
      width={grid.width}
      height={grid.height}
      least={levelsOf(countMap).at(0.01)}
      // The brightest of a few pixels would leave the rest in the dark.
      most={levelsOf(countMap).at(0.995)}
      name={`Counts of the map with ${factor} × ${factor} pixels joined`}
    />
  );
}

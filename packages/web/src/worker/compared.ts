import { type Analysis, type ComparedResult, DataCheckError, type Recipe } from "@sigma-eds/core";

/** What is compared of an analysis. Throws {@link DataCheckError} where there are no classes. */
export function comparedOf({ labels, classes, classSpectra, image }: Analysis, recipe: Recipe): ComparedResult {
  if (labels === undefined) {
    throw new DataCheckError("There are no classes to compare.", { where: "recipe", remedy: "Find phases first." });
  }
  return { labels, shape: image.counts.navigationShape, classes, spectra: classSpectra, recipe };
}

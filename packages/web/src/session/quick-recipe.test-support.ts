import { parseRecipe } from "@sigma-eds/core";

/** Five classes of a small example, found in a moment. */
export const quick = parseRecipe({
  schemaVersion: 1,
  steps: [
    { step: "bin", factor: 4 },
    { step: "elements" },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 5 },
    { step: "spectra" },
  ],
});

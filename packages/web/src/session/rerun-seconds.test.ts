import { parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { rerunSeconds } from "./rerun-seconds.js";

const laidOutBy = (method: string) =>
  parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "features" }, { step: "embed", method } as never] });
const took = { elements: 0.1, features: 0.4, embed: 2 };

test("steps take as long as they took, and nobody knows how long another method takes", () => {
  const umap = laidOutBy("umap");
  expect(rerunSeconds(["features", "embed", "edit"], took, umap, umap)).toBeCloseTo(2.4, 12);
  expect(rerunSeconds(["features", "embed"], took, laidOutBy("autoencoder"), umap)).toBeUndefined();
  expect(rerunSeconds(["features", "cluster"], took, umap, umap)).toBeUndefined();
  expect(rerunSeconds([], took, umap, undefined)).toBe(0);
});

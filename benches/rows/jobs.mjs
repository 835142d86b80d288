import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { adjustedRandIndex } from "../../packages/core/dist/algorithms/score/adjusted-rand-index.js";
import { binnedTruth } from "../../packages/core/dist/phantom/binned-truth.js";
import { presetRecipe } from "../../packages/core/dist/pipeline/presets.js";
import { left, phantomFile, phantomLines, sizeOfPhantom } from "./inputs.mjs";

const qualityText = "adjusted Rand index with the true phases, pixels of one phase";

export const wholeJob = {
  id: "whole-job",
  title: "Whole job: .rpl, binned, normalised, UMAP, mixture, class spectra, NMF, figures",
  targets: { cold: { target: 8, stretch: 15 }, memory: { target: 5 } },
  runs: { ours: 1, "SIGMA's workflow": 1 },
  peers: ["SIGMA's workflow"],
  size: { width: 250, height: 200, counts: 180 },
  quickSize: { width: 60, height: 50, counts: 180 },
  sizeText: sizeOfPhantom,
  qualityText,
  prepare(size, folder) {
    const { file, truth } = phantomFile(size, folder);
    const known = truth();
    const { beamEnergyKev, resolutionEv } = known.parameters;
    // The peer's picture has no seed, as users make it, and groups found in a picture differ much from seed to seed: ours has another in each round.
    const inputOf = (seed) => {
      const recipe = join(folder, `recipe-${seed}.json`);
      writeFileSync(recipe, JSON.stringify({ ...recipeWith(phantomLines, known.phases.length), seed }));
      return { file, recipe, lines: phantomLines, classes: known.phases.length, beamEnergyKev, resolutionEv };
    };
    return { truth: binnedTruth(known, 2), inputOf };
  },
  quality: ({ truth }, out) => pureIndex(truth, left(out, "labels").data),
};

const auto = {
  title: "`auto`: finding the phases (target: a quarter of what a first numpy prototype took)",
  peers: [],
  sizeText: sizeOfPhantom,
  qualityText,
  prepare(size, folder) {
    const { file, truth } = phantomFile(size, folder);
    return { truth: truth(), input: { file } };
  },
  quality: ({ truth }, out) => pureIndex(truth, left(out, "labels").data),
};

/** The prototype in numpy that the target comes from was not kept, so the target is a time. */
export const autoFound = {
  ...auto,
  id: "auto",
  targets: { seconds: { target: 3, stretch: 1.2 } },
  size: { width: 300, height: 220, counts: 180 },
  quickSize: { width: 60, height: 50, counts: 180 },
};

/** Measured only when asked for: some minutes. */
export const autoMany = {
  ...auto,
  id: "auto-many",
  title: "`auto`: finding the phases of many pixels",
  targets: { seconds: { target: 60 }, megabytes: { target: 4000 } },
  onlyWhenNamed: true,
  work: "auto",
  runs: { ours: 1 },
  size: { width: 1000, height: 1000, counts: 180 },
  quickSize: { width: 100, height: 100, counts: 180 },
};

/** SIGMA's chain with the same lines and classes on both sides. */
function recipeWith(lines, classes) {
  const recipe = presetRecipe("sigma-umap-gmm");
  return {
    ...recipe,
    steps: recipe.steps.map((entry) => {
      if (entry.step === "elements") return { ...entry, lines };
      return entry.step === "cluster" ? { ...entry, nComponents: classes } : entry;
    }),
  };
}

function pureIndex({ labels, pure }, found) {
  const inside = [...labels.keys()].filter((pixel) => pure[pixel] === 1);
  return adjustedRandIndex(
    Int32Array.from(inside, (pixel) => labels[pixel]),
    Int32Array.from(inside, (pixel) => found[pixel]),
  );
}

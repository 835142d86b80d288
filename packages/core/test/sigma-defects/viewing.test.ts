/** In SIGMA looking at a result changes it: posteriors are dropped, means rewritten, features rescaled in place. */
import { expect, test } from "vitest";
import { startAnalysis } from "../../src/pipeline/analysis.js";
import { parseRecipe } from "../../src/pipeline/recipe.js";
import { stepNamed } from "../../src/pipeline/step-registry.js";
import { resultFiles } from "../../src/report/result-files.js";
import { collectCounts } from "../../src/spectrum-image/counts.js";
import { analysed, threePhases, toClasses } from "./three-phases.test-support.js";

const steps = [...toClasses, { step: "spectra" }, { step: "statistics" }, { step: "unmix", method: "nmf" }];

/** Everything but functions, so that it can be kept and compared. */
function copyOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return { name: value.constructor.name, data: Array.from(value as unknown as ArrayLike<number>) };
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Map) return [...value].map(copyOf);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "function" : value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

test("making the report and every file of a result changes nothing, and gives the same bytes again", async () => {
  const analysis = await analysed(steps);
  const before = copyOf(analysis);
  const context = { inputName: "made", inputSha256: "0", recipe: { seed: 3, steps: [] }, recipeSha256: "0", programVersion: "0" };
  const once = [...resultFiles(analysis, context)].map(copyOf);
  expect(copyOf(analysis)).toEqual(before);
  expect([...resultFiles(analysis, context)].map(copyOf)).toEqual(once);
});

test("a step leaves the analysis that it was given as it was", async () => {
  const image = threePhases();
  let analysis = startAnalysis({ ...image, counts: await collectCounts(image.counts) });
  for (const entry of parseRecipe({ schemaVersion: 1, steps }).steps) {
    const before = copyOf(analysis);
    const next = await stepNamed(entry.step).run(analysis, entry, { seed: 3 });
    expect(copyOf(analysis), entry.step).toEqual(before);
    analysis = next;
  }
  expect(analysis.unmixing).toBeDefined();
});

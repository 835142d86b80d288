import {
  canonicalJson,
  formatCount,
  formatNumber,
  formatPercent,
  isSigmaError,
  parseRecipe,
  type Recipe,
  type RecipeStep,
} from "@sigma-eds/core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Field, stepForms } from "../../../ui/parameters/schema-fields.js";
import { stepOffers } from "../../../ui/parameters/step-offers.js";
import { beforeBin, withMethod, withParameter, withParameterOf } from "../../recipe-change.js";
import { withStepAdded } from "../../recipe-steps.js";
import { staleSteps } from "../../stale-steps.js";
import { groundOf, type Known } from "./ground.js";
import { hereSentence } from "./here.js";
import { analysedExample } from "./here.test-support.js";
import { seedSentence } from "./seed.js";

let example: Known;

// A few seconds of work; many more where other work goes on.
beforeAll(async () => {
  example = await analysedExample();
}, 120_000);

/** Every step by every method in the recipe of the example, at its place. */
const all = stepOffers().flatMap(({ step, methods, entry, missing }) => {
  const given = { ...entry, ...Object.fromEntries(missing.map(({ name }) => [name, "BSE"])) };
  return (methods.length > 0 ? methods : [undefined]).map((method) => ({ step, method, given }));
});

function recipeWith(step: RecipeStep["step"], method: string | undefined, given: (typeof all)[number]["given"]): Recipe {
  const { recipe } = example;
  const has = recipe.steps.some((entry) => entry.step === step);
  const added = has ? recipe : parseRecipe(withStepAdded(recipe, given));
  const index = added.steps.findIndex((entry) => entry.step === step);
  const entry = added.steps[index]!;
  if (method === undefined || ("method" in entry && entry.method === method)) return added;
  return parseRecipe(withMethod(added, index, method));
}

/** With the results of the example, as far as they are of this recipe. */
function knownWith(recipe: Recipe): Known {
  return { ...example, recipe, stale: staleSteps(recipe, example.analysis?.recipe) };
}

/** Before anything was run. */
function justOpened(recipe: Recipe): Known {
  return { ...example, recipe, analysis: undefined, stale: [], lastSteps: [] };
}

function said(known: Known, step: string, name: string): string | undefined {
  const ground = groundOf(
    known,
    known.recipe.steps.findIndex((entry) => entry.step === step),
  );
  return ground && hereSentence(name, ground);
}

/** Other values that a field allows: each word, both ends of a range, half of the default and twice of it. */
function otherValues(field: Field): unknown[] {
  const words = field.choices.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
  if (field.kind === "switch") return [true, false];
  if (field.kind === "words") return [["Fe"], ["Fe_Ka", "Si_Ka"], []];
  if (field.kind !== "number" && field.kind !== "integer") return words;
  const near = typeof field.standard === "number" ? [field.standard / 2, field.standard * 2] : [3];
  const numbers = [field.minimum, field.maximum, ...near].filter((value) => value !== undefined && Math.abs(value) < 1e7);
  return [...words, ...numbers];
}

/** A whole sentence, and with nothing in it that was not known. */
function expectSentence(sentence: string | undefined, where: string, help: string): void {
  expect(sentence, where).toMatch(/^[A-Z0-9<“][\s\S]*\.$/);
  expect(sentence, where).not.toMatch(/undefined|null|NaN|Infinity|–|\[object|\.\.|\s\s|\s$|, \.| ;/);
  expect(sentence, where).not.toBe(help);
}

describe.each(all)("$step $method", ({ step, method, given }) => {
  test("says of each of its parameters what it comes to here, with results and before them", () => {
    const recipe = recipeWith(step, method, given);
    const form = stepForms(recipe).find((one) => one.step === step)!;
    for (const { name, help } of form.fields) {
      for (const known of [knownWith(recipe), justOpened(recipe)])
        expectSentence(said(known, step, name), `${step} ${method ?? ""} ${name}`, help);
    }
  });

  test("has a sentence for every other value that is allowed", () => {
    const recipe = recipeWith(step, method, given);
    const form = stepForms(recipe).find((one) => one.step === step)!;
    for (const field of form.fields) {
      for (const value of otherValues(field)) {
        const changed = parsed(withParameter(recipe, form.index, field.name, value));
        if (changed === undefined) continue;
        const sentence = said(knownWith(changed), step, field.name);
        expectSentence(sentence, `${step} ${method ?? ""} ${field.name} ${canonicalJson(value)}`, field.help);
      }
    }
  });
});

/** Undefined where a value is not allowed beside the others. */
function parsed(recipe: unknown): Recipe | undefined {
  try {
    return parseRecipe(recipe);
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return undefined;
  }
}

describe("numbers that were counted by hand", () => {
  const at = (
    step: string,
    name: string,
    changes: readonly [step: string, name: string, value: unknown][] = [],
  ): string | undefined => {
    const recipe = changes.reduce(
      (now, [id, parameter, value]) => parseRecipe(withParameterOf(now, id as RecipeStep["step"], parameter, value, beforeBin)),
      example.recipe,
    );
    return plain(said(knownWith(recipe), step, name));
  };
  /** With usual spaces before units. */
  const plain = (sentence: string | undefined): string | undefined => sentence?.replaceAll("\u202f", " ");

  test("binning: counts of a pixel after it, its width, and what is left out at the edge", () => {
    const mean = example.image!.totalCounts / 1200;
    const said = at("bin", "factor", [["bin", "factor", 7]]);
    expect(said).toContain(`A pixel is 3.5 µm wide and holds ${formatNumber(countsKept(35, 28) / 20)} counts`);
    expect(said).toContain("the map has 5 × 4, 5 columns and 2 rows at the edge left out.");
    expect(at("bin", "factor", [["bin", "factor", 1]])).toContain(`holds ${formatNumber(mean)} counts`);
  });

  test("a step after a binning that was not run yet knows its pixels", () => {
    expect(at("embed", "nNeighbors", [["bin", "factor", 2]])).toBe(
      "5.0 % of the 300 pixels; an island smaller than this (15 pixels, 15 µm²) merges with others.",
    );
    expect(at("embed", "nNeighbors")).toMatch(/^1\.3 % of the 1,200 pixels; .*\(15 pixels, 3\.75 µm²\)/);
  });

  test("a crop: columns, micrometres and shares", () => {
    expect(at("crop", "x", [["crop", "x", [10, 30]]])).toBe("20 of 40 columns are kept, 50.0 %, 10 µm.");
    const { sumSpectrum } = example.image!;
    const share = sumSpectrum.slice(100, 201).reduce((a, b) => a + b, 0) / example.image!.totalCounts;
    expect(at("crop", "energyKev", [["crop", "energyKev", [1, 2]]])).toBe(
      plain(`101 of 2,048 channels are kept, with ${formatPercent(share)} of the counts.`),
    );
  });

  test("a limit of counts: pixels below it", () => {
    const below = example.image!.countMap.filter((value) => value < 120).length;
    expect(at("mask", "minimumCounts", [["mask", "minimumCounts", 120]])).toContain(`${formatCount(below)} pixels have fewer`);
  });

  test("results are told of these parameters alone", () => {
    expect(at("find-phases", "maximumPhases")).toBe(
      `${example.analysis!.evidence!.phases.length} phases were found: the limit did not act.`,
    );
    expect(at("find-phases", "maximumPhases", [["find-phases", "detail", 0.1]])).toBe(
      "The search ends with 30 phases, if it has not ended before.",
    );
    const z = Math.min(...example.analysis!.evidence!.phases.filter(({ discovery }) => discovery > 0).map((one) => one.z));
    expect(at("find-phases", "significance")).toContain(`by ${formatNumber(z)} standard errors.`);
  });

  test("components: the share that they explain", () => {
    const { shares } = example.analysis!.decomposition!.scree!;
    const sum = shares.slice(0, 3).reduce((a, b) => a + b, 0);
    expect(at("decompose", "nComponents", [["decompose", "nComponents", 3]])).toBe(
      plain(
        `3 components explain ${formatPercent(sum)} of the squares, noise included; one more would add ${formatPercent(shares[3]!)}.`,
      ),
    );
  });

  test("normalisation: what nine of ten pixels had and have", () => {
    const { elementMaps, features } = example.analysis!;
    const [brightest] = elementMaps.toSorted((a, b) => sumOfMap(b.data) - sumOfMap(a.data));
    const ends = (map: Float32Array): string => {
      const sorted = map.toSorted();
      return [0.05, 0.95].map((share) => formatNumber(sorted[Math.round(share * (sorted.length - 1))]!, 2)).join(" to ");
    };
    const column = features!.lines.indexOf(brightest!.line);
    const after = features!.data.filter((_, i) => i % features!.lines.length === column);
    expect(at("normalise", "steps")).toContain(
      `goes from ${ends(brightest!.data)} counts to ${ends(after)}, in nine of ten pixels.`,
    );
  });

  test("training: pixels, batches, steps and the size of the network", () => {
    const recipe = recipeWith("embed", "autoencoder", { step: "embed", method: "autoencoder" });
    const epochs = said(knownWith(recipe), "embed", "epochs");
    expect(epochs).toBe("15 batches an epoch, 750 steps at the most.");
    // 12 features: 12 x 512, 512 x 256, 256 x 128, 128 x 2 weights there and as many back, with one bias for each neuron.
    const weights = 2 * (12 * 512 + 512 * 256 + 256 * 128 + 128 * 2) + (512 + 256 + 128 + 2) + (128 + 256 + 512 + 12);
    expect(said(knownWith(recipe), "embed", "hiddenSizes")).toContain(`${formatCount(weights)} weights for 960 pixels`);
  });

  const countsKept = (width: number, height: number): number =>
    example.image!.countMap.reduce((sum, value, p) => sum + (p % 40 < width && Math.floor(p / 40) < height ? value : 0), 0);
  const sumOfMap = (map: Float32Array): number => map.reduce((sum, value) => sum + value, 0);
});

test("the seed: by name the steps that draw random numbers", () => {
  expect(seedSentence(example.recipe)).toBe(
    "Random numbers are drawn by “Decompose” and “Latent space”; the other steps give the same with every seed.",
  );
  const none = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "find-phases" }] });
  expect(seedSentence(none)).toBe("No step of this recipe draws random numbers: every seed gives the same.");
});

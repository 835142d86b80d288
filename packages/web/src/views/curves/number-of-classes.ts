/** How numbers of classes did, as curves, and the recipe that tries one of them. */
import type { ChosenNumber, Recipe, RecipeInput } from "@sigma-eds/core";
import type { KnownCurve } from "./known-curves.js";

const titles = { bic: "BIC", silhouette: "Silhouette", stability: "Stability of the classes" } as const;

type Merit = keyof typeof titles;

/** What the axis of values says; the title stands above it. */
const measures: Readonly<Record<Merit, string>> = {
  bic: "Bayesian information criterion",
  silhouette: "from −1 to 1",
  stability: "adjusted Rand index",
};

const meanings: Readonly<Record<Merit, string>> = {
  bic: "Smaller is better. On maps it goes on falling, because mixed pixels at boundaries are not Gaussian, so it decides only among numbers that are stable.",
  silhouette: "How far classes lie apart: 1 well, 0 not at all; below 0.25 there is no substantial structure.",
  stability: "How well repeated runs agree, as adjusted Rand index: 0.8 is good, 0.9 excellent.",
};

/** One curve for each criterion that has values; the chosen number is ringed. */
export function classNumberCurves({ numbers, nClasses, reason, criterion }: ChosenNumber): KnownCurve[] {
  return (["bic", "silhouette", "stability"] as const).flatMap((merit): KnownCurve | [] => {
    const known = numbers.filter((number) => number[merit] !== undefined);
    if (known.length < 2) return [];
    const decides = criterion === merit || (criterion === "recommended" && merit === "bic");
    return {
      id: `classes-${merit}`,
      title: titles[merit],
      sentence: `${decides ? `${reason} ` : ""}${meanings[merit]}`,
      x: known.map((number) => number.nClasses),
      curves: [{ name: titles[merit], y: known.map((number) => number[merit]!) }],
      xName: "number of classes",
      yName: measures[merit],
      chosen: known.some((number) => number.nClasses === nClasses) ? nClasses : undefined,
      tries: "classes",
    };
  });
}

/** The recipe with so many classes, or with the number chosen by itself; undefined where its method takes no number. */
export function withClassNumber(recipe: Recipe, number: number | "auto"): RecipeInput | undefined {
  const place = recipe.steps.findIndex((entry) => numberField(entry) !== undefined);
  const entry = recipe.steps[place];
  const field = entry === undefined ? undefined : numberField(entry);
  if (entry === undefined || field === undefined) return undefined;
  const steps = recipe.steps.map((other, i) => (i === place ? ({ ...other, [field]: number } as typeof other) : other));
  return { ...recipe, steps };
}

/** The number of classes that the recipe asks for; undefined where its method takes none. */
export function classNumberOf(recipe: Recipe): number | "auto" | undefined {
  for (const entry of recipe.steps) {
    const field = numberField(entry);
    if (field === undefined) continue;
    const value = (entry as Readonly<Record<string, unknown>>)[field];
    return value === "auto" || typeof value === "number" ? value : undefined;
  }
  return undefined;
}

/** Methods whose number may be chosen by itself. */
function numberField(entry: Recipe["steps"][number]): "nComponents" | "nClusters" | undefined {
  if (entry.step !== "cluster") return undefined;
  if (entry.method === "gaussian-mixture") return "nComponents";
  return entry.method === "k-means" ? "nClusters" : undefined;
}

/** The recipe with so many components of its decomposition; undefined where it has none. */
export function withComponents(recipe: Recipe, number: number): RecipeInput | undefined {
  if (!recipe.steps.some(({ step }) => step === "decompose")) return undefined;
  const steps = recipe.steps.map((entry) => (entry.step === "decompose" ? { ...entry, nComponents: number } : entry));
  return { ...recipe, steps };
}

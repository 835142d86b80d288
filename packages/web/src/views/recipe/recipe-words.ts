/** A recipe in words, and as people run it elsewhere. */
import { canonicalJson, type PhantomPreset, phantomPresets, type Recipe, type RecipeStep, steps } from "@sigma-eds/core";
import { fieldsOfRecipeStep, type NamedValue } from "./step-values.js";

export interface RecipeLine {
  readonly title: string;
  /** What the step does, from the core. */
  readonly summary: string;
  /** Parameters that differ from their defaults. */
  readonly changed: readonly NamedValue[];
}

export function recipeLines(recipe: Recipe): RecipeLine[] {
  return recipe.steps.map((entry: RecipeStep, i) => {
    const { title, summary: whole } = steps[entry.step];
    // What all edits have in common is said with the first.
    const summary = entry.step === recipe.steps[i - 1]?.step && entry.step === "edit" ? "" : whole;
    const kind = "method" in entry ? `: ${entry.method}` : "action" in entry ? `: ${entry.action}` : "";
    return { title: `${title}${kind}`, summary, changed: fieldsOfRecipeStep(entry) };
  });
}

/** `sigma run "sample 1.bcf" --recipe recipe.json --out result`; an example, which is no file, is made first. */
export function commandLine(file: string | undefined, dataset: number): string {
  const [example] = Object.entries<PhantomPreset>(phantomPresets).find(([, { name }]) => name === file) ?? [];
  if (example !== undefined)
    return `sigma phantom --preset ${example} --out ${example}\n${commandLine(`${example}/phantom.rpl`, dataset)}`;
  const name = file ?? "FILE";
  const quoted = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  return `sigma run ${quoted}${dataset > 0 ? ` --dataset ${dataset}` : ""} --recipe recipe.json --out result`;
}

/** The recipe as a file. */
export function recipeText(recipe: Recipe): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(recipe)), undefined, 2)}\n`;
}

/** A recipe in words, and as people run it elsewhere. */
import { canonicalJson, type PhantomPreset, phantomPresets, type Recipe, type RecipeStep, steps } from "@sigma-eds/core";
import { sentenceOf } from "../../session/edit-sentences.js";
import { capital } from "../../ui/capital.js";
import { choiceWords } from "../../ui/parameters/choice-words.js";
import { fieldsOfRecipeStep } from "./step-values.js";

export interface RecipeLine {
  /** `Latent space by UMAP` */
  readonly title: string;
  /** What the step does, from the core. */
  readonly summary: string;
  /** `Number of neighbours: 15; least distance: 0.1.`; undefined where all is at its default. */
  readonly settings: string | undefined;
  /** Of edits: each in a sentence. */
  readonly acts: readonly string[];
}

/** A recipe in sentences, all edits in one line; `said`: what the history says of the edits, left out where it does not have them. */
export function recipeLines(recipe: Recipe, said: readonly string[] = []): RecipeLine[] {
  const edits = recipe.steps.filter((entry) => entry.step === "edit");
  const acts = said.length > 0 ? said : edits.map((edit) => sentenceOf([edit], undefined));
  const [first] = edits;
  return recipe.steps.flatMap((entry): RecipeLine[] => {
    if (entry.step === "edit" && entry !== first) return [];
    const { title, summary } = steps[entry.step];
    const method = "method" in entry ? ` by ${methodWords(entry.method)}` : "";
    return [{ title: `${title}${method}`, summary, settings: settingsOf(entry), acts: entry === first ? acts : [] }];
  });
}

/** Names with capitals of their own keep them. */
function methodWords(method: string): string {
  const words = choiceWords(method);
  return /^[A-Z][a-z]+( [a-z]|$)/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

function settingsOf(entry: RecipeStep): string | undefined {
  const changed = fieldsOfRecipeStep(entry).map(({ name, value }) => `${name.charAt(0).toLowerCase()}${name.slice(1)}: ${value}`);
  return changed.length === 0 ? undefined : `${capital(changed.join("; "))}.`;
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

/** The recipe as a file: the bytes of `recipe.json` of a result. */
export function recipeText(recipe: Recipe): string {
  return canonicalJson(recipe);
}

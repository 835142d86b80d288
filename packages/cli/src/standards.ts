/** Standards for quantification from files, put into the recipe: what was run is then complete without them. */
import { basename, resolve } from "node:path";
import { type Recipe, type StandardEntry, standardOfFile, takesStandards, withOwnStandardFacts } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";
import { openInput } from "./input.js";
import { isRecord, oneByOne, withEachStep } from "./json-records.js";

type Entry = Recipe["steps"][number] | { readonly step: string };

/** What `--standard` says: `MgO.msa`, `MgO.msa=MgO`, `glass.msa=CaMgSi2O6:Ca,Mg`. */
interface AskedStandard {
  readonly file: string;
  readonly formula?: string;
  readonly elements?: readonly string[];
}

/** The spectrum in a file, or the sum of all pixels of a map, with what the file says of it. */
async function standardIn(path: string, signal: AbortSignal): Promise<StandardEntry> {
  const input = await openInput(path, { signal });
  try {
    return await standardOfFile(input.contents, basename(path), signal);
  } finally {
    await input.close();
  }
}

/** Reads `file=formula:elements`. Throws {@link UsageError} where a part is empty. */
export function askedStandard(text: string): AskedStandard {
  const [, file, , formula, , elements] = /^(.*?)(=([^=:]*)(:([^=]*))?)?$/.exec(text) ?? [];
  const symbols = elements?.split(",").map((symbol) => symbol.trim());
  if (file === undefined || file === "" || formula === "" || symbols?.includes("") === true) {
    throw new UsageError(`--standard ${text} must be FILE, FILE=FORMULA or FILE=FORMULA:ELEMENTS, for example MgO.msa=MgO:Mg.`);
  }
  return { file, ...(formula === undefined ? {} : { formula }), ...(symbols === undefined ? {} : { elements: symbols }) };
}

/** The steps with the standards added to what quantification has. Throws {@link UsageError} where the recipe does not quantify with XPP. */
export async function withStandards(
  steps: readonly Entry[],
  asked: readonly string[],
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  if (asked.length === 0) return steps;
  if (!steps.some(takesStandards)) {
    throw new UsageError('--standard needs a recipe with a step "quantify" of the method "xpp".');
  }
  const added: object[] = [];
  for (const { file, ...own } of asked.map(askedStandard)) added.push(withOwnStandardFacts(await standardIn(file, signal), own));
  return steps.map((entry) => (takesStandards(entry) ? { ...entry, standards: [...(entry.standards ?? []), ...added] } : entry));
}

/**
 * A recipe as read from JSON in which `standards` of a step may name files, relative to `folder`, as a text or as `{ "file": ... }` beside fields of its own: each gets
 * what its file says. What is not of that form is left to the check of the recipe.
 */
export async function withNamedStandards(recipe: unknown, folder: string, signal: AbortSignal): Promise<unknown> {
  return withEachStep(recipe, async (step) => {
    if (!takesStandards(step) || !Array.isArray(step.standards)) return step;
    return { ...step, standards: await oneByOne(step.standards, (standard) => named(standard, folder, signal)) };
  });
}

async function named(standard: unknown, folder: string, signal: AbortSignal): Promise<unknown> {
  if (typeof standard === "string") return standardIn(resolve(folder, standard), signal);
  if (!isRecord(standard) || typeof standard["file"] !== "string") return standard;
  const { file, ...own } = standard;
  return withOwnStandardFacts(await standardIn(resolve(folder, file as string), signal), own);
}

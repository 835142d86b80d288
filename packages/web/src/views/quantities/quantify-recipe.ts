/** What the recipe says of quantification, and recipes with one thing of it changed. The session checks them by the core's schema. */
import {
  isSigmaError,
  type Metadata,
  parseFormula,
  type Recipe,
  type RecipeInput,
  type RecipeStep,
  type StandardEntry,
  takesStandards,
  withDecimalSign,
} from "@sigma-eds/core";

export type QuantifyStep = Extract<RecipeStep, { step: "quantify" }>;
export type XppStep = Extract<QuantifyStep, { method: "xpp" }>;
export type Standard = XppStep["standards"][number];
/** A standard of a file, with or without a composition. */
export type NewStandard = StandardEntry & {
  readonly formula?: string | undefined;
  readonly elements?: readonly string[] | undefined;
};

export function quantifyStepOf({ steps }: Recipe): QuantifyStep | undefined {
  return steps.find((entry) => entry.step === "quantify");
}

/** Above this energy samples are thin, keV. */
const THIN_SAMPLE_KEV = 60;

/** The method that suits how the sample was measured. */
export function usualMethod(metadata: Pick<Metadata, "instrument" | "beamEnergyKev"> | undefined): "xpp" | "cliff-lorimer" {
  return metadata?.instrument === "TEM" || (metadata?.beamEnergyKev ?? 0) > THIN_SAMPLE_KEV ? "cliff-lorimer" : "xpp";
}

/** The recipe with a parameter of the step quantify set, or at its default for `undefined`; the step is added where it is missing. */
export function withQuantify(recipe: Recipe, changes: Readonly<Record<string, unknown>>, method = "xpp"): RecipeInput {
  const changed = (entry: object): object =>
    Object.fromEntries(Object.entries({ ...entry, ...changes }).filter(([, value]) => value !== undefined));
  const there = quantifyStepOf(recipe);
  const steps: readonly unknown[] =
    there === undefined
      ? withStepAdded(recipe, changed({ step: "quantify", method }))
      : recipe.steps.map((entry) => (entry === there ? changed(entry) : entry));
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}

/** After the identification, before the labels go to the pixels of the file. */
function withStepAdded({ steps }: Recipe, entry: object): readonly unknown[] {
  const later = steps.findIndex(({ step }) => step === "upscale");
  const at = later < 0 ? steps.length : later;
  return [...steps.slice(0, at), entry, ...steps.slice(at)];
}

/** Live time and beam current of the map: what the recipe says, else the file. */
export function doseOfSample(
  recipe: Recipe,
  metadata: Pick<Metadata, "detector" | "beamCurrentNa"> | undefined,
): { readonly liveTimeS: number | undefined; readonly beamCurrentNa: number | undefined } {
  const step = quantifyStepOf(recipe);
  const { liveTimeS, beamCurrentNa } = step?.method === "xpp" ? step : {};
  return {
    liveTimeS: liveTimeS ?? metadata?.detector.liveTimeS,
    beamCurrentNa: beamCurrentNa ?? metadata?.beamCurrentNa,
  };
}

export function standardsOf(recipe: Recipe): readonly Standard[] {
  const step = quantifyStepOf(recipe);
  return step !== undefined && takesStandards(step) && "standards" in step ? step.standards : [];
}

/** The recipe with these standards after those that it has; one of the same name gives way to the new one, in its place. */
export function withStandards(recipe: Recipe, added: readonly NewStandard[]): RecipeInput {
  let standards: readonly object[] = standardsOf(recipe);
  for (const one of added) {
    const at = standards.findIndex((other) => (other as Standard).name === one.name);
    standards = at < 0 ? [...standards, one] : standards.map((other, i) => (i === at ? one : other));
  }
  return withQuantify(recipe, { standards });
}

export function withoutStandard(recipe: Recipe, index: number): RecipeInput {
  return withQuantify(recipe, { standards: standardsOf(recipe).filter((_, i) => i !== index) });
}

/** The recipe with one fact of a standard changed. A formula takes the place of the mass fractions of its file. */
export function withStandardFact(recipe: Recipe, index: number, name: string, value: unknown): RecipeInput {
  const standards = standardsOf(recipe).map((one, i): object => {
    if (i !== index) return one;
    const { [name]: _, ...rest } = one as Readonly<Record<string, unknown>>;
    if (value === undefined) return rest;
    const { massFractions, ...others } = rest;
    return { ...(name === "formula" ? others : rest), [name]: value };
  });
  return withQuantify(recipe, { standards });
}

export function hasComposition({ formula, massFractions }: NewStandard): boolean {
  return formula !== undefined || massFractions !== undefined;
}

/** A formula that stands as a word in the name, `CaF2 std`; undefined where there is none. `K412` is a glass, not 412 atoms of potassium. */
export function formulaInName(name: string): string | undefined {
  return name.split(/[\s_,;-]+/).findLast((word) => isFormula(word) && !/^[A-Z][a-z]?\d+$/.test(word));
}

export function isFormula(text: string): boolean {
  try {
    parseFormula(text);
    return true;
  } catch (error) {
    if (isSigmaError(error)) return false;
    throw error;
  }
}

/** `MgO`, or `F 48.7 %, Ca 51.3 %`. */
export function compositionWords({ formula, massFractions }: Pick<NewStandard, "formula" | "massFractions">): string {
  if (formula !== undefined) return formula;
  return Object.entries(massFractions ?? {})
    .sort(([, a], [, b]) => b - a)
    .map(([element, fraction]) => `${element} ${withDecimalSign(String(Number((100 * fraction).toFixed(1))))} %`)
    .join(", ");
}

/** What is missing for a comparison by dose, in words: without it the fractions are made to sum to 100 %. */
export function doseWords(
  given: readonly Pick<Standard, "name" | "liveTimeS" | "beamCurrentNa">[],
  sample: { readonly liveTimeS: number | undefined; readonly beamCurrentNa: number | undefined },
): string | undefined {
  if (given.length === 0) return undefined;
  const timeless = given.find(({ liveTimeS }) => liveTimeS === undefined);
  if (timeless !== undefined) return `The live time of ${timeless.name} is not known: write it.`;
  const currentless = given.find(({ beamCurrentNa }) => beamCurrentNa === undefined);
  if (currentless !== undefined)
    return `The beam current of ${currentless.name} is not known: the amounts are made to sum to 100 %.`;
  if (sample.liveTimeS !== undefined && sample.beamCurrentNa !== undefined) return undefined;
  const missing = sample.liveTimeS === undefined ? "live time" : "beam current";
  return `The ${missing} of the map is not known: the amounts are made to sum to 100 %. It can be written in How it was measured.`;
}

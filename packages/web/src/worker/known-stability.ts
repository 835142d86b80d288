/** What the step stability gave. It judges the classes as they were found, before edits: so that it is the same after any edit, and is not computed again. */
import { type Analysis, canonicalJson, type Recipe, type StepTiming } from "@sigma-eds/core";

/** What made it, and what it was. */
interface Known {
  readonly key: string;
  readonly stability: NonNullable<Analysis["stability"]>;
  readonly timing: StepTiming | undefined;
}

const MOST_KNOWN = 4;

/** Steps before it that change nothing of what it judges. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(["edit", "spectra"]);

/** Position of the step in a recipe; -1 where there is none. */
export function placeOfStability({ steps }: Recipe): number {
  return steps.findIndex(({ step }) => step === "stability");
}

export class KnownStability {
  #known: readonly Known[] = [];

  /** Of a recipe whose classes are found, and found again, in the same way. */
  of(recipe: Recipe): Known | undefined {
    const key = keyOf(recipe);
    return this.#known.find((one) => one.key === key);
  }

  remember(recipe: Recipe, { stability }: Analysis, timing: StepTiming | undefined): void {
    if (stability === undefined || this.of(recipe) !== undefined) return;
    this.#known = [{ key: keyOf(recipe), stability, timing }, ...this.#known].slice(0, MOST_KNOWN);
  }

  /** Another image: nothing of what is known holds. */
  forget(): void {
    this.#known = [];
  }
}

function keyOf(recipe: Recipe): string {
  const place = placeOfStability(recipe);
  const entries = recipe.steps.slice(0, place + 1).filter(({ step }) => !WITHOUT_EFFECT.has(step));
  return canonicalJson({ seed: recipe.seed, entries });
}

/** What the palette does with the recipe: every preset, and every step in and out. */
import { type Preset, presets } from "@sigma-eds/core";
import type { Command } from "../session/commands.js";
import { addStep, choosePreset, removeStep } from "../session/recipe-acts.js";
import type { RecipeRefusal } from "../session/recipe-steps.js";
import type { Session } from "../session/session.js";
import type { ViewSession } from "../session/view-session.js";
import { type StepOffer, stepOffers } from "../ui/parameters/step-offers.js";

export function recipeCommands({ actions }: Pick<Session, "actions">, shown: () => ViewSession): Command[] {
  const open = (): string | undefined => (shown().image === undefined ? "Open a file first." : undefined);
  const inSight = (act: () => RecipeRefusal | undefined) => () => {
    actions.goToStage("find-phases");
    actions.showAllControls(true);
    const refusal = act();
    if (refusal !== undefined) actions.say(refusal.sentence);
  };
  const offers = stepOffers();
  return [
    ...Object.values<Preset>(presets).map((preset) => ({
      id: `recipe.preset.${preset.id}`,
      title: `Recipe: ${preset.title}`,
      words: `preset method ${preset.id}`,
      unavailable: open,
      run: inSight(() => choosePreset(shown(), preset)),
    })),
    ...offers.map((offer) => ({
      id: `recipe.add.${offer.step}`,
      title: `Add step: ${offer.title}`,
      words: `recipe method ${offer.step} ${offer.methods.join(" ")}`,
      unavailable: () => open() ?? missingIn(offer),
      run: inSight(() => addStep(shown(), offer.entry)),
    })),
    ...offers.map(({ step, title }) => ({
      id: `recipe.remove.${step}`,
      title: `Remove step: ${title}`,
      words: `recipe method ${step}`,
      unavailable: () => open() ?? (lastOf(shown(), step) < 0 ? "The recipe has no such step." : undefined),
      run: inSight(() => removeStep(shown(), lastOf(shown(), step))),
    })),
  ];
}

function missingIn({ missing }: StepOffer): string | undefined {
  if (missing.length === 0) return undefined;
  return `It needs a value: ${missing.map(({ title }) => title).join(", ")}. Add it among all controls.`;
}

function lastOf({ recipe }: ViewSession, step: StepOffer["step"]): number {
  return recipe.steps.findLastIndex((entry) => entry.step === step);
}

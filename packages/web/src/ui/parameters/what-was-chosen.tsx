import type { Recipe, RecipeInput } from "@sigma-eds/core";
import { useContext, useMemo } from "react";
import { automaticChoices } from "../../session/automatic-choices.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { OfferedAsContext, PanelNameContext } from "../host.js";
import { PanelSection } from "../panel/panel-section.js";
import { ChoiceList } from "./choice-list.js";
import { presetOf } from "./usual-values.js";

interface Props {
  readonly analysis: AnalysisSnapshot | undefined;
  /** Of the controls. */
  readonly recipe: Recipe;
  onRecipe(recipe: RecipeInput): void;
  /** Opens a view that shows what decided. */
  onWhy(view: string): void;
}

/** Every automatic choice in words, with the control that changes it. A changed one marks the steps from its own on as out of date. */
export function WhatWasChosen({ analysis, recipe, onRecipe, onWhy }: Props) {
  const panel = useContext(PanelNameContext);
  const choices = useMemo(() => (analysis === undefined ? [] : automaticChoices(analysis)), [analysis]);
  const automatic = useMemo(() => presetOf(recipe.name), [recipe.name]);
  if (analysis === undefined || choices.length === 0) return null;
  return (
    <PanelSection title="What was chosen" aside="a click changes it">
      <OfferedAsContext value={panel}>
        <ChoiceList {...{ choices, recipe, automatic, onRecipe, onWhy }} shown={analysis.recipe} />
      </OfferedAsContext>
    </PanelSection>
  );
}

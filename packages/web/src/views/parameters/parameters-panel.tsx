import type { RecipeInput } from "@sigma-eds/core";
import { useMemo, useRef } from "react";
import { shownWarnings } from "../../session/derived/warnings.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import styles from "../../ui/parameters/parameters.module.css";
import { fieldsOfRecipe, stepForms } from "../../ui/parameters/schema-fields.js";
import { WhatWasChosen } from "../../ui/parameters/what-was-chosen.js";
import { WarningList } from "../../ui/warning-list.js";
import { AddStep } from "./add-step.js";
import { BasicControls } from "./basic-controls.js";
import { ControlFinder } from "./control-finder.js";
import { fieldsFound, methodFound } from "./find-control.js";
import { RecipeChoice } from "./recipe-choice.js";
import { StepSection } from "./step-section.js";
import steps from "./steps.module.css";
import { keyedForms, useNewStep } from "./use-new-step.js";
import { WholeRecipe } from "./whole-recipe.js";

/** Parameters of the recipe: five; or the choice of a recipe and all of its steps with all they have. Then what was chosen, in sentences. */
export function ParametersPanel({ session }: { readonly session: ViewSession }) {
  const { recipe, allControls, actions, analysis, linked } = session;
  const forms = useMemo(() => keyedForms(stepForms(recipe)), [recipe]);
  const place = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const added = useNewStep(forms, place, add);
  const { value: typed } = useSharedValue(linked.soughtControl);
  const sought = allControls ? typed.trim() : "";
  const found = forms.filter(({ form }) => fieldsFound(form, sought).length > 0 || methodFound(form, sought));
  const isWholeFound = fieldsFound({ title: "", fields: fieldsOfRecipe() }, sought).length > 0;
  const change = (next: RecipeInput): void => actions.changeRecipe(next);
  return (
    <div className={styles["panel"]}>
      {allControls ? <RecipeChoice session={session} /> : <BasicControls session={session} onRecipe={change} />}
      {allControls && <ControlFinder sought={typed} onSeek={(sought) => linked.soughtControl.set(sought, "controls")} />}
      {isWholeFound && <WholeRecipe session={session} />}
      <div className={steps["steps"]} ref={place}>
        {(sought === "" ? forms : found).map(({ key, form }) => (
          <StepSection key={key} form={form} session={session} isNew={key === added} sought={sought} />
        ))}
        {!isWholeFound && found.length === 0 && <p role="status">No control of this recipe is called that.</p>}
        {allControls && sought === "" && <AddStep session={session} buttonRef={add} />}
      </div>
      {analysis !== undefined && <WarningList warnings={shownWarnings(analysis.warnings, actions)} />}
      <WhatWasChosen analysis={analysis} recipe={recipe} onRecipe={change} onWhy={actions.openView} />
    </div>
  );
}

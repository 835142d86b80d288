import type { RecipeInput } from "@sigma-eds/core";
import { useMemo } from "react";
import { withMethod, withParameter } from "../../session/recipe-change.js";
import type { ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { choiceWords } from "../../ui/parameters/choice-words.js";
import { isStandard } from "../../ui/parameters/field-values.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import styles from "../../ui/parameters/parameters.module.css";
import { type Field, type StepForm, stepForms } from "../../ui/parameters/schema-fields.js";
import { presetOf, WhatWasChosen } from "../../ui/parameters/what-was-chosen.js";
import { WarningList } from "../../ui/warning-list.js";
import { BasicControls, basicParameters } from "./basic-controls.js";

/** Parameters of the recipe: five, or all of them by step; what differs from its default is always there. Then what was chosen, in sentences. */
export function ParametersPanel({ session }: { readonly session: ViewSession }) {
  const { recipe, allControls, actions, analysis } = session;
  const forms = useMemo(() => stepForms(recipe), [recipe]);
  const change = (next: RecipeInput): void => actions.changeRecipe(next);
  return (
    <div className={styles["panel"]}>
      {!allControls && <BasicControls session={session} onRecipe={change} />}
      {forms.map((form) => (
        <StepFields key={form.index} form={form} session={session} />
      ))}
      {analysis !== undefined && <WarningList warnings={analysis.warnings} />}
      <WhatWasChosen analysis={analysis} recipe={recipe} onRecipe={change} onWhy={actions.openView} />
    </div>
  );
}

type Entry = Readonly<Record<string, unknown>>;

function StepFields({ form, session }: { readonly form: StepForm; readonly session: ViewSession }) {
  const { recipe, allControls, actions } = session;
  const entry = recipe.steps[form.index] as Entry | undefined;
  const given = useMemo(() => entryOfPreset(recipe.name, form), [recipe.name, form]);
  const shown = form.fields.filter(
    (field) => allControls || (isChanged(field, entry, given) && !basicParameters.has(`${form.step}.${field.name}`)),
  );
  const choosable = allControls && form.methods.length > 1;
  if (shown.length === 0 && !choosable && !allControls) return null;
  const methods = form.methods.map((value) => ({ value, label: choiceWords(value) }));
  return (
    <details className={styles["step"]} open={!allControls || shown.some((field) => isChanged(field, entry, given))}>
      <summary>{form.title}</summary>
      <p className={styles["summary"]}>{form.summary}</p>
      <div className={styles["fields"]}>
        {choosable && form.method !== undefined && (
          <div className={styles["field"]}>
            <span>Method</span>
            <div className={styles["control"]}>
              <Choice
                label="Method"
                value={form.method}
                choices={methods}
                onChange={(method) => actions.changeRecipe(withMethod(recipe, form.index, method))}
              />
            </div>
          </div>
        )}
        {shown.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            value={entry?.[field.name]}
            onChange={(value) => actions.changeRecipe(withParameter(recipe, form.index, field.name, value))}
          />
        ))}
        {shown.length === 0 && !choosable && <p className={styles["help"]}>This step has no parameters.</p>}
      </div>
    </details>
  );
}

/** The step as the preset of this name has it; undefined where there is none. */
function entryOfPreset(name: string | undefined, { step, method }: StepForm): Entry | undefined {
  return presetOf(name)?.steps.find(
    (entry) => entry.step === step && ("method" in entry ? entry.method : undefined) === method,
  ) as Entry | undefined;
}

/** Whether somebody chose the value: what the schema or the preset gives by itself is nobody's choice. */
function isChanged(field: Field, entry: Entry | undefined, given: Entry | undefined): boolean {
  const value = entry?.[field.name];
  return !isStandard(field, value) && JSON.stringify(value) !== JSON.stringify(given?.[field.name]);
}

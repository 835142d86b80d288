import type { RecipeInput } from "@sigma-eds/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { exchangeMethod, moveStep, removeStep } from "../../session/recipe-acts.js";
import { withParameter } from "../../session/recipe-change.js";
import { canMove, type RecipeRefusal, recipeRefusal } from "../../session/recipe-steps.js";
import type { Problem, ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { IconAction } from "../../ui/icon-action.js";
import { choiceWords } from "../../ui/parameters/choice-words.js";
import { isStandard } from "../../ui/parameters/field-values.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import fields from "../../ui/parameters/parameters.module.css";
import type { Field, StepForm } from "../../ui/parameters/schema-fields.js";
import { presetOf } from "../../ui/parameters/what-was-chosen.js";
import { basicParameters } from "./basic-controls.js";
import styles from "./steps.module.css";

type Entry = Readonly<Record<string, unknown>>;

interface Props {
  readonly form: StepForm;
  readonly session: ViewSession;
  /** True for a step that was added last. */
  readonly isNew: boolean;
}

/** One step of the recipe: its method, its parameters, and among all controls the ways to move it and to take it out. */
export function StepSection({ form, session, isNew }: Props) {
  const { recipe, allControls, actions } = session;
  const [refusal, setRefusal] = useState<RecipeRefusal>();
  const entry = recipe.steps[form.index] as Entry | undefined;
  const given = useMemo(() => entryOfPreset(recipe.name, form), [recipe.name, form]);
  const shown = form.fields.filter(
    (field) => allControls || (isChanged(field, entry, given) && !basicParameters.has(`${form.step}.${field.name}`)),
  );
  const choosable = allControls && form.methods.length > 1;
  const failure = failureOf(session.problem, form);
  if (shown.length === 0 && !allControls) return null;
  const set = (name: string, value: unknown): void => {
    const next: RecipeInput = withParameter(recipe, form.index, name, value);
    const refused = recipeRefusal(next);
    setRefusal(refused);
    if (refused === undefined) actions.changeRecipe((now) => withParameter(now, form.index, name, value));
  };
  const placeOf = (name: string): boolean => refusal?.field?.startsWith(`steps.${form.index}.${name}`) === true;
  const elsewhere = refusal !== undefined && !shown.some(({ name }) => placeOf(name));
  const isOpen = !allControls || isNew || failure !== undefined || shown.some((field) => isChanged(field, entry, given));
  return (
    <div className={styles["section"]}>
      <details className={fields["step"]} open={isOpen}>
        <summary>{form.title}</summary>
        <p className={fields["summary"]}>{form.summary}</p>
        {failure !== undefined && <Refused sentence={failure} />}
        {elsewhere && <Refused sentence={refusal.sentence} />}
        <div className={fields["fields"]}>
          {choosable && form.method !== undefined && (
            <div className={fields["field"]}>
              <span>Method</span>
              <div className={fields["control"]}>
                <Choice
                  label="Method"
                  value={form.method}
                  choices={form.methods.map((value) => ({ value, label: choiceWords(value) }))}
                  onChange={(method) => setRefusal(exchangeMethod(session, form.index, method, choiceWords(method)))}
                />
              </div>
            </div>
          )}
          {shown.map((field) => (
            <div key={field.name} className={styles["parameter"]}>
              <ParameterField field={field} value={entry?.[field.name]} onChange={(value) => set(field.name, value)} />
              {placeOf(field.name) && refusal !== undefined && <Refused sentence={refusal.sentence} />}
            </div>
          ))}
          {shown.length === 0 && !choosable && <p className={fields["help"]}>This step has no parameters.</p>}
        </div>
      </details>
      {allControls && <StepActs form={form} session={session} onRefusal={setRefusal} />}
    </div>
  );
}

interface ActsProps extends Pick<Props, "form" | "session"> {
  onRefusal(refusal: RecipeRefusal | undefined): void;
}

function StepActs({ form: { index, title }, session, onRefusal }: ActsProps) {
  const acts = [
    { icon: IconArrowUp, label: `Move ${title} earlier`, by: -1 },
    { icon: IconArrowDown, label: `Move ${title} later`, by: 1 },
  ] as const;
  return (
    <div className={styles["acts"]}>
      {acts
        .filter(({ by }) => canMove(session.recipe, index, by))
        .map(({ icon, label, by }) => (
          <IconAction key={label} icon={icon} size={14} label={label} onClick={() => onRefusal(moveStep(session, index, by))} />
        ))}
      <IconAction icon={IconX} size={14} label={`Remove ${title}`} onClick={() => onRefusal(removeStep(session, index))} />
    </div>
  );
}

function Refused({ sentence }: { readonly sentence: string }) {
  return (
    <p className={styles["refusal"]} role="alert">
      {sentence}
    </p>
  );
}

/** Why the last run ended in this step; what to do is part of it. */
function failureOf(problem: Problem | undefined, { step }: StepForm): string | undefined {
  if (problem?.kind !== "run" || problem.where === undefined) return undefined;
  const isHere = problem.where === `step ${step}` || problem.where.endsWith(`(${step})`);
  const place = `${problem.where}: `;
  return isHere ? problem.title.slice(problem.title.startsWith(place) ? place.length : 0) : undefined;
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

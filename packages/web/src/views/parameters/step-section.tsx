import type { RecipeInput } from "@sigma-eds/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useHereSentences } from "../../session/derived/here/use-here-sentences.js";
import { exchangeMethod, moveStep, removeStep } from "../../session/recipe-acts.js";
import { withParameter } from "../../session/recipe-change.js";
import { canMove, type RecipeRefusal, recipeRefusal } from "../../session/recipe-steps.js";
import type { Problem, ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { IconAction } from "../../ui/icon-action.js";
import { choiceWords } from "../../ui/parameters/choice-words.js";
import { isChosen } from "../../ui/parameters/field-values.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import fields from "../../ui/parameters/parameters.module.css";
import type { StepForm } from "../../ui/parameters/schema-fields.js";
import { presetMethod, type Values, valuesNobodyChose } from "../../ui/parameters/usual-values.js";
import { basicParameters } from "./basic-parameters.js";
import { BinnedPicture } from "./binned-picture.js";
import { fieldsFound, methodFound } from "./find-control.js";
import styles from "./steps.module.css";

interface Props {
  readonly form: StepForm;
  readonly session: ViewSession;
  /** True for a step that was added last. */
  readonly isNew: boolean;
  /** Only what these words name is shown, and open; all where there are none. */
  readonly sought: string;
}

/** One step of the recipe: its method, its parameters, and among all controls the ways to move it and to take it out. */
export function StepSection({ form, session, isNew, sought }: Props) {
  const { recipe, allControls, actions } = session;
  const [refusal, setRefusal] = useState<RecipeRefusal>();
  const entry = recipe.steps[form.index] as Values | undefined;
  const usual = useMemo(() => valuesNobodyChose({ name: recipe.name }, form.step, form.method), [recipe.name, form]);
  const isChanged = (name: string): boolean => isChosen(entry?.[name], usual[name]);
  const shown = fieldsFound(form, sought).filter(
    ({ name }) => allControls || (isChanged(name) && !basicParameters.has(`${form.step}.${name}`)),
  );
  const ofPreset = presetMethod(recipe, form.step);
  const isOtherMethod = form.method !== undefined && ofPreset !== undefined && form.method !== ofPreset;
  const choosable = form.methods.length > 1 && (allControls || isOtherMethod) && methodFound(form, sought);
  const failure = failureOf(session.problem, form);
  const isOpen = !allControls || isNew || sought !== "" || failure !== undefined || shown.some(({ name }) => isChanged(name));
  const [isLookedAt, setLookedAt] = useState(isOpen);
  const here = useHere(session, form.index, isOpen || isLookedAt);
  if (shown.length === 0 && !choosable && !allControls) return null;
  const set = (name: string, value: unknown): void => {
    const next: RecipeInput = withParameter(recipe, form.index, name, value);
    const refused = recipeRefusal(next);
    setRefusal(refused);
    if (refused === undefined) actions.changeRecipe((now) => withParameter(now, form.index, name, value));
  };
  const placeOf = (name: string): boolean => refusal?.field?.startsWith(`steps.${form.index}.${name}`) === true;
  const elsewhere = refusal !== undefined && !shown.some(({ name }) => placeOf(name));
  return (
    <div className={styles["section"]} data-step={form.index}>
      <details className={fields["step"]} open={isOpen} onToggle={(event) => setLookedAt(event.currentTarget.open)}>
        <summary>{form.title}</summary>
        <p className={fields["summary"]}>{form.summary}</p>
        {failure !== undefined && <Refused sentence={failure} />}
        {form.step === "bin" && <BinnedPicture session={session} />}
        {elsewhere && <Refused sentence={refusal.sentence} />}
        <div className={fields["fields"]}>
          {choosable && form.method !== undefined && (
            <Method form={form} session={session} usual={ofPreset} onRefusal={setRefusal} />
          )}
          {shown.map((field) => (
            <div key={field.name} className={styles["parameter"]}>
              <ParameterField
                field={field}
                value={entry?.[field.name]}
                usual={usual[field.name]}
                here={here(field.name)}
                onChange={(value) => set(field.name, value)}
              />
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

/** Sentences about the open image, worked out once the section is open. */
function useHere({ image, analysis, recipe, stale, lastSteps }: ViewSession, index: number, isWanted: boolean) {
  const sentences = useHereSentences();
  return useMemo((): ((name: string) => string | undefined) => {
    if (sentences === undefined || !isWanted) return () => undefined;
    return sentences.hereOfEntry({ image, analysis, recipe, stale, lastSteps }, index);
  }, [sentences, image, analysis, recipe, stale, lastSteps, index, isWanted]);
}

interface ActsProps extends Pick<Props, "form" | "session"> {
  onRefusal(refusal: RecipeRefusal | undefined): void;
}

/** `usual`: the method of the preset. */
function Method({ form, session, usual, onRefusal }: ActsProps & { readonly usual: string | undefined }) {
  const { index, method = "", methods } = form;
  const choose = (next: string): void => onRefusal(exchangeMethod(session, index, next, choiceWords(next)));
  const isOther = usual !== undefined && usual !== method;
  return (
    <div className={fields["field"]} data-changed={isOther} data-parameter="method">
      <span>Method</span>
      <div className={fields["control"]}>
        <Choice
          label="Method"
          value={method}
          choices={methods.map((value) => ({ value, label: choiceWords(value) }))}
          onChange={choose}
        />
      </div>
      {isOther && (
        <p className={fields["help"]}>
          <button type="button" onClick={() => choose(usual)}>{`Back to ${choiceWords(usual)}`}</button>
        </p>
      )}
    </div>
  );
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
  const said = [problem.title, problem.found, problem.remedy].filter((sentence) => sentence !== undefined);
  return isHere ? said.join(" ") : undefined;
}

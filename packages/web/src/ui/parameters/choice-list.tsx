import type { Recipe, RecipeInput } from "@sigma-eds/core";
import { useState } from "react";
import type { AutomaticChoice, ChoiceHandle } from "../../session/automatic-choices.js";
import { beforeBin, parameterOf, withParameterOf } from "../../session/recipe-change.js";
import { useOffered } from "../host.js";
import { Disclosure } from "../panel/disclosure.js";
import { TextButton } from "../text-button.js";
import styles from "./choice-list.module.css";
import { ParameterField } from "./parameter-field.js";
import { type Field, fieldsOfStep } from "./schema-fields.js";

interface Props {
  readonly choices: readonly AutomaticChoice[];
  /** Of the controls: what the next run does. */
  readonly recipe: Recipe;
  /** Of what is shown. */
  readonly shown: Recipe;
  /** As it comes when nobody chooses; undefined: every parameter at its default. */
  readonly automatic: Recipe | undefined;
  onRecipe(recipe: RecipeInput): void;
  /** Opens a view that shows what decided. */
  onWhy(view: string): void;
}

/** Everything that was chosen for the user: a sentence each, who chose, and the control that changes it, in place, with the way back to automatic. */
export function ChoiceList({ choices, ...rest }: Props) {
  const [open, setOpen] = useState<string>();
  return (
    <ul className={styles["list"]}>
      {choices.map(({ sentence, handle }) => {
        const field = handle === undefined ? undefined : fieldOf(handle, rest.recipe);
        return (
          <li key={sentence} className={styles["choice"]}>
            {handle === undefined || field === undefined ? (
              <p className={styles["fact"]}>{sentence}</p>
            ) : (
              <Choice
                {...rest}
                sentence={sentence}
                handle={handle}
                field={field}
                open={open === sentence}
                onOpen={(opened) => setOpen(opened ? sentence : undefined)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ChoiceProps extends Omit<Props, "choices"> {
  readonly sentence: string;
  readonly handle: ChoiceHandle;
  readonly field: Field;
  readonly open: boolean;
  onOpen(open: boolean): void;
}

function Choice({ sentence, handle, field, recipe, shown, automatic, open, onOpen, onRecipe, onWhy }: ChoiceProps) {
  const { step, parameter, why } = handle;
  const value = parameterOf(recipe, step, parameter);
  const given = automatic === undefined ? undefined : parameterOf(automatic, step, parameter);
  const own = given ?? field.standard;
  const isOwn = isSame(value ?? field.standard, own);
  const isShown = isSame(value ?? field.standard, parameterOf(shown, step, parameter) ?? field.standard);
  const set = (next: unknown): void => onRecipe(withParameterOf(recipe, step, parameter, next, beforeBin));
  useOffered([{ title: `Change ${field.title.toLowerCase()}`, words: sentence, run: () => onOpen(true) }]);
  const chip = isShown ? (isOwn ? "auto" : "you") : "changed";
  return (
    <Disclosure
      open={open}
      onOpen={onOpen}
      summary={
        <span className={styles["summary"]}>
          <span className={styles["sentence"]}>{sentence}</span>
          <span className={styles["chip"]} data-of={chip} title={chips[chip]}>
            {chip}
          </span>
        </span>
      }
    >
      <ParameterField field={field} value={value} hasDefault={false} onChange={set} />
      <div className={styles["acts"]}>
        <TextButton look="plain" unavailable={isOwn ? "It is automatic." : undefined} onClick={() => set(given)}>
          Back to automatic
        </TextButton>
        {why !== undefined && (
          <TextButton look="plain" onClick={() => onWhy(why)}>
            Why?
          </TextButton>
        )}
      </div>
    </Disclosure>
  );
}

const chips = {
  auto: "Chosen for you",
  you: "Chosen by you",
  changed: "Changed since: what is shown is of another setting",
} as const;

/** The field of a parameter, of the method that the recipe uses. */
function fieldOf({ step, parameter }: ChoiceHandle, recipe: Recipe): Field | undefined {
  const entry = recipe.steps.find((candidate) => candidate.step === step);
  const method = entry !== undefined && "method" in entry ? entry.method : undefined;
  return fieldsOfStep(step, method).find(({ name }) => name === parameter);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

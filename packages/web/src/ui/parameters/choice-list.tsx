import { countOf, formatCount, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { useState } from "react";
import type { AutomaticChoice, ChoiceHandle } from "../../session/automatic-choices.js";
import { beforeBin, parameterOf, withParameterOf } from "../../session/recipe-change.js";
import { type OfferedAction, useOffered } from "../host.js";
import { withLineWords } from "../line-words.js";
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

/**
 * Everything that was chosen for the user: a sentence each, who chose, and the control that changes it, in place, with the way back to automatic. First what was decided
 * from the data; behind a line of its own the limits that hold for all data, unless somebody has changed one of them.
 */
export function ChoiceList({ choices, ...rest }: Props) {
  const [open, setOpen] = useState<string>();
  const [wantsUsual, setWantsUsual] = useState(false);
  const usual = choices.filter(({ isUsual }) => isUsual);
  useOffered(
    choices.flatMap((choice) =>
      offeredOf(choice, rest.recipe, () => {
        setWantsUsual(wantsUsual || choice.isUsual);
        setOpen(choice.sentence);
      }),
    ),
  );
  const rows = (some: readonly AutomaticChoice[]) => (
    <ul className={styles["list"]}>
      {some.map((choice) => (
        <li key={choice.sentence} className={styles["choice"]}>
          <Row
            {...rest}
            choice={choice}
            open={open === choice.sentence}
            onOpen={(opened) => setOpen(opened ? choice.sentence : undefined)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {rows(choices.filter(({ isUsual }) => !isUsual))}
      {usual.length > 0 && (
        <Disclosure
          open={wantsUsual}
          onOpen={setWantsUsual}
          summary={`${countOf(usual.length, "usual setting")}, ${changedWords(usual, rest)}`}
        >
          {rows(usual)}
        </Disclosure>
      )}
    </>
  );
}

function offeredOf({ handle, sentence }: AutomaticChoice, recipe: Recipe, run: () => void): OfferedAction[] {
  const field = handle === undefined ? undefined : fieldOf(handle, recipe);
  return field === undefined ? [] : [{ title: `Change ${field.title.toLowerCase()}`, words: withLineWords(sentence), run }];
}

/** `all automatic`, `2 of them yours` */
function changedWords(usual: readonly AutomaticChoice[], { recipe, automatic }: Pick<Props, "recipe" | "automatic">): string {
  const own = usual.filter(({ handle }) => {
    const field = handle === undefined ? undefined : fieldOf(handle, recipe);
    return handle !== undefined && field !== undefined && !isAutomatic(handle, field, recipe, automatic);
  });
  return own.length === 0 ? "all automatic" : `${formatCount(own.length)} of them yours`;
}

interface RowProps extends Omit<ChoiceProps, "sentence" | "handle" | "field"> {
  readonly choice: AutomaticChoice;
}

function Row({ choice: { sentence, handle }, ...rest }: RowProps) {
  const field = handle === undefined ? undefined : fieldOf(handle, rest.recipe);
  if (handle === undefined || field === undefined) return <p className={styles["fact"]}>{withLineWords(sentence)}</p>;
  return <Choice {...rest} sentence={sentence} handle={handle} field={field} />;
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
  const isOwn = isAutomatic(handle, field, recipe, automatic);
  const isShown = isSame(value ?? field.standard, parameterOf(shown, step, parameter) ?? field.standard);
  const set = (next: unknown): void => onRecipe(withParameterOf(recipe, step, parameter, next, beforeBin));
  const chip = isShown ? (isOwn ? "auto" : "you") : "changed";
  return (
    <Disclosure
      open={open}
      onOpen={onOpen}
      summary={
        <span className={styles["summary"]}>
          <span className={styles["sentence"]}>{withLineWords(sentence)}</span>
          <span className={styles["chip"]} data-of={chip} title={chips[chip]}>
            {chip}
          </span>
        </span>
      }
    >
      <ParameterField field={field} value={value} hasDefault={false} onChange={set} />
      <div className={styles["acts"]}>
        <TextButton
          look="plain"
          unavailable={isOwn ? "It is automatic." : undefined}
          onClick={() => set(givenBy(automatic, handle))}
        >
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

/** Undefined: at its default. */
function givenBy(automatic: Recipe | undefined, { step, parameter }: ChoiceHandle): unknown {
  return automatic === undefined ? undefined : parameterOf(automatic, step, parameter);
}

function isAutomatic(handle: ChoiceHandle, field: Field, recipe: Recipe, automatic: Recipe | undefined): boolean {
  const value = parameterOf(recipe, handle.step, handle.parameter) ?? field.standard;
  return isSame(value, givenBy(automatic, handle) ?? field.standard);
}

/** The field of a parameter, of the method that the recipe uses where each has its own. */
function fieldOf({ step, parameter }: ChoiceHandle, recipe: Recipe): Field | undefined {
  const entry = recipe.steps.find((candidate) => candidate.step === step);
  const method = entry !== undefined && "method" in entry ? entry.method : undefined;
  return [...fieldsOfStep(step, method), ...fieldsOfStep(step)].find(({ name }) => name === parameter);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

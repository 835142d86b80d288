import { useId, useState } from "react";
import { Choice } from "../choice.js";
import { choiceWords } from "./choice-words.js";
import { fieldText, isChosen, readField, summaryText } from "./field-values.js";
import { ParameterFacts } from "./parameter-facts.js";
import styles from "./parameters.module.css";
import type { Field } from "./schema-fields.js";

interface Props {
  readonly field: Field;
  /** Undefined: at its default. */
  readonly value: unknown;
  /** What it is when nobody chose it, where that is not the default of its step: the value of a preset. */
  readonly usual?: unknown;
  /** Why it cannot be changed now. */
  readonly locked?: string | undefined;
  /** What the value comes to on the open image: a sentence. */
  readonly here?: string | undefined;
  /** False for facts of something measured: then there is no default to go back to. Default true. */
  readonly hasDefault?: boolean | undefined;
  /** Without default and range, for people who do not look for them. */
  readonly isBrief?: boolean | undefined;
  onChange(value: unknown): void;
}

/** One parameter: title and a control that fits, the help sentence, default, unit and range, what the value comes to here, and the way back to the default. */
export function ParameterField({
  field,
  value,
  usual = field.standard,
  locked,
  here,
  hasDefault = true,
  isBrief = false,
  onChange,
}: Props) {
  const id = useId();
  const now = value === undefined ? field.standard : value;
  const changed = hasDefault && isChosen(value, usual);
  const [problem, setProblem] = useState<string>();
  const take = (text: string): void => {
    const reading = readField(field, text);
    setProblem("problem" in reading ? reading.problem : undefined);
    if (!("problem" in reading) && JSON.stringify(reading.value) !== JSON.stringify(now)) onChange(reading.value);
  };
  const summary = summaryText(now);
  const isStandard = JSON.stringify(usual) === JSON.stringify(field.standard);
  return (
    <div
      className={styles["field"]}
      data-changed={changed}
      data-parameter={field.name}
      data-wide={isLong(field, fieldText(field, now))}
    >
      <label htmlFor={id}>{field.title}</label>
      <div className={styles["control"]}>
        {summary !== undefined ? (
          <output id={id}>{summary}</output>
        ) : (
          <Control
            key={fieldText(field, now)}
            id={id}
            field={field}
            text={fieldText(field, now)}
            invalid={problem !== undefined}
            locked={locked}
            onTake={take}
          />
        )}
      </div>
      {problem !== undefined && (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      )}
      <div className={styles["help"]} id={`${id}-help`}>
        <p>{field.help}</p>
        <ParameterFacts
          field={field}
          usual={hasDefault ? { value: usual } : undefined}
          changed={changed}
          isBrief={isBrief}
          onBack={() => onChange(isStandard ? undefined : usual)}
        />
        {here !== undefined && (
          <p className={styles["here"]}>
            <b>Here</b> {here}
          </p>
        )}
      </div>
    </div>
  );
}

/** Lists need the whole width where they hold more than a word or two. */
function isLong({ kind }: Field, text: string): boolean {
  return (kind === "words" || kind === "json" || kind === "text") && text.length > 12;
}

interface ControlProps {
  readonly id: string;
  readonly field: Field;
  readonly text: string;
  readonly invalid: boolean;
  readonly locked: string | undefined;
  onTake(text: string): void;
}

function Control({ id, field, text, invalid, locked, onTake }: ControlProps) {
  if (field.kind === "choice") {
    const choices = field.choices.map((value) => ({ value, label: choiceWords(value) }));
    return <Choice label={field.title} value={text} choices={choices} onChange={onTake} />;
  }
  if (field.kind === "switch") {
    return (
      <input
        id={id}
        type="checkbox"
        checked={text === "true"}
        disabled={locked !== undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => onTake(String(event.currentTarget.checked))}
      />
    );
  }
  return (
    <input
      id={id}
      defaultValue={text}
      inputMode={field.kind === "number" || field.kind === "integer" ? "decimal" : "text"}
      placeholder={field.optional ? "automatic" : ""}
      readOnly={locked !== undefined}
      title={locked}
      aria-invalid={invalid}
      aria-describedby={`${id}-help`}
      onBlur={(event) => onTake(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") onTake(event.currentTarget.value);
      }}
    />
  );
}

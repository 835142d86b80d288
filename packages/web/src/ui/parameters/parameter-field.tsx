import { useId, useState } from "react";
import { Choice } from "../choice.js";
import { choiceWords } from "./choice-words.js";
import { fieldText, isStandard, rangeText, readField, summaryText } from "./field-values.js";
import styles from "./parameters.module.css";
import type { Field } from "./schema-fields.js";

interface Props {
  readonly field: Field;
  /** Undefined: at its default. */
  readonly value: unknown;
  /** Why it cannot be changed now. */
  readonly locked?: string | undefined;
  /** What an open parameter comes to here: `15 keV, from the file`. */
  readonly here?: string | undefined;
  /** False for facts of something measured: then there is no default to go back to. Default true. */
  readonly hasDefault?: boolean | undefined;
  onChange(value: unknown): void;
}

/** One parameter: title, unit and range, a control that fits, the help sentence, and the way back to the default. */
export function ParameterField({ field, value, locked, here, hasDefault = true, onChange }: Props) {
  const id = useId();
  const now = value === undefined ? field.standard : value;
  const changed = hasDefault && !isStandard(field, value);
  const [problem, setProblem] = useState<string>();
  const take = (text: string): void => {
    const reading = readField(field, text);
    setProblem("problem" in reading ? reading.problem : undefined);
    if (!("problem" in reading) && JSON.stringify(reading.value) !== JSON.stringify(now)) onChange(reading.value);
  };
  const summary = summaryText(now);
  const standardText = fieldText(field, field.standard).replaceAll('"', "");
  return (
    <div className={styles["field"]} data-changed={changed} data-parameter={field.name}>
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
      <p className={styles["help"]} id={`${id}-help`}>
        {field.help} {rangeWords(field)} {here !== undefined && !changed && `Here: ${here}.`}{" "}
        {changed && (
          <button type="button" onClick={() => onChange(undefined)}>
            {standardText === "" ? "Back to automatic" : `Back to ${standardText}`}
          </button>
        )}
      </p>
    </div>
  );
}

function rangeWords(field: Field): string {
  if (field.minimum === undefined && field.maximum === undefined) return field.unit === "" ? "" : `In ${field.unit}.`;
  return `Range: ${rangeText(field)}${field.choices.map((word) => `, or ${word}`).join("")}.`;
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

import { useId, useState } from "react";
import styles from "./number-field.module.css";
import panel from "./panel/panel.module.css";

interface Props {
  readonly label: string;
  /** Said instead of the label where that alone does not tell it from others. */
  readonly name?: string | undefined;
  /** Empty: none. */
  readonly unit: string;
  readonly value: number | undefined;
  readonly decimals: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What holds while the field is empty; undefined: it may not be empty. */
  readonly otherwise?: string | undefined;
  /** The name stands beside it, not above. */
  readonly inline?: boolean;
  onChange(value: number | undefined): void;
}

/** A number that takes effect with Enter or when the field is left; what is no such number is said and not taken. */
export function NumberField({
  label,
  name,
  unit,
  value,
  decimals,
  minimum,
  maximum,
  otherwise,
  inline = false,
  onChange,
}: Props) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const take = (text: string): void => {
    const trimmed = text.trim();
    const read = Number(trimmed.replace(",", ".").replace("−", "-"));
    const isEmpty = trimmed === "" && otherwise !== undefined;
    const isWrong = !isEmpty && (trimmed === "" || !(read >= minimum && read <= maximum));
    setProblem(isWrong ? `A number from ${minimum} to ${maximum}.` : undefined);
    const next = isEmpty ? undefined : read;
    if (!isWrong && next !== value) onChange(next);
  };
  const shown = value === undefined ? "" : String(Number(value.toFixed(decimals)));
  return (
    <div className={`${panel["field"]} ${inline ? styles["inline"] : ""}`}>
      <label htmlFor={id}>{unit === "" ? label : `${label}, ${unit}`}</label>
      <input
        key={shown}
        id={id}
        inputMode="decimal"
        aria-label={name === undefined || unit === "" ? name : `${name}, ${unit}`}
        defaultValue={shown}
        placeholder={otherwise}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onBlur={(event) => event.currentTarget.value !== shown && take(event.currentTarget.value)}
        onKeyDown={(event) => {
          const { currentTarget: field, key } = event;
          // What was not taken yet is given up first; then Escape is for whatever the field stands in.
          if (key === "Escape" && field.value === shown) return;
          event.stopPropagation();
          if (key === "Enter") take(field.value);
          if (key !== "Escape") return;
          field.value = shown;
          setProblem(undefined);
        }}
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className={panel["error"]} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

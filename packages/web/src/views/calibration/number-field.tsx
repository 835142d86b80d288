import { useId, useState } from "react";
import panel from "../../ui/panel/panel.module.css";
import styles from "./calibration-view.module.css";

interface Props {
  readonly label: string;
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
export function NumberField({ label, unit, value, decimals, minimum, maximum, otherwise, inline = false, onChange }: Props) {
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
      <label htmlFor={id}>
        {label}, {unit}
      </label>
      <input
        key={shown}
        id={id}
        inputMode="decimal"
        defaultValue={shown}
        placeholder={otherwise}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onBlur={(event) => event.currentTarget.value !== shown && take(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") take(event.currentTarget.value);
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

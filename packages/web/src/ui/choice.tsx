import styles from "./choice.module.css";
import { foldRank, useHeaderPart } from "./header/header-parts.js";

export interface ChoiceItem<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
  /** Keys that choose it. */
  readonly keys?: string | undefined;
}

interface Props<T extends string> {
  /** What is chosen, for screen readers and as a tooltip. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly ChoiceItem<T>[];
  onChange(value: T): void;
}

/** One of several, in a list that drops down. */
export function Choice<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const part = useHeaderPart(
    choices.map(({ value: one, label: name, disabled, keys }) => ({
      title: `${label}: ${name}`,
      keys,
      unavailable: disabled === true ? "It cannot be chosen now." : undefined,
      chosen: one === value,
      run: () => onChange(one),
    })),
    { folds: foldRank.choice, list: label },
  );
  return (
    <select
      {...part}
      className={styles["choice"]}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

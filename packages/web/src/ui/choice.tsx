import styles from "./choice.module.css";
import { useOffered } from "./host.js";

interface Props<T extends string> {
  /** What is chosen, for screen readers and as a tooltip. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  onChange(value: T): void;
}

/** One of several, in a list that drops down. */
export function Choice<T extends string>({ label, value, choices, onChange }: Props<T>) {
  useOffered(
    choices.map(({ value: one, label: name, disabled }) => ({
      title: `${label}: ${name}`,
      unavailable: disabled === true ? "It cannot be chosen now." : undefined,
      run: () => onChange(one),
    })),
  );
  return (
    <select
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

import { type KeyboardEvent, useRef } from "react";
import { foldRank, useHeaderPart } from "./header/header-parts.js";
import styles from "./segmented.module.css";

export interface SegmentedChoice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** For screen readers, where the label is a sign. */
  readonly name?: string | undefined;
  /** Keys that choose it. */
  readonly keys?: string | undefined;
}

interface Props<T extends string> {
  /** What is chosen here. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly SegmentedChoice<T>[];
  onChange(value: T): void;
}

/** A few choices side by side, one of which holds; arrow keys change it. */
export function Segmented<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const group = useRef<HTMLDivElement>(null);
  const part = useHeaderPart(
    choices.map(({ value: one, label: sign, name = sign, keys }) => ({
      title: `${label}: ${name}`,
      keys,
      chosen: one === value,
      run: () => onChange(one),
    })),
    { folds: foldRank.segments, list: label },
  );
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const now = choices.findIndex((choice) => choice.value === value);
    const next = (now + by + choices.length) % choices.length;
    onChange(choices[next]!.value);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div {...part} ref={group} className={styles["group"]} role="radiogroup" aria-label={label} onKeyDown={step}>
      {choices.map((choice) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as a segment
        <button
          key={choice.value}
          type="button"
          role="radio"
          className={styles["choice"]}
          aria-checked={choice.value === value}
          aria-label={choice.name}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

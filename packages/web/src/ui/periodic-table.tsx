import { type KeyboardEvent, useRef, useState } from "react";
import styles from "./periodic-table.module.css";
import { neighbourInTable, tablePlace } from "./periodic-table-places.js";

export type ElementState = "marked" | "found" | "possible" | "not-excitable" | "left-out" | "plain";

export interface TableElement {
  readonly symbol: string;
  readonly number: number;
  readonly name: string;
}

interface Props {
  readonly elements: readonly TableElement[];
  /** As wide as its place, with cells that may be narrower than 24 px: where the table stands in full elsewhere. */
  readonly compact?: boolean;
  /** Name of the table for assistive technology. */
  readonly label: string;
  stateOf(symbol: string): ElementState;
  onToggle(symbol: string): void;
  /** An element is hovered or focused. */
  onPreview(symbol: string | undefined): void;
}

const stateWords: Readonly<Record<ElementState, string>> = {
  marked: "marked",
  found: "found",
  possible: "possible",
  "not-excitable": "not excited by this beam",
  "left-out": "left out",
  plain: "not marked",
};

const directions = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;
const TYPING_MS = 900;

/** The periodic table: arrows walk it, letters jump to a symbol, Enter or Space toggles. */
export function PeriodicTable({ elements, compact = false, label, stateOf, onToggle, onPreview }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [focused, setFocused] = useState(elements[0]?.number ?? 1);
  const goTo = (number: number): void => {
    setFocused(number);
    grid.current?.querySelector<HTMLElement>(`[data-number="${number}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const direction = directions[event.key as keyof typeof directions];
    if (direction !== undefined) {
      event.preventDefault();
      goTo(neighbourInTable(focused, direction, elements.length));
    } else if (/^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const { text, at } = typed.current;
      const next = (event.timeStamp - at < TYPING_MS ? text : "") + event.key.toLowerCase();
      typed.current = { text: next, at: event.timeStamp };
      const found =
        elements.find(({ symbol }) => symbol.toLowerCase() === next) ??
        elements.find(({ symbol }) => symbol.toLowerCase().startsWith(next));
      if (found !== undefined) goTo(found.number);
    } else return;
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of buttons at the places of the table
    <div ref={grid} className={styles["table"]} data-compact={compact} role="group" aria-label={label} onKeyDown={onKey}>
      {elements.map(({ symbol, number, name }) => {
        const { row, column } = tablePlace(number);
        const state = stateOf(symbol);
        return (
          <button
            key={symbol}
            type="button"
            className={styles["cell"]}
            style={{ gridRow: row, gridColumn: column }}
            data-number={number}
            data-state={state}
            aria-label={`${name} ${symbol}, ${stateWords[state]}`}
            aria-pressed={state === "marked"}
            tabIndex={number === focused ? 0 : -1}
            onClick={() => {
              setFocused(number);
              onToggle(symbol);
            }}
            onMouseEnter={() => onPreview(symbol)}
            onMouseLeave={() => onPreview(undefined)}
            onFocus={() => onPreview(symbol)}
            onBlur={() => onPreview(undefined)}
          >
            {symbol}
          </button>
        );
      })}
    </div>
  );
}

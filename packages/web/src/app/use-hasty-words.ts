import { useEffect, useRef } from "react";
import { isCharacter } from "./use-quiet-keys.js";

interface Field {
  /** Whether the field was asked for and is not closed yet. */
  isOpen(): boolean;
  /** Whether the field hears keys itself. */
  hasFocus(): boolean;
  /** What stands in the field now is made of what stood there. */
  change(make: (text: string) => string): void;
  close(): void;
}

/**
 * A field in a dialog takes the focus a moment after it was asked for. What is typed until then is meant for it, and for no view and no command: letters come to stand in it, Backspace takes the
 * last one away, Escape closes it, other keys do nothing.
 */
export function useHastyWords(field: Field): void {
  const latest = useRef(field);
  latest.current = field;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { isOpen, hasFocus, change, close } = latest.current;
      if (!isOpen() || hasFocus() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === "Escape") close();
      else if (event.key === "Backspace") change((text) => text.slice(0, -1));
      else if (isCharacter(event) || event.key === " ") change((text) => text + event.key);
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, []);
}

/** The caret behind what was typed before the field had the focus. */
export function caretToEnd({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void {
  const { length } = currentTarget.value;
  currentTarget.setSelectionRange(length, length);
}

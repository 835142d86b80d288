import { useEffect, useRef, useState } from "react";

/** A tooltip comes when the pointer has rested so long. */
const REST_MS = 300;

interface Hint {
  readonly opened: boolean;
  /** For the control that it is about. */
  readonly over: { onMouseEnter(): void; onMouseLeave(): void; onMouseDown(): void };
}

/** When the tooltip of a control is open. It is gone once the control is pressed, and does not lie over what then comes. Escape closes it and means the same as ever: a tooltip's own way of closing would keep the key for itself. */
export function useHint(): Hint {
  const [opened, setOpened] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!opened) return undefined;
    const closeAtEscape = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") setOpened(false);
    };
    window.addEventListener("keydown", closeAtEscape, true);
    return () => window.removeEventListener("keydown", closeAtEscape, true);
  }, [opened]);
  const close = (): void => {
    clearTimeout(timer.current);
    setOpened(false);
  };
  return {
    opened,
    over: {
      onMouseEnter() {
        timer.current = window.setTimeout(() => setOpened(true), REST_MS);
      },
      onMouseLeave: close,
      onMouseDown: close,
    },
  };
}

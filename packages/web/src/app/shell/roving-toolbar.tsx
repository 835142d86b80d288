import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface Props {
  readonly label: string;
  readonly className?: string | undefined;
  /** Whose options stand in it and take some of the room. */
  readonly options?: string | undefined;
  readonly children: ReactNode;
}

/**
 * A toolbar that is one stop of Tab: the button that had the focus last, at first the pressed one. Arrow keys, Home and End go from button to button. What takes arrow keys
 * itself, a slider, is a stop of its own.
 */
export function RovingToolbar({ label, className, options, children }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = bar;
    if (current === null) return undefined;
    const keep = (): void => makeOneStop(current);
    keep();
    const watch = new MutationObserver(keep);
    watch.observe(current, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, []);
  const move = (event: KeyboardEvent): void => {
    const buttons = bar.current === null ? [] : buttonsOf(bar.current);
    const next = nextButton(buttons, event.key);
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
  return (
    <div
      ref={bar}
      className={className}
      role="toolbar"
      aria-label={label}
      data-options={options}
      onKeyDown={move}
      onFocus={(event) => bar.current !== null && makeOneStop(bar.current, event.target)}
    >
      {children}
    </div>
  );
}

/** Those that are seen. */
function buttonsOf(bar: HTMLElement): HTMLButtonElement[] {
  return [...bar.querySelectorAll("button")].filter((button) => button.getClientRects().length > 0);
}

function nextButton(buttons: readonly HTMLButtonElement[], key: string): HTMLButtonElement | undefined {
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return undefined;
  const places = { ArrowRight: at + 1, ArrowLeft: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 };
  if (!(key in places)) return undefined;
  return buttons[places[key as keyof typeof places] % buttons.length];
}

/** Leaves one button to Tab: the focused one, else the one that it was, else the pressed one, else the first. */
function makeOneStop(bar: HTMLElement, focused?: EventTarget): void {
  const buttons = buttonsOf(bar);
  const stop =
    buttons.find((button) => button === focused) ??
    buttons.find((button) => button.dataset["stop"] === "true") ??
    buttons.find((button) => button.ariaPressed === "true") ??
    buttons[0];
  for (const button of buttons) {
    button.tabIndex = button === stop ? 0 : -1;
    if (button === focused) button.dataset["stop"] = "true";
    else if (stop !== button) delete button.dataset["stop"];
  }
}

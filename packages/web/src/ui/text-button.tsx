import type { ReactNode } from "react";
import { foldRank, useHeaderPart } from "./header/header-parts.js";
import { useHost } from "./host.js";
import type { OpensMenu } from "./menu-anchor.js";
import styles from "./text-button.module.css";

interface Props {
  readonly look?: "outline" | "primary" | "plain";
  readonly pressed?: boolean | undefined;
  /** Why it cannot be used now; it stays in place and says so, also when it is pressed. */
  readonly unavailable?: string | undefined;
  /** What it does where its words do not say all; shown while the pointer rests on it. */
  readonly hint?: string | undefined;
  readonly keys?: string | undefined;
  readonly label?: string | undefined;
  readonly children: ReactNode;
  /** False where the palette has a command of its own for it. Default true. */
  readonly offered?: boolean | undefined;
  /** True where another act takes its place at once: the second click of a double click is not meant for that one. Default false. */
  readonly once?: boolean | undefined;
  /** Set by `MenuAnchor`. */
  readonly opens?: OpensMenu | undefined;
  onClick(): void;
}

/** A button with words. */
export function TextButton({
  look = "outline",
  pressed,
  unavailable,
  hint,
  keys,
  label,
  children,
  offered = true,
  once = false,
  opens,
  onClick,
}: Props) {
  const host = useHost();
  const press = (clicks: number): void => {
    if (once && clicks > 1) return;
    if (unavailable === undefined) onClick();
    else host?.say(unavailable);
  };
  const title = label ?? (typeof children === "string" ? children : undefined);
  const part = useHeaderPart(title === undefined ? [] : [{ title, unavailable, chosen: pressed, run: onClick }], {
    ...{ folds: foldRank.button, keys },
    inPalette: offered,
  });
  return (
    <button
      {...part}
      type="button"
      className={styles["button"]}
      data-look={look}
      aria-pressed={pressed}
      aria-disabled={unavailable !== undefined}
      aria-keyshortcuts={keys}
      aria-haspopup={opens?.popup}
      aria-expanded={opens?.expanded}
      aria-controls={opens?.controls}
      aria-label={label}
      title={unavailable ?? hint}
      onClick={({ detail }) => press(detail)}
    >
      {children}
    </button>
  );
}

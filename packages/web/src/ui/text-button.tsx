import type { ReactNode } from "react";
import { useOffered } from "./host.js";
import type { OpensMenu } from "./menu-anchor.js";
import styles from "./text-button.module.css";

interface Props {
  readonly look?: "outline" | "primary" | "plain";
  readonly pressed?: boolean | undefined;
  /** Why it cannot be used now; it stays in place and says so. */
  readonly unavailable?: string | undefined;
  readonly keys?: string | undefined;
  readonly label?: string | undefined;
  readonly children: ReactNode;
  /** False where the palette has a command of its own for it. Default true. */
  readonly offered?: boolean | undefined;
  /** Set by `MenuAnchor`. */
  readonly opens?: OpensMenu | undefined;
  onClick(): void;
}

/** A button with words. */
export function TextButton({
  look = "outline",
  pressed,
  unavailable,
  keys,
  label,
  children,
  offered = true,
  opens,
  onClick,
}: Props) {
  const title = label ?? (typeof children === "string" ? children : undefined);
  useOffered(title === undefined || !offered ? [] : [{ title, unavailable, run: onClick }]);
  return (
    <button
      type="button"
      className={styles["button"]}
      data-look={look}
      aria-pressed={pressed}
      aria-disabled={unavailable !== undefined}
      aria-keyshortcuts={keys}
      aria-haspopup={opens && "menu"}
      aria-expanded={opens?.expanded}
      aria-controls={opens?.controls}
      aria-label={label}
      title={unavailable}
      onClick={() => unavailable === undefined && onClick()}
    >
      {children}
    </button>
  );
}

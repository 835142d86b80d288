import type { ReactNode } from "react";
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
  /** Set by `MenuAnchor`. */
  readonly opens?: OpensMenu | undefined;
  onClick(): void;
}

/** A button with words. */
export function TextButton({ look = "outline", pressed, unavailable, keys, label, children, opens, onClick }: Props) {
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

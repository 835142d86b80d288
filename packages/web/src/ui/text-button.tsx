import type { ReactNode } from "react";
import styles from "./text-button.module.css";

interface Props {
  readonly look?: "outline" | "primary" | "plain";
  readonly pressed?: boolean | undefined;
  /** Why it cannot be used now; it stays in place and says so. */
  readonly unavailable?: string | undefined;
  readonly keys?: string | undefined;
  readonly label?: string | undefined;
  readonly children: ReactNode;
  onClick(): void;
}

/** A button with words. */
export function TextButton({ look = "outline", pressed, unavailable, keys, label, children, onClick }: Props) {
  return (
    <button
      type="button"
      className={styles["button"]}
      data-look={look}
      aria-pressed={pressed}
      aria-disabled={unavailable !== undefined}
      aria-keyshortcuts={keys}
      aria-label={label}
      title={unavailable}
      onClick={() => unavailable === undefined && onClick()}
    >
      {children}
    </button>
  );
}

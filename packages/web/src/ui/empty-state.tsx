import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** A view with nothing in it yet: one sentence, and perhaps one button. */
export function EmptyState({ sentence, children }: { readonly sentence: string; readonly children?: ReactNode }) {
  return (
    <div className={styles["empty"]}>
      <p>{sentence}</p>
      {children}
    </div>
  );
}

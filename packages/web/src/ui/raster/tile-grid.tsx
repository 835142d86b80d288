import type { ReactNode } from "react";
import styles from "./tile-grid.module.css";

/** Small maps side by side, as many as there is room for. */
export function TileGrid({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: tiles are buttons that choose, not fields of a form
    <div className={styles["grid"]} role="group" aria-label={label}>
      {children}
    </div>
  );
}

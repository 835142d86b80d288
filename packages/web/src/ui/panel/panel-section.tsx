import type { ReactNode } from "react";
import styles from "./panel.module.css";

interface Props {
  readonly title: string;
  /** A few quiet words at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A named part of a panel. */
export function PanelSection({ title, aside, children }: Props) {
  return (
    <section className={styles["section"]} aria-label={title}>
      <header>
        <h3>{title}</h3>
        {aside !== undefined && <span>{aside}</span>}
      </header>
      {children}
    </section>
  );
}

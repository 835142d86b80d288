import { IconArrowsMaximize, IconArrowsMinimize } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { IconAction } from "./icon-action.js";
import { useViewChrome } from "./view-chrome.js";
import styles from "./view-frame.module.css";

interface Props {
  /** Name of the view, also of its region. */
  readonly title: string;
  /** Few controls beside the name: what is drawn, and how. */
  readonly controls?: ReactNode;
  /** Icons at the right, before "maximise". */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame that every view draws itself in: header of 34 px with name, controls, export, maximise, and the content below. */
export function ViewFrame({ title, controls, actions, children }: Props) {
  const chrome = useViewChrome();
  return (
    <section className={styles["frame"]} aria-label={title}>
      <header className={styles["header"]}>
        <h2
          className={styles["title"]}
          draggable={chrome?.startDrag !== undefined}
          onDragStart={chrome?.startDrag}
          onDragEnd={chrome?.endDrag}
        >
          {title}
        </h2>
        <div className={styles["controls"]}>{controls}</div>
        <div className={styles["actions"]}>
          {actions}
          {chrome !== undefined && (
            <IconAction
              icon={chrome.maximised ? IconArrowsMinimize : IconArrowsMaximize}
              label={chrome.maximised ? "Back to its place" : "Maximise"}
              keys="F"
              onClick={chrome.toggleMaximised}
            />
          )}
        </div>
      </header>
      <div className={styles["content"]}>{children}</div>
    </section>
  );
}

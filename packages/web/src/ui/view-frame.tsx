import { IconArrowsMaximize, IconArrowsMinimize, IconTable } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { OfferedTable } from "../session/data-table.js";
import { OfferedAsContext } from "./host.js";
import { IconAction } from "./icon-action.js";
import { OfferedTablesContext } from "./table/offered-tables.js";
import { TablePane } from "./table/table-pane.js";
import { useViewChrome } from "./view-chrome.js";
import styles from "./view-frame.module.css";

interface Props {
  /** Name of the view, also of its region. */
  readonly title: string;
  /** Few controls beside the name: what is drawn, and how. */
  readonly controls?: ReactNode;
  /** Icons at the right, before "maximise". */
  readonly actions?: ReactNode;
  /** What the view draws, as numbers: shown in its place, copied and saved. */
  readonly tables?: readonly OfferedTable[] | undefined;
  readonly children: ReactNode;
}

const none: readonly OfferedTable[] = [];

/** The frame that every view draws itself in: header of 34 px with name, controls, table, export, maximise, and the content below. What the header does stands in the palette. */
export function ViewFrame({ title, controls, actions, tables = none, children }: Props) {
  const chrome = useViewChrome();
  const [wantsTable, setWantsTable] = useState(false);
  const asTable = wantsTable && tables.length > 0;
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
        <OfferedAsContext value={title}>
          <OfferedTablesContext value={tables}>
            <div className={styles["controls"]}>{controls}</div>
            <div className={styles["actions"]}>
              {tables.length > 0 && (
                <IconAction icon={IconTable} label="Show as table" pressed={asTable} onClick={() => setWantsTable(!asTable)} />
              )}
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
          </OfferedTablesContext>
        </OfferedAsContext>
      </header>
      <div className={styles["content"]} inert={asTable}>
        {children}
      </div>
      {asTable && (
        <div className={styles["table"]}>
          <TablePane tables={tables} />
        </div>
      )}
    </section>
  );
}

import { IconArrowsMaximize, IconArrowsMinimize, IconDots, IconTable } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import type { OfferedTable } from "../session/data-table.js";
import type { MenuEntry } from "../session/menu-entry.js";
import { useFoldedHeader } from "./header/fold-header.js";
import { foldRank, HeaderPartsContext } from "./header/header-parts.js";
import { useViewMenu, ViewEntriesContext } from "./header/view-menu.js";
import { OfferedAsContext } from "./host.js";
import { IconAction } from "./icon-action.js";
import { useContextMenu } from "./menu/context-menu.js";
import { OfferedTablesContext } from "./table/offered-tables.js";
import { TablePane } from "./table/table-pane.js";
import { useViewChrome, type ViewChrome } from "./view-chrome.js";
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

/**
 * The frame that every view draws itself in: header of 34 px with name, controls, table, export, maximise, and the content below. What the header does stands in the palette; what
 * there is no room for stands in "...", which the right button opens too, with what the content adds to it.
 */
export function ViewFrame({ title, controls, actions, tables = none, children }: Props) {
  const chrome = useViewChrome();
  const [wantsTable, setWantsTable] = useState(false);
  const asTable = wantsTable && tables.length > 0;
  const header = useRef<HTMLElement>(null);
  useFoldedHeader(header);
  const { parts, content, groups } = useViewMenu(header);
  const { area, around, menu, opened, toggleBelow } = useContextMenu(() => [...groups(), chromeEntries(chrome)]);
  const more = useRef<HTMLSpanElement>(null);
  return (
    <section className={styles["frame"]} aria-label={title} {...area}>
      <header ref={header} className={styles["header"]}>
        <h2
          className={styles["title"]}
          draggable={chrome?.startDrag !== undefined}
          onDragStart={chrome?.startDrag}
          onDragEnd={chrome?.endDrag}
        >
          {title}
        </h2>
        <OfferedAsContext value={title}>
          <HeaderPartsContext value={parts}>
            <OfferedTablesContext value={tables}>
              <div className={styles["controls"]}>{controls}</div>
              <div className={styles["actions"]}>
                {tables.length > 0 && (
                  <IconAction
                    icon={IconTable}
                    label="Show as table"
                    menu="always"
                    pressed={asTable}
                    onClick={() => setWantsTable(!asTable)}
                  />
                )}
                {actions}
                {/* Before "maximise", which stands at the same place in every view. */}
                <span ref={more} className={styles["more"]} {...around}>
                  <IconAction
                    icon={IconDots}
                    label="Menu of the view"
                    menu="never"
                    opens={{ popup: "menu", expanded: opened, controls: undefined }}
                    onClick={() => more.current !== null && toggleBelow(more.current)}
                  />
                </span>
                {chrome !== undefined && (
                  <IconAction
                    icon={chrome.maximised ? IconArrowsMinimize : IconArrowsMaximize}
                    label={maximiseWords(chrome)}
                    keys="F"
                    folds={foldRank.maximise}
                    menu="never"
                    onClick={chrome.toggleMaximised}
                  />
                )}
              </div>
            </OfferedTablesContext>
          </HeaderPartsContext>
        </OfferedAsContext>
      </header>
      <div className={styles["content"]} inert={asTable}>
        <ViewEntriesContext value={content}>{children}</ViewEntriesContext>
      </div>
      {asTable && (
        <div className={styles["table"]}>
          <TablePane tables={tables} />
        </div>
      )}
      {menu}
    </section>
  );
}

function maximiseWords({ maximised }: ViewChrome): string {
  return maximised ? "Back to its place" : "Maximise";
}

function chromeEntries(chrome: ViewChrome | undefined): readonly MenuEntry[] {
  if (chrome === undefined) return [];
  const { toggleMaximised, close } = chrome;
  return [
    { label: maximiseWords(chrome), keys: "F", run: toggleMaximised },
    ...(close === undefined ? [] : [{ label: "Close the view", run: close }]),
  ];
}

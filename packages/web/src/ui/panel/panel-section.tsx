import { IconTable } from "@tabler/icons-react";
import { type ReactNode, useContext, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { OfferedAsContext, PanelNameContext } from "../host.js";
import { IconAction } from "../icon-action.js";
import { TablePane } from "../table/table-pane.js";
import styles from "./panel.module.css";

interface Props {
  readonly title: string;
  /** A few quiet words at the right of the title. */
  readonly aside?: ReactNode;
  /** Its numbers, all of them: shown in its place, copied and saved. */
  readonly tables?: readonly OfferedTable[] | undefined;
  readonly children: ReactNode;
}

const none: readonly OfferedTable[] = [];

/** A named part of a panel. */
export function PanelSection({ title, aside, tables = none, children }: Props) {
  const [wantsTable, setWantsTable] = useState(false);
  const panel = useContext(PanelNameContext);
  const asTable = wantsTable && tables.length > 0;
  return (
    <section className={styles["section"]} aria-label={title}>
      <header>
        <h3>{title}</h3>
        {aside !== undefined && <span>{aside}</span>}
        {tables.length > 0 && (
          <OfferedAsContext value={panel}>
            <IconAction
              icon={IconTable}
              size={14}
              label={`${title}: show as table`}
              pressed={asTable}
              onClick={() => setWantsTable(!asTable)}
            />
          </OfferedAsContext>
        )}
      </header>
      {asTable ? <TablePane tables={tables} low /> : children}
    </section>
  );
}

import { useMemo, useState } from "react";
import { type Cell, cellText, columnTitle, type DataTable, type OfferedTable } from "../../session/data-table.js";
import { Choice } from "../choice.js";
import { useHost } from "../host.js";
import { TextButton } from "../text-button.js";
import { Pager } from "./pager.js";
import { copyTable, saveTable } from "./table-acts.js";
import { type TablePage, tablePage } from "./table-pages.js";
import styles from "./table-pane.module.css";

interface Props {
  /** At least one. */
  readonly tables: readonly OfferedTable[];
  /** Within a panel: as high as its rows, at most `12` of them without scrolling. */
  readonly low?: boolean | undefined;
}

/** Numbers of a plot as a table: which one, page by page where it is long, and the ways to take it along. */
export function TablePane({ tables, low = false }: Props) {
  const [chosen, setChosen] = useState(tables[0]?.id);
  const [wanted, setWanted] = useState(0);
  const host = useHost();
  const offered = tables.find(({ id }) => id === chosen) ?? tables[0];
  const table = useMemo(() => (offered?.unavailable === undefined ? offered?.make() : undefined), [offered]);
  if (offered === undefined) return null;
  const page = tablePage(table?.rows ?? 0, wanted);
  return (
    <div className={styles["pane"]} data-low={low}>
      <div className={styles["bar"]}>
        {tables.length > 1 && (
          <Choice
            label="Table"
            value={offered.id}
            choices={tables.map(({ id, title, unavailable }) => ({
              value: id,
              label: title,
              disabled: unavailable !== undefined,
            }))}
            onChange={(id) => {
              setChosen(id);
              setWanted(0);
            }}
          />
        )}
        {table !== undefined && <Pager page={page} rows={table.rows} onPage={setWanted} />}
        {host !== undefined && (
          <span className={styles["acts"]}>
            <TextButton look="plain" unavailable={offered.unavailable} onClick={() => copyTable(offered, host)}>
              Copy
            </TextButton>
            <TextButton look="plain" unavailable={offered.unavailable} onClick={() => saveTable(offered, host)}>
              CSV
            </TextButton>
          </span>
        )}
      </div>
      {table === undefined ? (
        <p className={styles["none"]}>{offered.unavailable}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className={styles["scroll"]} aria-label={`${offered.title}, table`} tabIndex={0}>
          <Rows table={table} title={offered.title} page={page} />
        </section>
      )}
    </div>
  );
}

function Rows({
  table,
  title,
  page: { from, to },
}: {
  readonly table: DataTable;
  readonly title: string;
  readonly page: TablePage;
}) {
  const { columns } = table;
  const rows = Array.from({ length: to - from }, (_, i) => table.row(from + i));
  const isText = columns.map((_, c) => rows.some((row) => typeof row[c] === "string"));
  return (
    <table className={styles["table"]} aria-label={title} aria-rowcount={table.rows + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column, c) => (
            <th key={column.name} scope="col" data-text={isText[c]}>
              {columnTitle(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
          <tr key={from + i} aria-rowindex={from + i + 2}>
            {columns.map((column, c) => (
              <TableCell key={column.name} isHead={c === 0} isText={isText[c] === true}>
                {cellOf(column, row, c)}
              </TableCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cellOf(column: DataTable["columns"][number], row: readonly Cell[], place: number): string {
  return cellText(column, row[place], row);
}

interface CellProps {
  readonly isHead: boolean;
  readonly isText: boolean;
  readonly children: string;
}

function TableCell({ isHead, isText, children }: CellProps) {
  if (isHead)
    return (
      <th scope="row" data-text={isText}>
        {children}
      </th>
    );
  return <td data-text={isText}>{children}</td>;
}

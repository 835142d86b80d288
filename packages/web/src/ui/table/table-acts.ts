/** The ways in which a table is taken along. */
import { type OfferedTable, tableCsv, tableForClipboard } from "../../session/data-table.js";
import type { Host } from "../host.js";

export function saveTable({ id, make }: OfferedTable, host: Host): void {
  host.save(`${id}.csv`, tableCsv(make()));
}

export function copyTable({ title, make }: OfferedTable, host: Host): void {
  host.copy(title, tableForClipboard(make()));
}

/** The tables of the view that a control stands in, for the menu that takes things away. */
import { createContext } from "react";
import type { OfferedTable } from "../../session/data-table.js";

export const OfferedTablesContext = createContext<readonly OfferedTable[]>([]);

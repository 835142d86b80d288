import type { PanelDefinition } from "../../session/view-session.js";
import { HistoryPanel } from "./history-panel.js";

export const historyPanel: PanelDefinition = {
  id: "history",
  title: "History",
  component: HistoryPanel,
  stages: ["edit"],
  place: "card",
};

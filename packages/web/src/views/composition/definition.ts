import type { PanelDefinition } from "../../session/view-session.js";
import { CompositionPanel } from "./composition-panel.js";

export const compositionPanel: PanelDefinition = {
  id: "composition",
  title: "Composition",
  component: CompositionPanel,
  stages: ["edit"],
  place: "tab",
};

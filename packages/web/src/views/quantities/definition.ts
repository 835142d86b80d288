import type { PanelDefinition } from "../../session/view-session.js";
import { QuantitiesPanel } from "./quantities-panel.js";

export const quantitiesPanel: PanelDefinition = {
  id: "quantities",
  title: "Amounts",
  component: QuantitiesPanel,
  stages: ["identify"],
  place: "tab",
};

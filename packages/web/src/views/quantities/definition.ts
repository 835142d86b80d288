import type { PanelDefinition } from "../../session/view-session.js";
import { later } from "../../ui/later.js";

export const quantitiesPanel: PanelDefinition = {
  id: "quantities",
  title: "Amounts",
  ...later(async () => (await import("./quantities-panel.js")).QuantitiesPanel),
  stages: ["identify"],
  place: "tab",
};

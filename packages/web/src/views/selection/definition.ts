import type { PanelDefinition } from "../../session/view-session.js";
import { SelectionCard } from "./selection-card.js";

export const selectionPanel: PanelDefinition = {
  id: "selection",
  title: "Selection",
  component: SelectionCard,
  stages: ["edit"],
  place: "card",
};

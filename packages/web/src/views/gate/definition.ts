import type { PanelDefinition } from "../../session/view-session.js";
import { GatePanel } from "./gate-panel.js";

/** Seen only while the Gate tool is chosen. */
export const gatePanel: PanelDefinition = {
  id: "gate",
  title: "Gate",
  component: GatePanel,
  stages: ["find-phases", "edit", "unmix", "identify"],
  place: "card",
  tool: "gate",
};

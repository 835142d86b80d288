import type { PanelDefinition } from "../../session/view-session.js";
import { DoubtPanel } from "./doubt-panel.js";

export const doubtPanel: PanelDefinition = {
  id: "doubt",
  title: "Doubt",
  component: DoubtPanel,
  stages: ["edit", "identify"],
  place: "tab",
};

import type { PanelDefinition } from "../../session/view-session.js";
import { ParametersPanel } from "./parameters-panel.js";

export const parametersPanel: PanelDefinition = {
  id: "parameters",
  title: "Controls",
  component: ParametersPanel,
  stages: ["find-phases", "inspect"],
  place: "tab",
};

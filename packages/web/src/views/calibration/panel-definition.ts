import type { PanelDefinition } from "../../session/view-session.js";
import { CalibrationPanel } from "./calibration-panel.js";

export const calibrationPanel: PanelDefinition = {
  id: "energies",
  title: "Energies",
  component: CalibrationPanel,
  stages: ["inspect"],
  place: "card",
};

import type { PanelDefinition, ViewDefinition } from "../../session/view-session.js";
import { CalibrationPanel } from "./calibration-panel.js";
import { CalibrationView } from "./calibration-view.js";

export const calibrationView: ViewDefinition<Readonly<Record<string, never>>> = {
  id: "calibration",
  title: "Calibration",
  component: CalibrationView,
  parseSpec: () => ({}),
};

export const calibrationPanel: PanelDefinition = {
  id: "energies",
  title: "Energies",
  component: CalibrationPanel,
  stages: ["inspect"],
  place: "card",
};

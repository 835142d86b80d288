import type { PanelDefinition, ViewDefinition } from "../../session/view-session.js";
import { CalibrationPanel } from "./calibration-panel.js";
import { type CalibrationSpec, parseCalibrationSpec } from "./calibration-spec.js";
import { CalibrationView } from "./calibration-view.js";

export const calibrationView: ViewDefinition<CalibrationSpec> = {
  id: "calibration",
  title: "Calibration",
  component: CalibrationView,
  parseSpec: parseCalibrationSpec,
};

export const calibrationPanel: PanelDefinition = {
  id: "energies",
  title: "Energies",
  component: CalibrationPanel,
  stages: ["inspect"],
  place: "card",
};

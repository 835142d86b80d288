import type { ViewDefinition } from "../../session/view-session.js";
import { type CalibrationSpec, parseCalibrationSpec } from "./calibration-spec.js";
import { CalibrationView } from "./calibration-view.js";

export const calibrationView: ViewDefinition<CalibrationSpec> = {
  id: "calibration",
  title: "Calibration",
  component: CalibrationView,
  parseSpec: parseCalibrationSpec,
};

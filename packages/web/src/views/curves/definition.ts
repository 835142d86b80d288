import type { ViewDefinition } from "../../session/view-session.js";
import { CurvesView } from "./curves-view.js";

export const curvesView: ViewDefinition<Record<string, never>> = {
  id: "curves",
  title: "Curves",
  component: CurvesView,
  parseSpec: () => ({}),
};

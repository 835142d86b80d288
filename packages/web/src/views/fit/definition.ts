import type { ViewDefinition } from "../../session/view-session.js";
import { FitView } from "./fit-view.js";

export const fitView: ViewDefinition<Readonly<Record<string, never>>> = {
  id: "fit",
  title: "Fit",
  component: FitView,
  parseSpec: () => ({}),
};

import type { ViewDefinition } from "../../session/view-session.js";
import { DistributionsView } from "./distributions-view.js";

export const distributionsView: ViewDefinition<Record<string, never>> = {
  id: "distributions",
  title: "Distributions",
  component: DistributionsView,
  parseSpec: () => ({}),
};

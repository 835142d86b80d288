import type { ViewDefinition } from "../../session/view-session.js";
import { type DistributionsSpec, parseDistributionsSpec } from "./distributions-spec.js";
import { DistributionsView } from "./distributions-view.js";

export const distributionsView: ViewDefinition<DistributionsSpec> = {
  id: "distributions",
  title: "Distributions",
  component: DistributionsView,
  parseSpec: parseDistributionsSpec,
};

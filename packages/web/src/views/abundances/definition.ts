import type { ViewDefinition } from "../../session/view-session.js";
import { AbundancesView } from "./abundances-view.js";

export const abundancesView: ViewDefinition<Record<string, never>> = {
  id: "abundances",
  title: "Abundances",
  component: AbundancesView,
  parseSpec: () => ({}),
};

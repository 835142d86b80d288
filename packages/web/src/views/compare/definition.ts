import type { ViewDefinition } from "../../session/view-session.js";
import { CompareView } from "./compare-view.js";

export const compareView: ViewDefinition<Readonly<Record<string, never>>> = {
  id: "compare",
  title: "Compare",
  component: CompareView,
  parseSpec: () => ({}),
};

import type { ViewDefinition } from "../../session/view-session.js";
import { ElementsView } from "./elements-view.js";

export const elementsView: ViewDefinition<Record<string, never>> = {
  id: "elements",
  title: "Elements",
  component: ElementsView,
  parseSpec: () => ({}),
};

import type { ViewDefinition } from "../../session/view-session.js";
import { PageView } from "./page-view.js";

export const pageView: ViewDefinition<Record<string, never>> = {
  id: "page",
  title: "Report",
  component: PageView,
  parseSpec: () => ({}),
};

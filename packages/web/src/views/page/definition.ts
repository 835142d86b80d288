import type { ViewDefinition } from "../../session/view-session.js";
import { PAGE, type PageSpec, parsePageSpec } from "./page-spec.js";
import { PageView } from "./page-view.js";

export const pageView: ViewDefinition<PageSpec> = {
  id: PAGE,
  title: "Report",
  component: PageView,
  parseSpec: parsePageSpec,
};

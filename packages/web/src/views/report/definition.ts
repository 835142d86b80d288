import type { ViewDefinition } from "../../session/view-session.js";
import { parseReportSpec, type ReportSpec } from "./report-spec.js";
import { ReportView } from "./report-view.js";

export const reportView: ViewDefinition<ReportSpec> = {
  id: "report",
  title: "Figure",
  component: ReportView,
  parseSpec: parseReportSpec,
};

/** Settings of the figure builder in the workspace. */
import { defaultFigureSpec, type FigureSpec, parseFigureSpec } from "../../ui/figure/figure-spec.js";

export interface ReportSpec extends FigureSpec {
  /** Id of the figure that is shown. */
  readonly figure: string;
}

export const defaultReportSpec: ReportSpec = { figure: "map-legend", ...defaultFigureSpec };

export function parseReportSpec(saved: unknown): ReportSpec {
  const { figure } = (typeof saved === "object" && saved !== null ? saved : {}) as { readonly figure?: unknown };
  return { figure: typeof figure === "string" ? figure : defaultReportSpec.figure, ...parseFigureSpec(saved) };
}

/** The view's own settings, saved with the session: what the report leaves out. */
import { type ReportSectionId, reportSections } from "@sigma-eds/core";

export interface PageSpec {
  readonly leftOut: readonly ReportSectionId[];
}

/** Where the settings of this view are kept among those of all views. */
export const PAGE = "page";

export function parsePageSpec(saved: unknown): PageSpec {
  const { leftOut }: { leftOut?: unknown } = typeof saved === "object" && saved !== null ? saved : {};
  const names: readonly unknown[] = Array.isArray(leftOut) ? leftOut : [];
  return { leftOut: reportSections.flatMap(({ id }) => (names.includes(id) ? [id] : [])) };
}

/** The parts that the report shall have; undefined for all of them, which is the report as it always was. */
export function sectionsOf({ leftOut }: PageSpec): readonly ReportSectionId[] | undefined {
  return leftOut.length === 0 ? undefined : reportSections.flatMap(({ id }) => (leftOut.includes(id) ? [] : [id]));
}

export function withSection({ leftOut }: PageSpec, id: ReportSectionId, isIn: boolean): PageSpec {
  return { leftOut: isIn ? leftOut.filter((one) => one !== id) : [...leftOut, id] };
}

/** `--report-sections phases,names`; empty where the report has everything. */
export function sectionsOption(spec: PageSpec): string {
  const sections = sectionsOf(spec);
  return sections === undefined ? "" : `--report-sections ${sections.join(",")}`;
}

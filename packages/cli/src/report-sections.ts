import { isSigmaError, type ReportSectionId, reportSectionsNamed } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";

/** Parts of the report that `--report-sections` names. Throws {@link UsageError} for a name that is no part. */
export function sectionsAsked(names: readonly string[]): ReportSectionId[] {
  try {
    return reportSectionsNamed(names);
  } catch (error) {
    if (!isSigmaError(error, "parameter")) throw error;
    throw new UsageError(`--report-sections has no ${error.facts.found}; name ${error.facts.expected}.`);
  }
}

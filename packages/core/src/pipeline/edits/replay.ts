import { partOf } from "../../spectrum-image/context.js";
import type { Analysis } from "../analysis.js";
import type { StepContext } from "../step.js";
import { applyEdit } from "./apply-edit.js";
import type { Edit } from "./edit-schema.js";

/** The analysis as it was before its first edit; class statistics and spectra have to be taken anew. */
export function withoutEdits(analysis: Analysis): Analysis {
  if (analysis.edits === undefined) return analysis;
  const { labels, membership } = analysis.edits.before;
  return {
    ...analysis,
    labels,
    membership,
    edits: undefined,
    classes: [],
    classSpectra: [],
    statistics: undefined,
    quantification: undefined,
  };
}

/** The edits of an analysis in their order, those that were not applied included. */
export function editsOf(analysis: Analysis): Edit[] {
  return analysis.edits?.outcomes.map(({ edit }) => edit) ?? [];
}

/**
 * The analysis with exactly these edits: any that it had are taken back first. A pure function of the unedited analysis, the edits and the seed, so that
 * undoing is replaying fewer edits, redoing is replaying more, and a new fit keeps the edits that still apply. What became of each edit is in
 * `edits.outcomes`. Throws as `applyEdit`.
 */
export async function replay(analysis: Analysis, edits: readonly Edit[], context: StepContext): Promise<Analysis> {
  let edited = withoutEdits(analysis);
  for (const [i, edit] of edits.entries()) {
    edited = await applyEdit(edited, edit, partOf(context, i / edits.length, (i + 1) / edits.length));
  }
  return edited;
}

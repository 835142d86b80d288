import type { Finding } from "../../spectrum-image/spectrum-image.js";
import { applyEdit } from "../edits/apply-edit.js";
import { editSchema } from "../edits/edit-schema.js";
import type { EditOutcome } from "../edits/outcome.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";

/** One thing that a person does to the classes. An edit that no longer fits is reported and changes nothing. */
export const edit: Step<typeof editSchema> = {
  id: "edit",
  title: "Edit classes",
  summary: "Merges, splits, draws, names, colours, locks or removes classes.",
  schema: editSchema,
  async run(analysis, given, context) {
    const edited = await applyEdit(analysis, given, context);
    const outcomes = edited.edits?.outcomes ?? [];
    return tell(edited, outcomes.slice(-1).flatMap(findingsOf(outcomes.length)));
  },
};

function findingsOf(number: number): (outcome: EditOutcome) => Finding[] {
  return ({ edit: { action }, refusal, keptByLocks }) => {
    if (refusal !== undefined) {
      const message = `Edit ${number} (${action}) was not applied: ${refusal.message}`;
      return [{ severity: "warning", code: `edit-${refusal.code}`, message }];
    }
    if (keptByLocks === 0) return [];
    const message = `Edit ${number} (${action}) left ${keptByLocks} pixels with their locked classes.`;
    return [{ severity: "info", code: "edit-kept-by-locks", message }];
  };
}

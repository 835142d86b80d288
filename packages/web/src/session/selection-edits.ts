/** What is done with a selection: it becomes a class, or goes to one. The recipe gets the regions by which it was made. */
import { type EditInput, formatCount, latentSha256 } from "@sigma-eds/core";
import { editRefusal } from "./refusals.js";
import { recipeRegions } from "./selection/recipe-regions.js";
import type { ViewSession } from "./view-session.js";

/** Why the selection cannot be edited now; undefined when it can. Regions may name classes, so that it waits for no other edit: they could be others then. */
export function selectionRefusal({ linked, analysis, partial, activity }: ViewSession): string | undefined {
  if (analysis?.labels === undefined) return "Find the phases first.";
  if (activity.kind !== "idle") return "Editing is off while something runs.";
  if (partial) return editRefusal({ analysis, partial, activity });
  if (linked.selection.current.value.count === 0) return "Nothing is selected. Drag on a view or press 1 to 9.";
  return undefined;
}

/** The selected pixels as a new class, one step of undo. */
export async function makeClass(session: ViewSession, name?: string): Promise<void> {
  const { count } = session.linked.selection.current.value;
  const given = name === undefined ? {} : { name };
  const sentence = `Made a class from the selection, ${formatCount(count)} px`;
  await assign(session, { target: "new", ...given }, sentence);
}

/** The selected pixels as part of a class, or of none. */
export async function moveSelection(session: ViewSession, target: number | "unassigned"): Promise<void> {
  const name = session.analysis?.classes.find(({ id }) => id === target)?.name;
  await assign(session, { target }, name === undefined ? "Left the selection unassigned" : `Moved the selection to “${name}”`);
}

type Assignment = Pick<Extract<EditInput, { action: "polygon" }>, "target" | "name">;

async function assign({ now }: ViewSession, assignment: Assignment, sentence: string): Promise<void> {
  const refusal = selectionRefusal(now());
  const { analysis, linked, actions } = now();
  if (refusal !== undefined || analysis === undefined) {
    actions.say(refusal ?? "");
    return;
  }
  const { parts } = linked.selection.current.value;
  const { width, height, frames } = analysis.grid;
  const shape = frames > 1 ? [frames, height, width] : [height, width];
  const latent = analysis.latent === undefined ? undefined : await latentSha256(analysis.latent);
  if (now().analysis?.labelsSha256 !== analysis.labelsSha256 || now().activity.kind !== "idle") {
    actions.say("Something else was begun first. Look again, then repeat it.");
    return;
  }
  const regions = recipeRegions(parts, { shape, latentSha256: latent });
  await actions.edit([{ step: "edit", action: "polygon", regions, ...assignment }], sentence);
}

/** What is done with a selection: it becomes a class, or goes to one. The recipe gets the regions by which it was made. */
import { type EditInput, formatCount, latentSha256, type Region } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { allVisible, type Selection, type SelectionPart } from "./linked.js";
import { editRefusal } from "./refusals.js";
import { classMask, combineMasks, wholeClassOf } from "./selection/masks.js";
import { recipeRegions } from "./selection/recipe-regions.js";
import { fromPixels } from "./selection/select.js";
import type { ViewSession } from "./view-session.js";

type PhaseClass = AnalysisSnapshot["classes"][number];

/** Why the selection cannot be edited now; undefined when it can: it waits for the edit that is being made. */
export function selectionRefusal(session: Pick<ViewSession, "linked" | "analysis" | "partial" | "activity">): string | undefined {
  const nothing = session.linked.selection.current.value.count === 0;
  return editRefusal(session) ?? (nothing ? "Nothing is selected. Drag on a view or press 1 to 9." : undefined);
}

/** The class of which everything is selected, and nothing else: a new one would be the same. */
export function wholeClassSelected({ linked, analysis }: Pick<ViewSession, "linked" | "analysis">): PhaseClass | undefined {
  return analysis === undefined ? undefined : wholeClass(analysis, linked.selection.current.value);
}

/** What is said of a selection that is a class already. */
export function alreadyWords({ name }: Pick<PhaseClass, "name">): string {
  return `This is the class “${name}” already: its name can be changed.`;
}

/** The selected pixels as a new class, one step of undo. Gives the class that they are already, where none is made. */
export async function makeClass(session: ViewSession, name?: string): Promise<PhaseClass | undefined> {
  const { value: selection } = session.linked.selection.current;
  let already: PhaseClass | undefined;
  const refused = (analysis: AnalysisSnapshot): string | undefined => {
    already = wholeClass(analysis, selection);
    return already === undefined ? undefined : alreadyWords(already);
  };
  const given = name === undefined ? {} : { name };
  const sentence = `Made a class from the selection, ${formatCount(selection.count)} px`;
  await assign(session, { target: "new", ...given }, sentence, refused);
  return already;
}

/** The selected pixels as part of a class, or of none. */
export async function moveSelection(session: ViewSession, target: number | "unassigned"): Promise<void> {
  const named = (analysis: AnalysisSnapshot | undefined) => analysis?.classes.find(({ id }) => id === target)?.name;
  const name = named(session.analysis);
  const refused = (analysis: AnalysisSnapshot): string | undefined =>
    target === "unassigned" || named(analysis) !== undefined ? undefined : `There is no class “${name ?? target}” any more.`;
  const sentence = target === "unassigned" ? "Left the selection unassigned" : `Moved the selection to “${name ?? target}”`;
  await assign(session, { target }, sentence, refused);
}

type Assignment = Pick<Extract<EditInput, { action: "polygon" }>, "target" | "name">;

/** Assigns what is selected now when the edits before it are done; `refused` says why that cannot be then. */
async function assign(
  { now }: ViewSession,
  assignment: Assignment,
  sentence: string,
  refused: (analysis: AnalysisSnapshot) => string | undefined,
): Promise<void> {
  const { actions, linked, analysis: before } = now();
  const { value: selection } = linked.selection.current;
  const refusal = selectionRefusal(now());
  if (refusal !== undefined) {
    actions.say(refusal);
    return;
  }
  await actions.edit(async (analysis) => {
    const reason = refused(analysis);
    if (reason === undefined)
      return [{ step: "edit", action: "polygon", regions: await regionsOf(selection, analysis, before), ...assignment }];
    actions.say(reason);
    return [];
  }, sentence);
}

/** The regions of a recipe that mean the selected pixels: their outlines, where a class among them was edited since they were selected. */
async function regionsOf(
  { mask, made, parts }: Selection,
  { grid, labels, latent, labelsSha256 }: AnalysisSnapshot,
  before: AnalysisSnapshot | undefined,
): Promise<Region[]> {
  const { width, height, frames } = grid;
  const isAsBefore = isMeant(mask, parts, labels) ?? before?.labelsSha256 === labelsSha256;
  const meant = isAsBefore ? parts : fromPixels(mask, made, { grid, labels, classIds: [], visible: allVisible }).parts;
  const shape = frames > 1 ? [frames, height, width] : [height, width];
  return recipeRegions(meant, { shape, latentSha256: latent === undefined ? undefined : await latentSha256(latent) });
}

/** Whether parts mean these pixels by the labels as they are; undefined where it cannot be told by classes alone. */
function isMeant(mask: Uint8Array, parts: readonly SelectionPart[], labels: Int32Array | undefined): boolean | undefined {
  if (!parts.some(({ on }) => on === "class")) return true;
  if (labels === undefined || !parts.every(({ on }) => on === "class")) return undefined;
  const meant = parts.reduce<Uint8Array>(
    (set, part) => (part.on === "class" ? combineMasks(set, classMask(labels, new Set(part.ids)), part.mode) : set),
    new Uint8Array(labels.length),
  );
  return meant.length === mask.length && meant.every((is, p) => is === mask[p]);
}

function wholeClass({ classes, labels }: AnalysisSnapshot, { mask }: Selection): PhaseClass | undefined {
  const id = labels === undefined ? undefined : wholeClassOf(mask, labels);
  return classes.find((phase) => phase.id === id);
}

/** Acts that colour many classes at once, each one step of undo: for the palette, the panel of names and the colours of a class. */
import { coloursOfMinerals, type EditInput, mineralColour, type NamedClass } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { editRefusal } from "./refusals.js";
import { farEdits, recolours, spreadEdits } from "./spread-colours.js";
import type { ViewSession } from "./view-session.js";

/** Why classes cannot be coloured as minerals now; undefined where they can. */
export function mineralRefusal(session: ViewSession): string | undefined {
  const refusal = editRefusal(session);
  if (refusal !== undefined) return refusal;
  const isNamed = namedClasses(session.analysis!).some(({ name, formulas }) => mineralColour(name, formulas) !== undefined);
  return isNamed ? undefined : "No class has the name of a phase. Accept names in Identify first.";
}

export async function colourAsMinerals({ analysis, actions }: ViewSession): Promise<void> {
  const edits = analysis === undefined ? [] : mineralEdits(analysis);
  if (edits.length === 0) actions.say("Classes have their mineral colours already.");
  else await actions.edit(edits, "Coloured the classes as minerals");
}

export async function spreadColoursAgain({ analysis, actions }: ViewSession): Promise<void> {
  const edits = analysis === undefined ? [] : spreadEdits(analysis);
  if (edits.length === 0) actions.say("Neighbours have distant colours already.");
  else await actions.edit(edits, "Spread the colours again");
}

/** The free colour farthest from those of the neighbours, for one class. */
export async function colourFarFromNeighbours({ analysis, actions }: ViewSession, id: number): Promise<void> {
  const edits = analysis === undefined ? [] : farEdits(analysis, id);
  if (edits.length === 0) actions.say("No free colour is farther from its neighbours.");
  else await actions.edit(edits);
}

/** Gives classes that are called after a phase the colour of their mineral; others keep theirs. */
export function mineralEdits(analysis: Pick<AnalysisSnapshot, "classes" | "identities">): EditInput[] {
  return recolours(analysis, coloursOfMinerals(namedClasses(analysis)));
}

function namedClasses({ classes, identities }: Pick<AnalysisSnapshot, "classes" | "identities">): NamedClass[] {
  const candidates = (identities ?? []).flatMap(({ shown }) => shown);
  const formulas = new Map(
    candidates.flatMap(({ name, formula }): [string, string][] => (formula === undefined ? [] : [[name, formula]])),
  );
  return classes.map(({ name, colour }) => ({ name, colour, formulas }));
}

/** Colours of the classes by who touches whom now: those of new classes were only the farthest that were free. */
import { classColour, contactLengths, type EditInput, farColour, spreadColours } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";

type Coloured = Pick<AnalysisSnapshot, "labels" | "classes" | "grid">;

/** Edits that give every class the colour that it would have, were it found so; only for those whose colour changes. */
export function spreadEdits(analysis: Coloured): EditInput[] {
  const { classes } = analysis;
  const contact = contactOf(analysis);
  if (contact === undefined) return [];
  return recolours(analysis, spreadColours(classes.length, contact).map(classColour));
}

/** Gives one class the free colour that is farthest from those of the classes that it touches. */
export function farEdits(analysis: Coloured, id: number): EditInput[] {
  const { classes } = analysis;
  const contact = contactOf(analysis);
  const place = classes.findIndex((phase) => phase.id === id);
  if (contact === undefined || place < 0) return [];
  const colours = classes.map(({ colour }) => colour);
  return recolours(analysis, colours.with(place, farColour(place, colours, contact)));
}

/** One edit for each class whose colour changes; `colours` in the order of the classes. */
export function recolours({ classes }: Pick<AnalysisSnapshot, "classes">, colours: readonly string[]): EditInput[] {
  return classes.flatMap(({ id, colour }, place): EditInput[] =>
    colours[place] === colour ? [] : [{ step: "edit", action: "recolour", id, colour: colours[place]! }],
  );
}

/** Float64 [classes x classes] in the order of the classes. */
function contactOf({ labels, classes, grid }: Coloured): Float64Array | undefined {
  if (labels === undefined) return undefined;
  const placeOf = new Map(classes.map(({ id }, place) => [id, place]));
  const places = labels.map((label) => placeOf.get(label) ?? -1);
  return contactLengths(places, grid.width, classes.length);
}

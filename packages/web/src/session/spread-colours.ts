/** Colours of the classes by who touches whom now: those of new classes were only the farthest that were free. */
import { classColour, contactLengths, type EditInput, spreadColours } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";

/** Edits that give every class the colour that it would have, were it found so; only for those whose colour changes. */
export function spreadEdits({ labels, classes, grid }: Pick<AnalysisSnapshot, "labels" | "classes" | "grid">): EditInput[] {
  if (labels === undefined) return [];
  const placeOf = new Map(classes.map(({ id }, place) => [id, place]));
  const places = labels.map((label) => placeOf.get(label) ?? -1);
  const order = spreadColours(classes.length, contactLengths(places, grid.width, classes.length));
  return classes.flatMap(({ id, colour }, place): EditInput[] => {
    const spread = classColour(order[place]!);
    return spread === colour ? [] : [{ step: "edit", action: "recolour", id, colour: spread }];
  });
}

import { type ClassPattern, colourPattern } from "@sigma-eds/core";

const inOrder = ["dots", "rings", "plus", "horizontal", "vertical", "grid"] as const;

/** The pattern of a class by its colour and its place in the list; with `all`, of those too whose colour needs none. */
export function classPattern(colour: string, place: number, all: boolean): ClassPattern {
  const own = colourPattern(colour);
  return own === "plain" && all ? inOrder[place % inOrder.length]! : own;
}

/** Classes with their patterns, by their places in the list of all. */
export function withPatterns<Phase extends { readonly colour: string }>(
  classes: readonly Phase[],
  all: boolean,
): (Phase & { readonly pattern: ClassPattern })[] {
  return classes.map((phase, place) => ({ ...phase, pattern: classPattern(phase.colour, place, all) }));
}

/** Classes for which there are no colours left: pictures draw the smallest as one, "others". The data have them as they are. */

/** As many as there are colours with patterns that can be told apart. */
export const MOST_COLOURS = 24;

/** Of the others; lighter than pixels without a class, and not hatched. */
export const othersColour = "#b6b9bc";

/** Ids of all but the `most` largest; ties by id. */
export function smallestClasses(
  classes: readonly { readonly id: number; readonly pixels: number }[],
  most = MOST_COLOURS,
): ReadonlySet<number> {
  const largestFirst = [...classes].sort((a, b) => b.pixels - a.pixels || a.id - b.id);
  return new Set(largestFirst.slice(most).map(({ id }) => id));
}

import { worstColourDistance } from "./colour-vision.js";
import { classColours } from "./palette.js";

/** A class that has its colour, seen from one that is to get one. */
export interface Neighbour {
  readonly colour: string;
  /** Length of the boundary between the two. */
  readonly contact: number;
}

/**
 * The class colour that no other class has and that makes the class at `place` look least like those that it touches. `contact` is float64
 * [classes x classes]. Where other classes have all colours, any may be taken again.
 */
export function farColour(place: number, colours: readonly string[], contact: ArrayLike<number>): string {
  const others = colours.flatMap((colour, i): Neighbour[] =>
    i === place ? [] : [{ colour, contact: contact[place * colours.length + i]! }],
  );
  const unused = classColours.filter((colour) => others.every((other) => other.colour !== colour));
  return leastAlike(unused.length === 0 ? classColours : unused, others);
}

/**
 * The colour that looks least like its neighbours: the least sum of length / distance (worst of four kinds of vision), as in `spreadColours`; equals by the
 * distance to the nearest colour of any of them, then by the order in which they are offered.
 */
export function leastAlike(offered: readonly string[], others: readonly Neighbour[]): string {
  const judged = offered.map((colour) => {
    const distances = others.map((other) => Math.max(1, worstColourDistance(colour, other.colour)));
    const close = others.reduce((sum, { contact }, k) => sum + contact / distances[k]!, 0);
    return { colour, close, nearest: Math.min(Infinity, ...distances) };
  });
  return judged.reduce((a, b) => (b.close < a.close || (b.close === a.close && b.nearest > a.nearest) ? b : a)).colour;
}

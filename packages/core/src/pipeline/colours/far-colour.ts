import { worstColourDistance } from "./colour-vision.js";
import { classColours } from "./palette.js";

/**
 * The class colour that no other class has and that makes the class at `place` look least like those that it touches: the least sum of length /
 * distance (worst of four kinds of vision), as in `spreadColours`; equals by the distance to the nearest colour of any other class, then by the
 * order of the palette. `contact` is float64 [classes x classes]. Where other classes have all colours, any may be taken again.
 */
export function farColour(place: number, colours: readonly string[], contact: ArrayLike<number>): string {
  const others = colours.map((_, i) => i).filter((i) => i !== place);
  const unused = classColours.filter((colour) => others.every((i) => colours[i] !== colour));
  const offered = (unused.length === 0 ? classColours : unused).map((colour) => {
    const distances = others.map((i) => Math.max(1, worstColourDistance(colour, colours[i]!)));
    const close = others.reduce((sum, i, k) => sum + contact[place * colours.length + i]! / distances[k]!, 0);
    return { colour, close, nearest: Math.min(Infinity, ...distances) };
  });
  return offered.reduce((a, b) => (b.close < a.close || (b.close === a.close && b.nearest > a.nearest) ? b : a)).colour;
}

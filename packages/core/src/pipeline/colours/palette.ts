/** Colours and patterns of classes. */
import { hexOfLinear, linearOfHex, linearOfOklab, oklabOfLinear } from "./colour.js";
import { worstColourDistance } from "./colour-vision.js";

/**
 * Colours of classes in order of use. Chosen by optimisation against normal vision and full protanopia, deuteranopia and tritanopia.
 * Smallest distance of any two under the worst of the four (see `colourDistance`): 14.4 among the first 8, 12.1 among 12,
 * 10.3 among 16, 7.3 among all 30. For comparison: Okabe and Ito's seven have 10.4, tab10 has 1.3.
 */
export const classColours: readonly string[] = [
  ...["#355cc1", "#daac09", "#20acc7", "#d65d95", "#f9d5b7", "#604875", "#a2eff8", "#912900", "#a07ef0", "#88b775"],
  ...["#c1bfff", "#a37000", "#cfdb7a", "#c5444f", "#81394d", "#934ea0", "#3ddadd", "#f68ea2", "#2b7f50", "#9a5323"],
  ...["#edadcb", "#c07171", "#4384ce", "#90a5fa", "#54126c", "#1e3c96", "#6c0c00", "#b4963c", "#601854", "#a2d290"],
];

/** Pixels that belong to no class. They are hatched as well, since grey alone may be part of a picture. */
export const unassignedColour = "#8a8d91";

/** Marks over a colour, so that a class is known without colour. Diagonals are not among them: they mean doubt. */
export type ClassPattern = "plain" | "dots" | "rings" | "plus" | "horizontal" | "vertical" | "grid";

const patterns = ["dots", "rings", "plus", "horizontal", "vertical", "grid"] as const satisfies readonly ClassPattern[];
/** So many classes are told apart by colour alone. */
const COLOURS_ALONE = 12;

/** Colour of a class by its order, from 0. After the last colour the list starts again. */
export function classColour(order: number): string {
  return classColours[order % classColours.length]!;
}

/** Pattern that goes with a colour of the palette: none for the first 12, which are told apart by colour alone, then one of six. Other colours have none. */
export function colourPattern(colour: string): ClassPattern {
  const order = classColours.indexOf(colour.toLowerCase());
  return order < COLOURS_ALONE ? "plain" : patterns[(order - COLOURS_ALONE) % patterns.length]!;
}

/** A colour for each class of a map of `width` columns, such that classes that touch look different; see {@link spreadColours}. */
export function coloursOfClasses(labels: Int32Array, width: number, classes: number): string[] {
  return spreadColours(classes, contactLengths(labels, width, classes)).map(classColour);
}

/**
 * A class colour as a line or text: hue and chroma kept, OKLab lightness at most 0.58 on paper and at least 0.62 on a dark ground.
 */
export function lineColour(colour: string, ground: "light" | "dark"): string {
  const [lightness, a, b] = oklabOfLinear(linearOfHex(colour));
  const clipped = ground === "light" ? Math.min(0.58, lightness) : Math.max(0.62, lightness);
  return clipped === lightness ? colour : hexOfLinear(linearOfOklab([clipped, a, b]));
}

/**
 * Gives classes that touch distant colours. `contact` is float64 [classes x classes], symmetric: length of the boundary between two
 * classes. Starts from the order of the palette and swaps the pair that lowers the sum of length / distance (worst of four kinds of
 * vision) most, until none does; ties go to the lower ids. Returns the palette order for each class.
 */
export function spreadColours(classes: number, contact: ArrayLike<number>): number[] {
  const order = Array.from({ length: classes }, (_, i) => i);
  const closeness = order.map((i) =>
    order.map((j) => (i === j ? 0 : 1 / Math.max(1, worstColourDistance(classColour(i), classColour(j))))),
  );
  const gainOf = (one: number, other: number): number => {
    let gain = 0;
    for (let k = 0; k < classes; k++) {
      if (k === one || k === other) continue;
      const change = closeness[order[one]!]![order[k]!]! - closeness[order[other]!]![order[k]!]!;
      gain += change * (contact[one * classes + k]! - contact[other * classes + k]!);
    }
    return gain;
  };
  for (let round = 0; round < classes * classes; round++) {
    let best = { one: 0, other: 0, gain: 1e-9 };
    for (let one = 0; one < classes; one++) {
      for (let other = one + 1; other < classes; other++) {
        const gain = gainOf(one, other);
        if (gain > best.gain) best = { one, other, gain };
      }
    }
    if (best.one === best.other) break;
    [order[best.one], order[best.other]] = [order[best.other]!, order[best.one]!];
  }
  return order;
}

/** Boundary lengths between classes: float64 [classes x classes], pixel edges between neighbours in a map of `width` columns; unassigned left out. */
export function contactLengths(labels: Int32Array, width: number, classes: number): Float64Array {
  const contact = new Float64Array(classes * classes);
  const touch = (a: number, b: number): void => {
    if (a === b || a < 0 || b < 0 || a >= classes || b >= classes) return;
    contact[a * classes + b]! += 1;
    contact[b * classes + a]! += 1;
  };
  for (let p = 0; p < labels.length; p++) {
    if ((p + 1) % width !== 0) touch(labels[p]!, labels[p + 1]!);
    if (p + width < labels.length) touch(labels[p]!, labels[p + width]!);
  }
  return contact;
}

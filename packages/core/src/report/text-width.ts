/** How wide a text is, so that labels can be laid out without a screen. */

/** Advance widths of Helvetica and Arial (and of Liberation Sans and Arimo, made to the same measure), thousandths of the size, from space to tilde. */
const ASCII_WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
  722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
  500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const OTHER_WIDTH = 600;
/** Fonts that stand in for Arial are up to this much wider. */
const ALLOWANCE = 1.06;

/** Width of a line of text in Arial or its like at `size`, in the unit of `size`; a little generous. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += ASCII_WIDTHS[character.codePointAt(0)! - 32] ?? OTHER_WIDTH;
  return (width / 1000) * size * ALLOWANCE;
}

/** The text, cut with an ellipsis where it would be wider than `width`. */
export function fittedText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** The text in lines that are no wider than `width`, broken at spaces, and within a word where that alone is wider. No letter is lost. */
export function wrappedText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  const fits = (line: string): boolean => textWidth(line, size) <= width;
  for (const word of text.split(" ").flatMap((one) => brokenWord(one, fits))) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function brokenWord(word: string, fits: (line: string) => boolean): string[] {
  const parts = [""];
  for (const character of word) {
    if (parts.at(-1) !== "" && !fits(parts.at(-1) + character)) parts.push("");
    parts[parts.length - 1] += character;
  }
  return parts;
}

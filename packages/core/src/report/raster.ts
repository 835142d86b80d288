/** A picture being painted: rectangles, letters and enlarged maps, without a DOM. Colours are `#rrggbb`. */
import { glyphCoverage, glyphHeight, glyphLetters, glyphWidths } from "./generated/glyphs.js";

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** RGB, row-major. */
  readonly data: Uint8Array;
}

/** Height of a line of letters, pixels. */
export const letterHeight = glyphHeight;

export function raster(width: number, height: number, background: string): Raster {
  const picture = { width, height, data: new Uint8Array(width * height * 3) };
  fillRectangle(picture, 0, 0, width, height, background);
  return picture;
}

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Fills a rectangle; what lies outside the picture is cut off. */
export function fillRectangle(picture: Raster, x: number, y: number, width: number, height: number, colour: string): void {
  const rgb = rgbOf(colour);
  for (let row = Math.max(0, y); row < Math.min(picture.height, y + height); row++) {
    for (let column = Math.max(0, x); column < Math.min(picture.width, x + width); column++) {
      picture.data.set(rgb, (row * picture.width + column) * 3);
    }
  }
}

/** Paints an RGB map (row-major, `width` x `height`) enlarged by a whole factor, each value a square. */
export function paintMap(
  picture: Raster,
  x: number,
  y: number,
  width: number,
  height: number,
  rgb: Uint8Array,
  factor: number,
): void {
  for (let row = 0; row < height * factor; row++) {
    const from = Math.floor(row / factor) * width;
    for (let column = 0; column < width * factor; column++) {
      const source = (from + Math.floor(column / factor)) * 3;
      const target = ((y + row) * picture.width + x + column) * 3;
      picture.data[target] = rgb[source]!;
      picture.data[target + 1] = rgb[source + 1]!;
      picture.data[target + 2] = rgb[source + 2]!;
    }
  }
}

/** Width of a text in pixels, of the letters that are painted. */
export function textWidth(text: string): number {
  return [...paintedLetters(text)].reduce((sum, letter) => sum + glyphs.get(letter)!.width, 0);
}

/** Writes a text, in {@link paintedLetters}, with its top left corner at (x, y). */
export function paintText(picture: Raster, x: number, y: number, text: string, colour: string): void {
  const rgb = rgbOf(colour);
  let left = x;
  for (const letter of paintedLetters(text)) {
    const { start, width } = glyphs.get(letter)!;
    for (let i = 0; i < width * glyphHeight; i++) {
      const coverage = nibble(start + i) / 15;
      if (coverage > 0) blend(picture, left + (i % width), y + Math.floor(i / width), rgb, coverage);
    }
    left += width;
  }
}

/**
 * The text in letters that the font has: every space is a space, a letter with an accent that the font lacks goes without it, marks that nobody sees go, and `?`
 * stands for what is of another script.
 */
export function paintedLetters(text: string): string {
  return [...text.normalize("NFC")].map(paintedLetter).join("");
}

function paintedLetter(letter: string): string {
  if (glyphs.has(letter)) return letter;
  if (/\s/u.test(letter)) return " ";
  const plain = [...letter.normalize("NFKD")].filter((part) => glyphs.has(part)).join("");
  return plain === "" && !/[\p{M}\p{C}]/u.test(letter) ? "?" : plain;
}

/** Mixes a colour into a pixel; nothing where it lies outside the picture. `coverage` is 0 to 1. */
export function blend(picture: Raster, x: number, y: number, rgb: readonly number[], coverage: number): void {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return;
  const target = (y * picture.width + x) * 3;
  for (let k = 0; k < 3; k++)
    picture.data[target + k] = Math.round(picture.data[target + k]! * (1 - coverage) + rgb[k]! * coverage);
}

const glyphs = new Map<string, { start: number; width: number }>();
{
  let start = 0;
  [...glyphLetters].forEach((letter, i) => {
    const width = glyphWidths[i]!;
    glyphs.set(letter, { start, width });
    start += width * glyphHeight;
  });
}
const coverage = Uint8Array.from(atob(glyphCoverage), (letter) => letter.charCodeAt(0));

function nibble(index: number): number {
  const byte = coverage[index >> 1]!;
  return index % 2 === 0 ? byte >> 4 : byte & 15;
}

/** Contrast of colours as WCAG 2.2 has it (W3C, 2023, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), and colours moved until they stand out from their ground. */
import { packColour } from "./colour-table.js";

/** Relative luminance of a colour word, its alpha left aside: 0 black, 1 white. */
export function luminance(word: number): number {
  return 0.2126 * linear(word & 255) + 0.7152 * linear((word >> 8) & 255) + 0.0722 * linear((word >> 16) & 255);
}

/** 1 to 21, whichever is the lighter. */
export function contrast(a: number, b: number): number {
  const [first, second] = [luminance(a), luminance(b)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** The colour (opaque), or where it is too pale for a light ground one of the same hue whose contrast with the ground is `least`. */
export function darkEnough(word: number, ground: number, least: number): number {
  const most = (luminance(ground) + 0.05) / least - 0.05;
  const own = luminance(word);
  const share = own <= most ? 1 : Math.max(0, most) / own;
  const dimmed = (byte: number): number => Math.floor(255 * encoded(share * linear(byte)));
  return packColour(dimmed(word & 255), dimmed((word >> 8) & 255), dimmed((word >> 16) & 255));
}

/** The colour (opaque), or where it is too dark for a dark ground one mixed with white in linear light whose contrast with the ground is `least`. */
export function lightEnough(word: number, ground: number, least: number): number {
  const fewest = (luminance(ground) + 0.05) * least - 0.05;
  const own = luminance(word);
  const white = own >= fewest ? 0 : (fewest - own) / (1 - own);
  const lifted = (byte: number): number => Math.ceil(255 * encoded(white + (1 - white) * linear(byte)));
  return packColour(lifted(word & 255), lifted((word >> 8) & 255), lifted((word >> 16) & 255));
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encoded(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

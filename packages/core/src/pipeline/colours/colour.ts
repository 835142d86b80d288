/** Colours as numbers: sRGB, and OKLab for distances and lightness (B. Ottosson, 2020, https://bottosson.github.io/posts/oklab/). */
import { pow } from "../../kernels/math.js";

/** Linear light red, green, blue; 0 to 1 inside sRGB. */
export type LinearRgb = readonly [red: number, green: number, blue: number];
/** Lightness 0 to 1, green to red, blue to yellow. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** `#rrggbb` to linear light. */
export function linearOfHex(hex: string): LinearRgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [linear((value >> 16) & 255), linear((value >> 8) & 255), linear(value & 255)];
}

/** Linear light to `#rrggbb`; what lies outside sRGB is clipped. */
export function hexOfLinear(colour: LinearRgb): string {
  return `#${colour.map((channel) => Math.round(encoded(channel)).toString(16).padStart(2, "0")).join("")}`;
}

export function oklabOfLinear([red, green, blue]: LinearRgb): Oklab {
  const l = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function linearOfOklab([lightness, a, b]: Oklab): LinearRgb {
  const l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const s = cube(lightness - 0.0894841775 * a - 1.291485548 * b);
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

function encoded(value: number): number {
  const inside = Math.min(1, Math.max(0, value));
  return 255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * pow(inside, 1 / 2.4) - 0.055);
}

function cubeRoot(value: number): number {
  return value > 0 ? pow(value, 1 / 3) : 0;
}

function cube(value: number): number {
  return value * value * value;
}

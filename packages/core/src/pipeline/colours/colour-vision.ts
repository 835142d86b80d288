/**
 * How far apart colours look to people with and without a colour-vision deficiency. Deficiencies are simulated in full (dichromacy) with
 * the matrices of Machado, Oliveira and Fernandes (2009, doi:10.1109/TVCG.2009.113), severity 1.
 */
import { type LinearRgb, linearOfHex, type Oklab, oklabOfLinear } from "./colour.js";

export type ColourVision = "normal" | "protanopia" | "deuteranopia" | "tritanopia";

/** Rows of three over linear red, green and blue, row after row. */
export const visionMatrices = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const satisfies Record<ColourVision, readonly number[]>;

export const colourVisions = Object.keys(visionMatrices) as readonly ColourVision[];

/** What a colour in linear light looks like, in linear light, clipped to sRGB. */
export function simulateVision([red, green, blue]: LinearRgb, vision: ColourVision): LinearRgb {
  const m = visionMatrices[vision];
  const row = (i: number): number => Math.min(1, Math.max(0, m[i]! * red + m[i + 1]! * green + m[i + 2]! * blue));
  return [row(0), row(3), row(6)];
}

/**
 * Distance of two `#rrggbb` colours as one kind of vision sees them: OKLab times 100 with a and b doubled, which brings differences of hue
 * and of lightness to one scale. 2 is about the least that can be seen side by side.
 */
export function colourDistance(one: string, other: string, vision: ColourVision): number {
  return distance(seen(one, vision), seen(other, vision));
}

/** The smallest {@link colourDistance} over normal vision and the three deficiencies. */
export function worstColourDistance(one: string, other: string): number {
  return Math.min(...colourVisions.map((vision) => colourDistance(one, other, vision)));
}

function seen(hex: string, vision: ColourVision): Oklab {
  return oklabOfLinear(simulateVision(linearOfHex(hex), vision));
}

function distance([l1, a1, b1]: Oklab, [l2, a2, b2]: Oklab): number {
  const lightness = l1 - l2;
  const red = 2 * (a1 - a2);
  const blue = 2 * (b1 - b2);
  return 100 * Math.sqrt(lightness * lightness + red * red + blue * blue);
}

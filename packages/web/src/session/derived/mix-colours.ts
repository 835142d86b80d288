/** Colours of light that the quantities of a mix add, by their number in it. */
export type MixPalette = "red-green-blue" | "magenta-green-cyan";

type Light = readonly [red: number, green: number, blue: number];

/** The field reads red, green and blue; magenta, green and cyan stay apart for those who do not see red from green. The others follow where more are mixed. */
const palettes: Readonly<Record<MixPalette, readonly Light[]>> = {
  "red-green-blue": [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 0],
    [255, 0, 255],
    [0, 255, 255],
  ],
  "magenta-green-cyan": [
    [255, 0, 190],
    [0, 220, 60],
    [0, 190, 255],
    [255, 220, 0],
    [255, 120, 0],
    [255, 255, 255],
  ],
};

export const mixPalettes = ["red-green-blue", "magenta-green-cyan"] as const satisfies readonly MixPalette[];

/** Most quantities in one picture: more are white everywhere. */
const MOST_IN_MIX = 6;

export function mixLight(index: number, palette: MixPalette = "red-green-blue"): Light {
  return palettes[palette][index % MOST_IN_MIX]!;
}

export function mixColour(index: number, palette?: MixPalette): string {
  const [red, green, blue] = mixLight(index, palette);
  return `rgb(${red} ${green} ${blue})`;
}

/** A quantity more, or one fewer where it was in the mix; the oldest leaves a full one. */
export function toggledMix<T>(before: readonly T[], one: T): T[] {
  if (before.includes(one)) return before.filter((other) => other !== one);
  return [...before, one].slice(-MOST_IN_MIX);
}

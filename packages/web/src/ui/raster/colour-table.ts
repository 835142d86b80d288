/** Colours as 32-bit words in the order of ImageData (red first in memory), so that one pixel is one write. */
import { type ColourMapName, colourMap } from "@sigma-eds/core";

export type ColourTableName = "inferno" | "grey" | "viridis" | "cividis" | "doubt" | "vik";

/** Uint32 [256]. */
export type ColourTable = Uint32Array;

/** What the core calls the maps that it has. The signed map stands for vik: symmetric in lightness about its white middle. */
const coreNames: Readonly<Record<Exclude<ColourTableName, "doubt">, ColourMapName>> = {
  inferno: "inferno",
  grey: "grey",
  viridis: "viridis",
  cividis: "cividis",
  vik: "signed",
};
const AMBER = [233, 180, 76] as const;

const made = new Map<ColourTableName, ColourTable>();

/** The 256 colours of a map, made once. `doubt` goes from transparent to amber. */
export function colourTable(name: ColourTableName): ColourTable {
  const known = made.get(name);
  if (known !== undefined) return known;
  const table = name === "doubt" ? doubtRamp() : ofCore(coreNames[name]);
  made.set(name, table);
  return table;
}

/** One colour as a word; each part 0 to 255. */
export function packColour(red: number, green: number, blue: number, alpha = 255): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A colour `#rrggbb` as a word. */
export function packHex(hex: string, alpha = 255): number {
  const value = Number.parseInt(hex.slice(1), 16);
  return packColour((value >> 16) & 255, (value >> 8) & 255, value & 255, alpha);
}

function ofCore(name: ColourMapName): ColourTable {
  const bytes = colourMap(name);
  return Uint32Array.from({ length: 256 }, (_, i) => packColour(bytes[3 * i]!, bytes[3 * i + 1]!, bytes[3 * i + 2]!));
}

function doubtRamp(): ColourTable {
  return Uint32Array.from({ length: 256 }, (_, i) => packColour(...AMBER, i));
}

/** A CSS gradient of a map, lowest at `from`. */
export function tableGradient(name: ColourTableName, direction: "to top" | "to right"): string {
  const table = colourTable(name);
  const stops = Array.from({ length: 17 }, (_, i) => {
    const word = table[Math.round((i * 255) / 16)]!;
    return `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255} / ${((word >>> 24) / 255).toFixed(2)})`;
  });
  return `linear-gradient(${direction}, ${stops.join(", ")})`;
}

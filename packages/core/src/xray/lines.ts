import { ParameterError } from "../errors.js";
import { edgesOf, type Level } from "./edges.js";
import { elementNamed, elements } from "./elements.js";
import { lineRows } from "./generated/lines.js";

export type LineFamily = "K" | "L" | "M";

/** A characteristic X-ray line, or lines of one initial level that no silicon detector separates (Ka is Ka1 with Ka2). */
export interface XrayLine {
  /** Element and Siegbahn name as HyperSpy writes them: `Fe_Ka`, `Au_Lb1`, `Au_M2N4`. */
  readonly name: string;
  /** `Fe` */
  readonly element: string;
  readonly family: LineFamily;
  /** Mean of the lines joined, by their intensities. */
  readonly energyKev: number;
  /** Relative to the strongest of the element's family (1), as electrons far above the edges excite it; no absorption. */
  readonly weight: number;
  /** Energy that the electrons must exceed: the edge of {@link XrayLine.level}. */
  readonly edgeKev: number;
  /** Level with the vacancy. */
  readonly level: Level;
  /** Share of the level's X-ray photons that are in this line, 0 to 1. */
  readonly share: number;
}

const familyOrder = { K: 0, L: 1, M: 2 } satisfies Record<LineFamily, number>;

const linesByElement: ReadonlyMap<string, readonly XrayLine[]> = new Map(lineRows.split("\n").map(parseRow));

/** Every line, by rising energy; equal energies by atomic number. */
export const xrayLines: readonly XrayLine[] = elements
  .flatMap(({ symbol }) => linesByElement.get(symbol) ?? [])
  .sort((a, b) => a.energyKev - b.energyKev);

const byName: ReadonlyMap<string, XrayLine> = new Map(xrayLines.map((line) => [line.name, line]));

/** Lines of an element: family K, then L, then M, the strongest of each first. `[]` for H and He. Throws for an unknown symbol. */
export function linesOf(symbol: string): readonly XrayLine[] {
  return linesByElement.get(elementNamed(symbol).symbol) ?? [];
}

/** The line of an exact name such as `Fe_Ka`; `undefined` if there is none. For other spellings see `line-names.ts`. */
export function lineWithName(name: string): XrayLine | undefined {
  return byName.get(name);
}

export interface LineSearch {
  /** Only lines of these elements. Default: all. */
  readonly elements?: readonly string[] | undefined;
  /** Only these families. Default: all. */
  readonly families?: readonly LineFamily[] | undefined;
  /** Only lines of at least this weight in their family. Default 0. */
  readonly minimumWeight?: number | undefined;
}

/** Lines within `toleranceKev` of an energy, nearest first; equally near ones by weight, then by name. */
export function linesNear(energyKev: number, toleranceKev: number, search: LineSearch = {}): XrayLine[] {
  const { elements: only, families, minimumWeight = 0 } = search;
  const found: XrayLine[] = [];
  for (let i = firstAtOrAbove(energyKev - toleranceKev); i < xrayLines.length; i++) {
    const line = xrayLines[i]!;
    if (line.energyKev > energyKev + toleranceKev) break;
    if (only !== undefined && !only.includes(line.element)) continue;
    if (families !== undefined && !families.includes(line.family)) continue;
    if (line.weight >= minimumWeight) found.push(line);
  }
  const distance = (line: XrayLine) => Math.abs(line.energyKev - energyKev);
  return found.sort((a, b) => distance(a) - distance(b) || b.weight - a.weight || (a.name < b.name ? -1 : 1));
}

const ADEQUATE_OVERVOLTAGE = 1.5;
const DEFAULT_BEAM_KEV = 20;
const DEFAULT_RANGE_KEV = [0.1, 20] as const;

/**
 * The line to map an element with: the strongest of the first family (K, then L, then M) that lies in the energy range and whose edge
 * the beam exceeds 1.5 times. Where no family is excited so well, any that is excited. `undefined` for elements without such a line.
 *
 * @param beamEnergyKev default 20
 * @param energyRangeKev what the detector sees, default 0.1 to 20
 */
export function mainLine(
  symbol: string,
  beamEnergyKev: number = DEFAULT_BEAM_KEV,
  energyRangeKev: readonly [from: number, to: number] = DEFAULT_RANGE_KEV,
): XrayLine | undefined {
  const [from, to] = energyRangeKev;
  const strongest = linesOf(symbol).filter(
    (line) => line.weight === 1 && line.energyKev >= from && line.energyKev <= to && line.edgeKev < beamEnergyKev,
  );
  return strongest.find((line) => line.edgeKev * ADEQUATE_OVERVOLTAGE <= beamEnergyKev) ?? strongest.at(-1);
}

/** The line of an exact name, or an error that says what to write. */
export function requireLine(name: string): XrayLine {
  const line = lineWithName(name);
  if (line !== undefined) return line;
  throw new ParameterError("There is no X-ray line of this name.", {
    field: "line",
    found: JSON.stringify(name),
    expected: "an element and a Siegbahn name",
    remedy: "Write, for example, Fe_Ka, Au_La or Pb_Ma.",
  });
}

function firstAtOrAbove(energyKev: number): number {
  let low = 0;
  let high = xrayLines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xrayLines[middle]!.energyKev < energyKev) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parseRow(row: string): [string, readonly XrayLine[]] {
  const [element, ...fields] = row.split(" ") as [string, ...string[]];
  const edgeKev = new Map(edgesOf(element).map((edge) => [edge.level, edge.energyKev]));
  const lines = fields.map((field): XrayLine => {
    const [name, level, energyEv, share, weight] = field.split(":") as [string, Level, string, string, string];
    return {
      name: `${element}_${name}`,
      element,
      family: level[0] as LineFamily,
      energyKev: Number(energyEv) / 1000,
      weight: Number(weight),
      edgeKev: edgeKev.get(level)!,
      level,
      share: Number(share),
    };
  });
  lines.sort((a, b) => familyOrder[a.family] - familyOrder[b.family] || b.weight - a.weight);
  return [element, lines];
}

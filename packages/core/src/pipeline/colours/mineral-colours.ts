/** Customary colours for classes that have the name of a phase. */
import { phaseLibrary } from "../../xray/phases/phase-library.js";
import { colourDistance, worstColourDistance } from "./colour-vision.js";
import { groupOfFormula } from "./formula-group.js";
import { groupOfName, type MineralGroup, mineralGroups } from "./mineral-groups.js";
import { classColours } from "./palette.js";

/** Two classes are not given colours that are closer than this under the worst of four kinds of vision; any two class colours are further apart. */
export const LEAST_MINERAL_DISTANCE = 7;

/** Formulas of phases that are not in the library, by name. */
export type OwnFormulas = ReadonlyMap<string, string>;

export interface NamedClass {
  readonly name: string;
  readonly colour: string;
  /** Of phases of the user's own that the name may mean. */
  readonly formulas?: OwnFormulas | undefined;
}

/**
 * Colour of the phase that a class is called after; undefined where it has no name of a phase. Names are those of the library, its series
 * and `formulas`; capitals do not matter. Of a set ("Kyanite / andalusite") and of a mixture ("Quartz + albite") it is that of the first; a
 * number behind a name is left out. The table is this project's own: there is no agreed standard.
 */
export function mineralColour(name: string, formulas: OwnFormulas = new Map()): string | undefined {
  const first = name.split(/ \+ | \/ /)[0]!.trim();
  const group = groupCalled(first, formulas) ?? groupCalled(first.replace(/ \d+$/, ""), formulas);
  return group === undefined ? undefined : mineralGroups[group][0];
}

function groupCalled(name: string, formulas: OwnFormulas): MineralGroup | undefined {
  const wanted = name.toLowerCase();
  const known = groupOfName(wanted);
  if (known !== undefined) return known;
  const own = [...formulas].find(([phase]) => phase.toLowerCase() === wanted)?.[1];
  const formula = own ?? phaseLibrary().phases.find((phase) => phase.name.toLowerCase() === wanted)?.formula;
  return formula === undefined ? undefined : groupOfFormula(formula);
}

/**
 * A colour for each class: that of its mineral where it has one, else the one it has. Where two would be closer than
 * {@link LEAST_MINERAL_DISTANCE}, the earlier has it and the later gets the nearest class colour that is as far from all others; where there is
 * none, the one that is farthest from them.
 */
export function coloursOfMinerals(classes: readonly NamedClass[]): string[] {
  const wanted = classes.map(({ name, formulas }) => mineralColour(name, formulas));
  const given: (string | undefined)[] = wanted.map((colour, i) => (colour === undefined ? classes[i]!.colour : undefined));
  for (const [i, colour] of wanted.entries()) {
    if (colour !== undefined && distanceTo(colour, given) >= LEAST_MINERAL_DISTANCE) given[i] = colour;
  }
  for (const [i, colour] of wanted.entries()) given[i] ??= nearestFree(colour!, given);
  return given.map((colour) => colour!);
}

function nearestFree(wanted: string, taken: readonly (string | undefined)[]): string {
  const offered = classColours.map((colour) => ({ colour, distance: distanceTo(colour, taken) }));
  const free = offered.filter(({ distance }) => distance >= LEAST_MINERAL_DISTANCE);
  const away = ({ colour }: { readonly colour: string }): number => colourDistance(colour, wanted, "normal");
  if (free.length > 0) return free.reduce((a, b) => (away(b) < away(a) ? b : a)).colour;
  return offered.reduce((a, b) => (b.distance > a.distance ? b : a)).colour;
}

/** To the nearest of them under the worst of four kinds of vision; infinite where there are none. */
function distanceTo(colour: string, others: readonly (string | undefined)[]): number {
  return others.reduce(
    (least, other) => (other === undefined ? least : Math.min(least, worstColourDistance(colour, other))),
    Infinity,
  );
}

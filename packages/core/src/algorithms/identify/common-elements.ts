/** Which of two elements that a detector hardly separates is the likelier one before any measurement. */
import { fwhmKev } from "../../xray/detector.js";
import { mainLine } from "../../xray/lines.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";

const MAIN = new Set("C O Na Mg Al Si P S Cl K Ca Ti Mn Fe".split(" "));
const USUAL = new Set("N F V Cr Co Ni Cu Zn Ga As Sr Y Zr Nb Mo Ag Sn Sb In Ba La Ce Nd W Pt Au Pb Bi Th U".split(" "));

/** 0 for elements that make rocks, 1 for those of ores, alloys and devices, 2 for the others. */
export function uncommonness(symbol: string): 0 | 1 | 2 {
  if (MAIN.has(symbol)) return 0;
  return USUAL.has(symbol) ? 1 : 2;
}

/** How much worse chi-square may be with the commoner element, per step of {@link uncommonness}: odds of about 50 to 1. */
export const CHI_SQUARE_PER_STEP = 8;

const NEAR = 0.6;

/** Commoner elements whose main line is within 0.6 FWHM of that of `element`, commonest first. */
export function commonerNeighbours(
  element: string,
  looked: readonly string[],
  { beamEnergyKev, resolutionEv }: Conditions,
  range: readonly [number, number],
): string[] {
  const line = mainLine(element, beamEnergyKev, range);
  if (line === undefined) return [];
  const reach = NEAR * fwhmKev(line.energyKev, resolutionEv);
  return looked
    .filter((symbol) => uncommonness(symbol) < uncommonness(element))
    .filter((symbol) => {
      const other = mainLine(symbol, beamEnergyKev, range);
      return other !== undefined && Math.abs(other.energyKev - line.energyKev) <= reach;
    })
    .sort((a, b) => uncommonness(a) - uncommonness(b));
}

/** Quantification of thin samples: Cliff and Lorimer, and zeta factors. */
import { countOf, formatNumber, formatPercent, withUnit } from "@sigma-eds/core";
import { backgroundWords } from "./elements-maps-features.js";
import { takeOffWords } from "./identify.js";
import {
  entriesWords,
  fewCountsWords,
  linesWords,
  markedLines,
  type Quantified,
  resolutionWords,
  statedWords,
} from "./quantify-shared.js";
import type { MethodEntry, Tellers } from "./teller.js";

type CliffLorimer = MethodEntry<"quantify", "cliff-lorimer">;
type ZetaFactor = MethodEntry<"quantify", "zeta-factor">;

/** The beam energy for which the table was made, keV. */
const TABLE_KEV = 120;

const film = {
  lines: linesWords,
  takeOffAngleDeg: (value: number | undefined, { basis }: Quantified): string => takeOffWords(value, basis, undefined),
  background: backgroundWords,
  resolutionEv: resolutionWords,
  minimumCounts: (value: number, ground: Quantified): string =>
    `${formatPercent(1 / Math.sqrt(Math.max(1, value)))} is the error of so many counts by counting alone. ${fewCountsWords(value, ground)}`,
};

function errorWords(value: number, name: string): string {
  return value === 0
    ? "Errors are those of counting alone."
    : `Fractions of two elements with ${name} off by ${formatPercent(value)} each are off by ${formatPercent(Math.SQRT2 * value)} in their ratio.`;
}

export const cliffLorimer: Tellers<CliffLorimer> = {
  ...film,
  kFactorTable(value, ground) {
    const beam = ground.basis.beamEnergyKev;
    const stated = beam === undefined ? "the file states no beam energy" : `the beam has ${withUnit(beam, "keV")}`;
    return value === "none"
      ? `${countOf(Object.keys(ground.entry.kFactors).length, "k-factor")} given.`
      : `For ${TABLE_KEV} keV; ${stated}.`;
  },
  kFactors: (value, ground) => entriesWords(value, `None is given; ${countOf(markedLines(ground).length, "line")} are marked.`),
  kFactorError: (value) => errorWords(value, "k-factors"),
  thicknessNm: (value, { entry }) =>
    value === undefined ? "Absorption is not corrected." : massThickness(value, entry.densityGcm3),
  densityGcm3: (value, { entry }) =>
    value === undefined ? "Absorption is not corrected." : massThickness(entry.thicknessNm, value),
};

/** Of a film by thickness and density. */
function massThickness(nm: number | undefined, gcm3: number | undefined): string {
  if (nm === undefined) return "Without effect while the thickness is left out.";
  if (gcm3 === undefined) return `${withUnit(nm, "nm")} have no effect while the density is left out.`;
  return `${withUnit(nm, "nm")} of ${withUnit(gcm3, "g/cm³")} are ${formatNumber(nm * gcm3 * 1e-3)} g/m².`;
}

export const zetaFactor: Tellers<ZetaFactor> = {
  ...film,
  zetaFactors: (value, ground) =>
    entriesWords(value, `None is given; ${countOf(markedLines(ground).length, "line")} are marked.`),
  zetaFactorError: (value) => errorWords(value, "zeta factors"),
  beamCurrentNa: (value, { basis }) => statedWords(value, basis.metadata.beamCurrentNa, "nA"),
  liveTimeS: (value, { basis }) => statedWords(value, basis.metadata.detector.liveTimeS, "s"),
  absorption: (value, { basis, entry }) =>
    value ? takeOffWords(entry.takeOffAngleDeg, basis, undefined) : "As if all X-rays left the film.",
};

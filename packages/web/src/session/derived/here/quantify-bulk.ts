/** Quantification of thick samples, by XPP. */
import { countOf, formatCount, formatNumber, linesOf, lineText, listOf, withUnit } from "@sigma-eds/core";
import { takeOffWords, windowWords } from "./identify.js";
import { levelsOf } from "./levels.js";
import { entriesWords, fewCountsWords, markedElements, type Quantified, statedWords } from "./quantify-shared.js";
import type { MethodEntry, Tellers } from "./teller.js";
import { lineWindowWords, meanCounts, pixelsWords, shareWords, someOf } from "./words.js";

type Xpp = MethodEntry<"quantify", "xpp">;

export const xpp: Tellers<Xpp> = {
  elements(value, ground) {
    if (value.length > 0) return `${countOf(value.length, "element")} in every class, be they found there or not.`;
    const identities = (ground.input ?? ground.result)?.identities;
    if (identities !== undefined) {
      const numbers = identities.map(({ elements }) => elements.length);
      return `As found: ${formatCount(Math.min(...numbers))} to ${formatCount(Math.max(...numbers))} elements in a class.`;
    }
    const marked = markedElements(ground);
    return `Left out: ${marked.length === 0 ? "no element is marked" : someOf(marked, 12)}.`;
  },
  lines: (value, { basis }) =>
    value.length === 0
      ? `None is given: the best excited ones${basis.beamEnergyKev === undefined ? "" : ` at ${withUnit(basis.beamEnergyKev, "keV")}`}.`
      : `${listOf(value.map((line) => lineWindowWords(line, basis)))}.`,
  oxygen(value, ground) {
    const kinds = quantifiedOf(ground).map(({ oxygen }) => oxygen);
    if (kinds.length === 0) return oxygenLine(value, ground);
    const count = (kind: "measured" | "stoichiometry" | "none"): number => kinds.filter((one) => one === kind).length;
    return `By its line in ${formatCount(count("measured"))} of ${countOf(kinds.length, "class", "classes")}, by oxides in ${formatCount(count("stoichiometry"))}, not at all in ${formatCount(count("none"))}.`;
  },
  valences: (value) => entriesWords(value, "None differs from the usual ones."),
  tied: (value) =>
    value.length === 0
      ? "None is tied: every element is measured, or goes by oxides."
      : `${countOf(value.length, "element")} ${value.length === 1 ? "goes" : "go"} with others: ${someOf(value.map(({ element }) => element))}.`,
  difference: (value, ground) =>
    value === undefined
      ? sumsWords(ground)
      : `${value} takes what ${countOf(ground.entry.standards.length, "standard")} leave to 100 %.`,
  coating(value) {
    if (value === undefined || value === null) return "Nothing absorbs before the sample's surface.";
    return `${Object.entries(value)
      .map(([name, part]) => `${name} ${typeof part === "number" ? formatNumber(part) : String(part)}`)
      .join(", ")}.`;
  },
  standards: (value, ground) =>
    value.length === 0
      ? `None: compositions are standardless. ${sumsWords(ground)}`
      : `${countOf(value.length, "standard")}: ${someOf(value.map(({ name }) => name))}.`,
  beamEnergyKev: (value, { basis }) => statedWords(value, basis.beamEnergyKev, "keV"),
  takeOffAngleDeg: (value, { basis }) => takeOffWords(value, basis),
  tiltDeg(value, { basis, entry }) {
    const takeOff = entry.takeOffAngleDeg ?? basis.metadata.detector.elevationAngleDeg ?? 35;
    return `X-rays leave at ${withUnit(takeOff + value, "deg")} from the surface.`;
  },
  liveTimeS: (value, { basis }) => statedWords(value, basis.metadata.detector.liveTimeS, "s"),
  beamCurrentNa: (value, { basis }) => statedWords(value, basis.metadata.beamCurrentNa, "nA"),
  window: (value, { basis, entry }) =>
    entry.standards.length > 0
      ? `Of no weight where ${countOf(entry.standards.length, "standard")} were measured by the same detector.`
      : windowWords(value, basis),
  formula(value, ground) {
    if (value !== undefined) return `${formatNumber(value.count)} ${value.of} in each formula.`;
    const formulas = quantifiedOf(ground).filter(({ formula }) => formula !== undefined).length;
    return formulas === 0
      ? "Left out: of classes that are named as a mineral."
      : `Left out: ${countOf(formulas, "class has", "classes have")} a formula, by the name of a mineral.`;
  },
  minimumCounts: (value, ground) => fewCountsWords(value, ground),
  pixels: (value, { basis }) =>
    `${value ? "Also" : "Not"} for each of ${pixelsWords(basis.countMap.length, basis)}; a pixel holds ${formatNumber(meanCounts(basis))} counts of all energies.`,
  minimumPixelCounts(value, { basis, entry }) {
    const below = levelsOf(basis.countMap).below(value);
    return `${entry.pixels ? "" : "Without effect: pixels are not quantified. "}${shareWords(below, basis)} have fewer counts of all energies together.`;
  },
};

function quantifiedOf({ result }: Quantified) {
  const quantification = result?.quantification;
  return quantification?.method === "xpp" ? quantification.classes.flatMap(({ quantified }) => quantified ?? []) : [];
}

function oxygenLine(value: Xpp["oxygen"], { basis }: Quantified): string {
  const line = linesOf("O")[0];
  const window = line === undefined ? "" : lineWindowWords(line.name, basis);
  return value === "stoichiometry" || value === "none" ? `The line ${lineText("O_Ka")} is not measured.` : `${window}.`;
}

/** Mass fractions add up to 1 by themselves, or they do not. */
function sumsWords({ entry }: Quantified & { readonly entry: { readonly standards: readonly unknown[] } }): string {
  return entry.standards.length === 0 ? "Fractions are made to sum to 100 %." : "What is missing to 100 % stays missing.";
}

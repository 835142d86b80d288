/** Where the oxygen of a class is from: by the oxides of its other elements where its line agrees with them, else by its line. */

import type { SpectrumFit } from "../../algorithms/line-fit/fit-spectrum.js";
import { type QuantifyOptions, quantifyFit } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { oxygenByStoichiometry } from "../../xray/oxides.js";
import type { XppParameters } from "./xpp-parameters.js";

export interface OxygenBasis {
  readonly from: "measured" | "stoichiometry" | "none";
  /** Oxygen by its line over what usual oxides of the other elements hold; undefined where nobody asked. */
  readonly measuredOverOxides: number | undefined;
}

/** Errors of its counts by which oxygen is there, where no step identified the elements. */
const OXYGEN_SIGMA = 5;
/**
 * Less of what oxides would show is no oxide. Without a standard oxygen by its line was up to 10 % low in glasses and albite and 20 % in a rhyolitic glass of unknown window;
 * pyrite with 3 % and carbon with 8 % of oxygen show 0.03.
 */
const LEAST_OF_OXIDES = 0.5;

/** `options` are those of the quantification but for the oxygen; `wanted` the elements of the class. */
export function oxygenBasis(
  asked: XppParameters["oxygen"],
  wanted: readonly string[],
  fit: SpectrumFit,
  options: Omit<QuantifyOptions, "oxygen">,
): OxygenBasis {
  const basis = (from: OxygenBasis["from"], measuredOverOxides?: number): OxygenBasis => ({ from, measuredOverOxides });
  if (asked === "measured") return basis(wanted.includes("O") ? "measured" : "none");
  if (asked !== "auto") return basis(asked);
  const line = fit.families.find(({ element }) => element === "O");
  const isThere = wanted.includes("O") && line !== undefined && line.counts > OXYGEN_SIGMA * Math.sqrt(line.variance);
  if (!isThere) return basis("none");
  const { elements } = quantifyFit(fit, { ...options, oxygen: "measured" });
  const fractions = Object.fromEntries(elements.map(({ element, massFraction }) => [element, massFraction]));
  const ofOxides = oxygenByStoichiometry(fractions, options.valences);
  if (!(ofOxides > 0)) return basis("measured");
  const share = (fractions["O"] ?? 0) / ofOxides;
  return basis(share < LEAST_OF_OXIDES ? "measured" : "stoichiometry", share);
}

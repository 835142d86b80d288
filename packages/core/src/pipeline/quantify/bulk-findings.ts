/** What a reader of bulk compositions must know: where they are stretched, and what they rest on. */

import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Layer } from "../../xray/detector.js";
import { mainLine } from "../../xray/lines.js";
import type { Analysis } from "../analysis.js";
import type { BulkConditions } from "./bulk-conditions.js";
import { WHOLE_ID } from "./classes-to-quantify.js";
import type { ClassAtWork } from "./quantify-bulk.js";
import type { XppParameters } from "./xpp-parameters.js";

interface Setting {
  readonly given: XppParameters;
  readonly bulk: BulkConditions;
  readonly coating: Layer | undefined;
}

/** A raw total further from 1 than this is worth a word. */
const TOTAL_MARGIN = 0.05;
/** A line whose edge the beam exceeds less than this many times is hardly excited. */
const LOW_OVERVOLTAGE = 1.3;
/** Lines below it are known much less without a standard, keV. */
const SOFT_KEV = 1;
/** Counts of two elements that depend on each other by more than this overlap. */
const STRONG_CORRELATION = 0.7;

const warning = (code: string, message: string): Finding => ({ severity: "warning", code, message });

/** Findings about all classes, one sentence per cause, the classes in it. */
export function bulkFindings(analysis: Analysis, setting: Setting, work: readonly ClassAtWork[]): Finding[] {
  const nameOf = (id: number) =>
    id === WHOLE_ID ? "all pixels" : (analysis.classes.find((one) => one.id === id)?.name ?? `class ${id}`);
  const named = (some: readonly ClassAtWork[]) => some.map(({ sum }) => nameOf(sum.id)).join(", ");
  return [
    ...left(work, nameOf),
    ...basis(work),
    ...measuredOxygen(work, nameOf),
    ...withoutLine(setting, work),
    ...hardlyExcited(setting, work),
    ...softLines(work),
    ...overlaps(work, nameOf),
    ...totals(work, nameOf),
    ...assumed(work, named),
    ...covered(setting, work, named),
  ];
}

function left(work: readonly ClassAtWork[], nameOf: (id: number) => string): Finding[] {
  return work.flatMap(({ sum, reason }) =>
    reason === undefined ? [] : [warning("not-quantified", `Not quantified: ${nameOf(sum.id)} (${reason}).`)],
  );
}

function basis(work: readonly ClassAtWork[]): Finding[] {
  const done = work.flatMap(({ quantified }) => quantified ?? []);
  if (done.length === 0) return [];
  const findings: Finding[] = [];
  if (done.every(({ method }) => method === "standardless")) {
    const message = "Compositions are standardless: by the physics of emission and detector alone, normalised to 100 %.";
    findings.push({ severity: "info", code: "standardless", message });
  }
  const lacking = unique(
    done.flatMap(({ elements }) => elements.filter((one) => one.sensitivity === "other standards").map(({ element }) => element)),
  );
  if (lacking.length > 0) {
    const message = `There is no standard for ${lacking.join(", ")}: counts per photon are the mean of those of the standards, and the physics bridges the difference between lines as without standards.`;
    findings.push(warning("no-standard", message));
  }
  if (done.some(({ oxygen }) => oxygen === "stoichiometry")) {
    const message = "Oxygen is by the stoichiometry of oxides, not measured.";
    findings.push({ severity: "info", code: "oxygen-by-stoichiometry", message });
  }
  return findings;
}

/** Where the line of oxygen was too weak for oxides. */
function measuredOxygen(work: readonly ClassAtWork[], nameOf: (id: number) => string): Finding[] {
  const found = work.flatMap(({ sum, quantified }) => {
    const { oxygen, oxygenOverOxides: share } = quantified ?? {};
    return oxygen !== "measured" || share === undefined ? [] : `${nameOf(sum.id)} (${percent(share)} of it)`;
  });
  if (found.length === 0) return [];
  const message = `Oxygen is by its own line, which is weaker than oxides would show it, in ${found.join(", ")}.`;
  return [{ severity: "info", code: "oxygen-measured", message }];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function withoutLine({ given }: Setting, work: readonly ClassAtWork[]): Finding[] {
  const unmeasured = [...given.tied.map(({ element }) => element), given.difference, "O"];
  const lost = unique(
    work.flatMap(({ quantified, elements }) => {
      if (quantified === undefined) return [];
      const has = new Set(quantified.elements.map(({ element }) => element));
      return elements.quantified.filter((element) => !has.has(element) && !unmeasured.includes(element));
    }),
  );
  if (lost.length === 0) return [];
  return [
    warning(
      "no-line",
      `Not quantified, for no line of them lies in the spectrum: ${lost.join(", ")}. The others share their part.`,
    ),
  ];
}

function hardlyExcited({ bulk }: Setting, work: readonly ClassAtWork[]): Finding[] {
  const { beamEnergyKev } = bulk.conditions;
  const found = unique(
    measuredElements(work).flatMap(({ element }) => {
      const edge = mainLine(element, beamEnergyKev)?.edgeKev;
      return edge !== undefined && beamEnergyKev / edge < LOW_OVERVOLTAGE ? [element] : [];
    }),
  );
  if (found.length === 0) return [];
  const message = `The beam of ${beamEnergyKev} keV hardly exceeds the edges of ${found.join(", ")}; their fractions depend on its exact energy.`;
  return [warning("low-overvoltage", message)];
}

function softLines(work: readonly ClassAtWork[]): Finding[] {
  const soft = unique(
    work.flatMap(({ fit, quantified }) =>
      (quantified?.elements ?? []).flatMap(({ element, family, sensitivity }) => {
        const line = fit?.families.find((one) => one.element === element && one.family === family)?.line;
        return line !== undefined && line.energyKev < SOFT_KEV && sensitivity !== "standard" ? [line.name] : [];
      }),
    ),
  );
  if (soft.length === 0) return [];
  const message = `Lines below ${SOFT_KEV} keV without a standard are known to 20 to 60 % only: ${soft.join(", ")}.`;
  return [warning("soft-lines", message)];
}

function overlaps(work: readonly ClassAtWork[], nameOf: (id: number) => string): Finding[] {
  return work.flatMap(({ sum, fit, quantified }) => {
    if (fit === undefined || quantified === undefined) return [];
    const pairs = correlated(fit, new Set(quantified.elements.map(({ element }) => element)));
    if (pairs.length === 0) return [];
    const message = `In ${nameOf(sum.id)} the counts of ${pairs.join(", ")} depend on each other, for their lines overlap; their errors say how much.`;
    return [warning("overlap", message)];
  });
}

function correlated({ families, covariance }: NonNullable<ClassAtWork["fit"]>, elements: ReadonlySet<string>): string[] {
  const n = families.length;
  const pairs: string[] = [];
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) {
      const [one, other] = [families[a]!, families[b]!];
      if (one.element === other.element || !elements.has(one.element) || !elements.has(other.element)) continue;
      const both = Math.sqrt(covariance[a * n + a]! * covariance[b * n + b]!);
      if (Math.abs(covariance[a * n + b]!) > STRONG_CORRELATION * both) pairs.push(`${other.line.name} and ${one.line.name}`);
    }
  }
  return pairs;
}

function totals(work: readonly ClassAtWork[], nameOf: (id: number) => string): Finding[] {
  return work.flatMap(({ sum, quantified }) => {
    if (quantified === undefined || quantified.normalised) return [];
    const { rawTotal } = quantified;
    if (Math.abs(rawTotal - 1) <= TOTAL_MARGIN) return [];
    const message = `The raw total of ${nameOf(sum.id)} is ${(100 * rawTotal).toFixed(1)} %: an element is missing or one too many, or beam current, live time, coating or flatness are not as stated.`;
    return [warning("raw-total", message)];
  });
}

function assumed(work: readonly ClassAtWork[], named: (some: readonly ClassAtWork[]) => string): Finding[] {
  const single = work.filter(
    ({ quantified }) =>
      quantified?.normalised === true && quantified.elements.filter(({ line }) => line !== undefined).length === 1,
  );
  if (single.length === 0) return [];
  const message = `Only one element is measured in ${named(single)}, and the sum is set to 100 %: the composition is what was assumed, whatever the counts.`;
  return [{ severity: "info", code: "assumed", message }];
}

function covered({ coating }: Setting, work: readonly ClassAtWork[], named: (some: readonly ClassAtWork[]) => string): Finding[] {
  const layer = Object.keys(coating?.massFractions ?? {});
  const hidden = work.filter(({ elements }) => layer.some((symbol) => elements.fitted.includes(symbol)));
  if (layer.length === 0 || hidden.length === 0) return [];
  const message = `${layer.join(", ")} of the coating is fitted and not quantified in ${named(hidden)}.`;
  return [{ severity: "info", code: "coating", message }];
}

function measuredElements(work: readonly ClassAtWork[]) {
  return work.flatMap(({ quantified }) => (quantified?.elements ?? []).filter(({ line }) => line !== undefined));
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}

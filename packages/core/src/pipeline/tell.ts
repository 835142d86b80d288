import type { Finding } from "../spectrum-image/spectrum-image.js";
import type { Analysis, Decision } from "./analysis.js";

/** The analysis with what a method found out on the way: warnings among the warnings, the rest among the choices. Nothing is said twice. */
export function tell(analysis: Analysis, findings: readonly Finding[]): Analysis {
  const of = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).map(({ message }) => message);
  return {
    ...analysis,
    choices: [...new Set([...analysis.choices, ...of("info")])],
    decisions: decided(
      analysis,
      findings.filter(({ severity }) => severity === "info"),
    ),
    warnings: [...new Set([...analysis.warnings, ...of("warning")])],
  };
}

/** The decisions of an analysis and further ones, each sentence once. */
export function decided({ decisions = [] }: Pick<Analysis, "decisions">, more: readonly Decision[]): Decision[] {
  const known = new Set(decisions.map(({ message }) => message));
  const added = more.filter(({ message }) => !known.has(message) && known.add(message));
  return [...decisions, ...added.map(({ code, message }) => ({ code, message }))];
}

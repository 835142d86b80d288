import type { Finding } from "../spectrum-image/spectrum-image.js";
import type { Analysis } from "./analysis.js";

/** The analysis with what a method found out on the way: warnings among the warnings, the rest among the choices. Nothing is said twice. */
export function tell(analysis: Analysis, findings: readonly Finding[]): Analysis {
  const of = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).map(({ message }) => message);
  return {
    ...analysis,
    choices: [...new Set([...analysis.choices, ...of("info")])],
    warnings: [...new Set([...analysis.warnings, ...of("warning")])],
  };
}

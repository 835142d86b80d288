/** Names of the classes as tables: each class with its verdict in the words of `phases.csv` of a result, and every candidate with the lines that speak for or against it. */
import { candidateText } from "@sigma-eds/core";
import { asPercent, classColumns, type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import type { CandidateRow, NameRow } from "./name-rows.js";

type Identities = AnalysisSnapshot["identities"];

export function verdictTable(rows: readonly NameRow[], identities: Identities): DataTable {
  return dataTable(
    [
      ...classColumns,
      { name: "identified_as", title: "Identified as" },
      { name: "verdict", title: "Verdict" },
      { name: "could_also_be", title: "Could also be" },
      { name: "density_g_cm3", title: "Density", unit: "g/cm³", shown: withDecimals(2) },
      { name: "deciding", title: "Decided by" },
      { name: "pixels", title: "Pixels" },
      { name: "counts", title: "Counts", shown: withDecimals(0) },
      { name: "reduced_chi_square", title: "Reduced χ²", shown: withDecimals(2) },
    ],
    rows.map(({ id, className, verdict, deciding }) => {
      const identity = identities?.find((one) => one.id === id);
      const others = verdict === "mixture" ? [] : (identity?.shown.slice(1) ?? []);
      return [
        ...[id, className, identity?.name, verdict, others.map(candidateText).join("; "), identity?.densityGcm3],
        ...[deciding.join("; "), identity?.pixels, identity?.counts, identity?.reducedChiSquare],
      ];
    }),
  );
}

/** A row for each candidate and line: amounts are fractions by mass of what was measured. */
export function candidateTable(rows: readonly NameRow[]): DataTable {
  const percent = { unit: "wt %", shown: asPercent(2) } as const;
  return dataTable(
    [
      ...classColumns,
      { name: "candidate", title: "Candidate" },
      { name: "formula", title: "Formula" },
      { name: "kept", title: "Kept" },
      { name: "share_of_evidence", title: "Share of the evidence", unit: "%", shown: asPercent(1) },
      { name: "misfit_sigma", title: "Misfit", unit: "σ", shown: withDecimals(1) },
      { name: "line", title: "Line" },
      { name: "measured", title: "Measured", ...percent },
      { name: "expected", title: "Expected", ...percent },
      { name: "pull_sigma", title: "Pull", unit: "σ", shown: withDecimals(1) },
    ],
    rows.flatMap((row) => [
      ...row.shown.flatMap((candidate) => candidateLines(row, candidate, true)),
      ...row.rejected.flatMap((candidate) => candidateLines(row, candidate, false)),
    ]),
  );
}

function candidateLines(
  { id, className }: NameRow,
  { label, formula, probability, misfitSigma, pulls }: CandidateRow,
  kept: boolean,
) {
  const head = [id, className, label, formula, String(kept), probability, misfitSigma] as const;
  if (pulls.length === 0) return [[...head, undefined, undefined, undefined, undefined]];
  return pulls.map(({ line, measured, expected, pull }) => [...head, line, measured / 100, expected / 100, pull]);
}

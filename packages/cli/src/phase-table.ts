import { lineText, type ResultDocument } from "@sigma-eds/core";

/** The classes of a result as a table for the terminal: area, counts per pixel and the lines that stand out. */
export function phaseTable({ phases, pixels, unassignedPixels }: ResultDocument): string {
  const header = ["", "class", "pixels", "area %", "counts/px", "lines that stand out"];
  const rows = phases.map((phase) => [
    String(phase.id),
    phase.name,
    String(phase.pixels),
    (100 * phase.areaFraction).toFixed(2),
    phase.countsPerPixel.toPrecision(3),
    phase.dominantLines
      .slice(0, 4)
      .map(({ line, ratioToMean }) => `${lineText(line)} x${ratioToMean.toPrecision(2)}`)
      .join(", "),
  ]);
  if (unassignedPixels > 0)
    rows.push(["", "unassigned", String(unassignedPixels), ((100 * unassignedPixels) / pixels).toFixed(2), "", ""]);
  return aligned([header, ...rows], [true, false, true, true, true, false]);
}

/** Columns padded to their widest cell; `right[i]` aligns column i to the right. */
export function aligned(rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = right.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

import { candidateText, lineText, type ResultDocument } from "@sigma-eds/core";

/** The classes of a result as a table for the terminal: area, counts per pixel, the lines that stand out, and names where they were identified. */
export function phaseTable({ phases, identities, pixels, unassignedPixels }: ResultDocument): string {
  const header = [
    "",
    "class",
    "pixels",
    "area %",
    "counts/px",
    "lines that stand out",
    ...(identities === undefined ? [] : ["may be"]),
  ];
  const rows = phases.map((phase) => [
    String(phase.id),
    phase.name,
    String(phase.pixels),
    (100 * phase.areaFraction).toFixed(2),
    phase.countsPerPixel.toPrecision(3),
    phase.dominantLines
      .slice(0, 4)
      .map(
        ({ line, ratioToMean, mayBe }) =>
          `${lineText(line)}${mayBe === undefined ? "" : ` or ${lineText(mayBe)}`} x${ratioToMean < 10 ? ratioToMean.toPrecision(2) : ratioToMean.toFixed(0)}`,
      )
      .join(", "),
    ...(identities === undefined ? [] : [nameOf(identities.find(({ id }) => id === phase.id))]),
  ]);
  if (unassignedPixels > 0)
    rows.push(["", "unassigned", String(unassignedPixels), ((100 * unassignedPixels) / pixels).toFixed(2), "", ""]);
  return aligned([header, ...rows], [true, false, true, true, true, false, false].slice(0, header.length));
}

const SHOWN_NAMES = 3;

function nameOf(identity: NonNullable<ResultDocument["identities"]>[number] | undefined): string {
  if (identity?.name === undefined) return identity?.verdict ?? "";
  if (identity.verdict === "mixture") return identity.name;
  const names = identity.shown.map(candidateText);
  return names.length > SHOWN_NAMES ? `${names.slice(0, SHOWN_NAMES).join(" / ")} / ...` : names.join(" / ");
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

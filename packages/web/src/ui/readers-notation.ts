/** How the reader's language writes numbers. */
import type { NumberNotation } from "@sigma-eds/core";

/** The sign before decimals and between thousands; thousands stand together where the language says nothing about them. */
export function readersNotation(language: string): NumberNotation {
  const parts = new Intl.NumberFormat(language, { useGrouping: true, numberingSystem: "latn" }).formatToParts(1_234_567.8);
  const sign = (type: "decimal" | "group", otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { decimal: sign("decimal", "."), group: sign("group", "") };
}

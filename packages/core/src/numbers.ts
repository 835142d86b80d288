/** Numbers as people read them: digits that mean something, real minus signs, thin spaces before units. */

/** Narrow no-break space, between a number and its unit. */
export const THIN_SPACE = "\u202f";
const MINUS = "\u2212";

/** The sign before decimals, and the one between thousands. */
export interface NumberNotation {
  readonly decimal: string;
  readonly group: string;
}

/** What files are written in, whoever reads them. */
export const plainNotation: NumberNotation = { decimal: ".", group: "," };
let notation = plainNotation;

/**
 * How the numbers of this module are written from now on: a page in the reader's language sets it once, when it starts. It touches words on a screen alone;
 * what goes to files is written {@link inPlainNotation}, and no file of a result is made where it is set.
 */
export function setNumberNotation(chosen: NumberNotation): void {
  notation = chosen;
}

/** Does something with numbers as files have them. */
export function inPlainNotation<T>(work: () => T): T {
  const before = notation;
  notation = plainNotation;
  try {
    return work();
  } finally {
    notation = before;
  }
}

/** A number that is written already, with the sign of the notation before its decimals. */
export function withDecimalSign(plain: string): string {
  return plain.replace(".", notation.decimal);
}

/** At most `digits` significant digits (default 3), but never fewer than the whole part has; thousands with commas. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e15) return scientific(value, digits);
  const decimals = Math.max(0, digits - 1 - exponentOf(magnitude, digits));
  return withSigns(trimmed(magnitude.toFixed(decimals)), value);
}

/** A whole number with commas: 221,184. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? withSigns(Math.abs(value).toFixed(0), Math.round(value)) : "–";
}

/** A number with a fixed number of decimals, for columns. */
export function formatFixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? withSigns(Math.abs(value).toFixed(decimals), Number(value.toFixed(decimals))) : "–";
}

/** An area: as other numbers, but large ones to four digits, since sizes of pixels are not known better. */
export function formatArea(area: number): string {
  return formatNumber(area < 1e4 ? area : Number(area.toPrecision(4)));
}

export interface AreaUnit {
  readonly name: "nm²" | "µm²" | "mm²";
  /** Square micrometres in one. */
  readonly um2: number;
}

/** The unit that areas are written in, one for a whole table: square millimetres where the largest, in square micrometres, has 100,000 or more, square nanometres where it has less than a tenth. */
export function areaUnit(largestUm2: number): AreaUnit {
  if (largestUm2 >= 1e5) return { name: "mm²", um2: 1e6 };
  return largestUm2 > 0 && largestUm2 < 0.1 ? { name: "nm²", um2: 1e-6 } : { name: "µm²", um2: 1 };
}

/** A share of 0 to 1 in per cent: one decimal, two below 1 %, `< 0.01 %` for less. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return `<${THIN_SPACE}${formatFixed(0.01, 2)}${THIN_SPACE}%`;
  const decimals = percent === 0 || percent === 100 ? 0 : Math.abs(percent) < 0.995 ? 2 : 1;
  return `${formatFixed(percent, decimals)}${THIN_SPACE}%`;
}

/** A number with its unit. */
export function withUnit(value: number, unit: string, digits = 3): string {
  return `${formatNumber(value, digits)}${THIN_SPACE}${unit}`;
}

/** `1 phase`, `9 phases`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Words joined as in a sentence: `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Exponent of ten after rounding to `digits` digits, so that 9.996 counts as 10. */
function exponentOf(magnitude: number, digits: number): number {
  return Number(magnitude.toExponential(digits - 1).split("e")[1]);
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function withSigns(text: string, value: number): string {
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, notation.group) : whole;
  return `${value < 0 ? MINUS : ""}${grouped}${fraction === undefined ? "" : `${notation.decimal}${fraction}`}`;
}

const SUPERSCRIPT: Readonly<Record<string, string>> = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

function scientific(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = Math.abs(value)
    .toExponential(digits - 1)
    .split("e");
  const raised = Array.from(exponent.replace("+", ""), (digit) => SUPERSCRIPT[digit] ?? "").join("");
  return `${value < 0 ? MINUS : ""}${trimmed(mantissa).replace(".", notation.decimal)}${THIN_SPACE}×${THIN_SPACE}10${raised}`;
}

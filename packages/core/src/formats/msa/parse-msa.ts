/** The text of an EMSA/MAS file taken apart: keywords as they stand, and the values. No meaning is given to anything yet. */
import { FormatError, UnsupportedError } from "../../errors.js";

export interface MsaKeyword {
  /** Upper case, without `#`; user-defined keywords (`##`) keep their letters. */
  readonly name: string;
  /** From `#BEAMKV   -kV` or `#XPOSITION mm`; empty when there is none. */
  readonly units: string;
  readonly value: string;
  readonly userDefined: boolean;
}

export interface MsaText {
  readonly keywords: readonly MsaKeyword[];
  /** Intensities in channel order. */
  readonly values: readonly number[];
  /** Energies of DATATYPE XY; `undefined` for Y. */
  readonly energies: readonly number[] | undefined;
  /** False when the file stops without `#ENDOFDATA`. */
  readonly complete: boolean;
}

/** Most channels that one spectrum can have here: channel numbers are 16 bits wide. */
const MOST_VALUES = 0x10000;

/** Throws {@link FormatError} for text that is not EMSA/MAS or a value that is not a number, {@link UnsupportedError} for too many. */
export function parseMsa(text: string, name: string): MsaText {
  const lines = text.split(/\r\n|\n|\r/);
  const start = lines.findIndex((candidate) => /^##?SPECTRUM\b/i.test(candidate));
  if (start < 0) {
    throw new FormatError("The line that starts the data is missing.", { where: name, field: "#SPECTRUM" });
  }
  const keywords = lines.slice(0, start).flatMap(keywordOf);
  const pairs = textOf(keywords, "DATATYPE")?.trim().toUpperCase() === "XY";
  const { numbers, complete } = numbersAfter(lines, start + 1, name, pairs ? 2 * MOST_VALUES : MOST_VALUES);
  if (!pairs) return { keywords, values: numbers, energies: undefined, complete };
  if (numbers.length % 2 !== 0) {
    throw new FormatError("The file says XY, but the numbers do not come in pairs.", {
      where: name,
      field: "#DATATYPE",
      found: `${numbers.length} numbers`,
    });
  }
  return {
    keywords,
    values: numbers.filter((_, i) => i % 2 === 1),
    energies: numbers.filter((_, i) => i % 2 === 0),
    complete,
  };
}

/** Value of the last line with this keyword (`#XLABEL` may come twice), `undefined` when there is none. */
export function textOf(keywords: readonly MsaKeyword[], name: string): string | undefined {
  return keywords.findLast((keyword) => !keyword.userDefined && keyword.name === name)?.value;
}

/** The number at the beginning of a value; text after it and a space before the exponent (`2.0 E-06`) are let through. */
export function numberOf(keywords: readonly MsaKeyword[], name: string): number | undefined {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:\s*[eE][+-]?\d+)?)/.exec(textOf(keywords, name) ?? "");
  const value = match === null ? Number.NaN : Number(match[1]!.replace(/\s+/g, ""));
  return Number.isFinite(value) ? value : undefined;
}

function keywordOf(text: string): MsaKeyword[] {
  const match = /^(##?)([^:]*):?(.*)$/.exec(text);
  if (match === null) return [];
  const userDefined = match[1] === "##";
  const value = match[3]!.replace(/^ /, "").trimEnd();
  if (userDefined) return [{ name: match[2]!.trim(), units: "", value, userDefined }];
  const [, name = "", units = ""] = /^\s*([^\s-]*)[\s-]*(.*?)\s*$/.exec(match[2]!) ?? [];
  return [{ name: name.toUpperCase(), units, value, userDefined }];
}

function numbersAfter(
  lines: readonly string[],
  start: number,
  name: string,
  most: number,
): { numbers: number[]; complete: boolean } {
  const numbers: number[] = [];
  for (let i = start; i < lines.length; i++) {
    const text = lines[i]!;
    if (/^##?ENDOFDATA\b/i.test(text)) return { numbers, complete: true };
    if (text.startsWith("#")) continue;
    for (const word of text.split(/[\s,;]+/)) if (word !== "") numbers.push(numberFrom(word, name, i));
    if (numbers.length > most) {
      throw new UnsupportedError("The spectrum has more channels than are read.", {
        where: name,
        expected: `at most ${MOST_VALUES}`,
      });
    }
  }
  return { numbers, complete: false };
}

function numberFrom(word: string, name: string, line: number): number {
  const value = Number(word);
  if (Number.isFinite(value)) return value;
  throw new FormatError("A value of the spectrum is not a number.", {
    where: name,
    field: `line ${line + 1}`,
    found: JSON.stringify(word.slice(0, 40)),
  });
}

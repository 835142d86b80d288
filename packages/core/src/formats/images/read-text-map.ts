/** A map as a table of numbers: one line per row; commas, semicolons, tabs or blanks between; lines of text before it are passed over. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { textOf } from "../binary/file-cursor.js";
import { decimalNumber } from "../xml/query.js";
import { baseName, type Pictures } from "./picture.js";

const LARGEST_FILE = 256 * 1024 * 1024;

/** Throws FormatError when there is no table or its rows differ in length, UnsupportedError when it is too large. */
export async function readTextMap(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  if (source.size > LARGEST_FILE)
    throw new UnsupportedError("The table is too large.", { where: source.name, expected: `at most ${LARGEST_FILE} bytes` });
  const lines = textOf(await source.read(0, source.size, signal)).split(/\r\n|\r|\n/);
  const separator = separatorOf(lines);
  const rows: number[][] = [];
  let first = 0;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const row = numbersOf(line, separator);
    if (row === undefined) {
      if (rows.length === 0) continue;
      throw new FormatError("A row of the table holds something that is not a number.", {
        where: source.name,
        field: `line ${i + 1}`,
        found: JSON.stringify(line.slice(0, 60)),
      });
    }
    if (rows.length === 0) first = i + 1;
    else if (row.length !== rows[0]!.length) {
      throw new FormatError("The rows of the table are not equally long.", {
        where: source.name,
        field: `line ${i + 1}`,
        found: `${row.length} numbers`,
        expected: `${rows[0]!.length}, as in line ${first}`,
      });
    }
    rows.push(row);
  }
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.length < 2) {
    throw new FormatError("There is no table of numbers in the file.", {
      where: source.name,
      found: `${rows.length} rows of ${width} numbers`,
    });
  }
  return {
    images: [{ name: baseName(source.name), width, height: rows.length, data: narrowest(rows), pixelSizeUm: undefined }],
    findings: [],
  };
}

type Separator = "\t" | ";" | "," | " ";

/** Of the last line that is not empty; a comma is a decimal comma where a stronger separator is there. */
function separatorOf(lines: readonly string[]): Separator {
  const line = lines.findLast((candidate) => candidate.trim() !== "") ?? "";
  return (["\t", ";", ","] as const).find((separator) => line.includes(separator)) ?? " ";
}

function numbersOf(line: string, separator: Separator): number[] | undefined {
  const cells =
    separator === " "
      ? line.trim().split(/ +/)
      : line
          .trim()
          .replace(/[,;]\s*$/, "")
          .split(separator);
  const numbers: number[] = [];
  for (const cell of cells) {
    const number = decimalNumber(cell.replace(/^\s*"(.*)"\s*$/, "$1"));
    if (number === undefined) return undefined;
    numbers.push(number);
  }
  return numbers.length < 2 ? undefined : numbers;
}

function narrowest(rows: readonly (readonly number[])[]): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  const data = Float64Array.from(rows.flat());
  let most = 0;
  for (const value of data) {
    if (!Number.isInteger(value) || value < 0) return data;
    most = Math.max(most, value);
  }
  if (most < 0x100) return Uint8Array.from(data);
  if (most < 0x10000) return Uint16Array.from(data);
  return most <= 0xffffffff ? Uint32Array.from(data) : data;
}

/** What follows the counts of an `.eds` file: lists of elements, a quantification, and the microscope. Layout: README.md beside this. */
import { FormatError } from "../../errors.js";
import { elements } from "../../xray/elements.js";
import type { FileCursor } from "../binary/file-cursor.js";

const MOST_LISTED = 256;
const COLUMN = 5;
const QUANTIFIED_BYTES = 126;

export interface EdsColumn {
  readonly detector: string;
  readonly microscope: string;
  readonly beamEnergyKev: number;
  readonly beamCurrentNa: number;
  readonly resolutionEv: number;
  readonly takeOffAngleDeg: number;
  readonly azimuthAngleDeg: number;
  readonly elevationAngleDeg: number;
}

export interface EdsFooter {
  /** Symbols of the elements that were selected in the spectrum, in alphabetical order. */
  readonly elements: readonly string[];
  readonly column: EdsColumn | undefined;
}

/** Reads on from the end of the counts. Throws FormatError where a list is impossible or cut. */
export async function readEdsFooter(cursor: FileCursor): Promise<EdsFooter> {
  cursor.skip(4, "after the counts");
  cursor.skip(2 * (await count(cursor, "excluded elements")), "excluded elements");
  const selected = await count(cursor, "selected elements");
  const symbols: string[] = [];
  for (let i = 0; i < selected; i++) {
    const symbol = elements[(await readSelected(cursor)) - 1]?.symbol;
    if (symbol !== undefined) symbols.push(symbol);
  }
  const quantified = await count(cursor, "quantified elements");
  if (quantified > 0) cursor.skip(28 + quantified * QUANTIFIED_BYTES, "quantification");
  const column = (await cursor.i32("microscope mark")) === COLUMN ? await readColumn(cursor) : undefined;
  return { elements: [...new Set(symbols)].sort(), column };
}

async function count(cursor: FileCursor, field: string): Promise<number> {
  const offset = cursor.offset;
  const value = await cursor.i32(`number of ${field}`);
  if (value >= 0 && value <= MOST_LISTED) return value;
  throw new FormatError("A list has an impossible length.", {
    where: cursor.source.name,
    field: `number of ${field}`,
    offset,
    found: String(value),
    expected: `0 to ${MOST_LISTED}`,
  });
}

/** Atomic number of one selected element; its window and lines are passed over. */
async function readSelected(cursor: FileCursor): Promise<number> {
  cursor.skip(4, "element mark");
  const number = await cursor.u16("atomic number");
  cursor.skip(8 + 4 + 14 + 32 + 32 + 4, "element window");
  const lines = await count(cursor, "lines");
  for (let i = 0; i < lines; i++) {
    cursor.skip(4 + 8 + 2, "line");
    cursor.skip(await cursor.u8("length of the element's name"), "element's name");
    cursor.skip(await cursor.u8("length of the line's name"), "line's name");
    cursor.skip(4, "line");
  }
  return number;
}

async function readColumn(cursor: FileCursor): Promise<EdsColumn> {
  const detector = await cursor.text(16, "DetT");
  const microscope = await cursor.text(16, "SEM");
  cursor.skip(16, "Port");
  const [beamEnergyKev = 0, beamCurrentNa = 0] = await cursor.f64s(2, "AccKV");
  cursor.skip(38, "column");
  const [resolutionEv = 0, , , , takeOffAngleDeg = 0] = await cursor.f64s(6, "MnKaRES");
  cursor.skip(4 + 8 + 10 + 8, "column");
  const [azimuthAngleDeg = 0, , elevationAngleDeg = 0] = await cursor.f64s(3, "DirAng");
  return {
    detector: detector.trim(),
    microscope: microscope.trim(),
    beamEnergyKev,
    beamCurrentNa,
    resolutionEv,
    takeOffAngleDeg,
    azimuthAngleDeg,
    elevationAngleDeg,
  };
}

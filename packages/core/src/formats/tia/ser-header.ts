/** The header of a `.ser` file and of its first element. The byte layout is in this folder's README. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { ElementType } from "../binary/element-type.js";
import { elementSize } from "../binary/element-type.js";
import { FileCursor } from "../binary/file-cursor.js";

const SPECTRA = 0x4120;
const IMAGES = 0x4122;
const WITH_POSITION = 0x4142;
const LAST_VERSION_WITH_32_BIT_OFFSETS = 0x0210;
const MOST_DIMENSIONS = 8;

const elementTypes: readonly (ElementType | undefined)[] = [undefined, "u1", "u2", "u4", "i1", "i2", "i4", "f4", "f8"];

/** Calibration along an axis: the value at index i is `offset + (i - element) * delta`. */
export interface SerCalibration {
  readonly offset: number;
  readonly delta: number;
  readonly element: number;
}

export interface SerDimension extends SerCalibration {
  readonly size: number;
  readonly description: string;
  readonly units: string;
}

export interface SerHeader {
  readonly version: number;
  readonly content: "spectra" | "images";
  /** Slots that were planned. */
  readonly total: number;
  /** Slots that were filled before the acquisition ended. */
  readonly valid: number;
  /** Fastest first. */
  readonly dimensions: readonly SerDimension[];
  /** Offsets of the valid elements. */
  readonly dataOffsets: Float64Array;
  /** Whether each element has a position beside its time. */
  readonly withPositions: boolean;
}

/** What stands before the values of each element; that of the first holds for all. */
export interface SerElement {
  readonly type: ElementType;
  /** One size for a spectrum; width and height for an image. */
  readonly sizes: readonly number[];
  readonly calibrations: readonly SerCalibration[];
  /** Bytes from the start of the element to its values. */
  readonly headerBytes: number;
}

/** Reads the header. Throws FormatError for damaged files, UnsupportedError for files without a filled slot. */
export async function readSerHeader(source: ByteSource, signal?: AbortSignal): Promise<SerHeader> {
  const cursor = new FileCursor(source, { signal });
  await expect(cursor, "ByteOrder", [0x4949]);
  await expect(cursor, "SeriesID", [0x0197]);
  const version = await cursor.u16("SeriesVersion");
  const content = (await expect(cursor, "DataTypeID", [SPECTRA, IMAGES], 4)) === SPECTRA ? "spectra" : "images";
  const withPositions = (await cursor.u32("TagTypeID")) === WITH_POSITION;
  const total = await cursor.u32("TotalNumberElements");
  const valid = await cursor.u32("ValidNumberElements");
  const wide = version > LAST_VERSION_WITH_32_BIT_OFFSETS;
  const offsetArray = wide ? await cursor.u64("OffsetArrayOffset") : await cursor.u32("OffsetArrayOffset");
  const dimensions = await readDimensions(cursor);
  checkSlots(source, total, valid, dimensions);
  cursor.seek(offsetArray, "OffsetArrayOffset");
  const dataOffsets = await readOffsets(cursor, valid, wide);
  return { version, content, total, valid, dimensions, dataOffsets, withPositions };
}

/** Reads what stands before the values of the first element. Throws FormatError, or UnsupportedError for complex numbers. */
export async function readSerElement(source: ByteSource, header: SerHeader, signal?: AbortSignal): Promise<SerElement> {
  const axes = header.content === "spectra" ? 1 : 2;
  const start = header.dataOffsets[0]!;
  const cursor = new FileCursor(source, { signal, offset: start });
  const calibrations: SerCalibration[] = [];
  for (let i = 0; i < axes; i++) calibrations.push(await readCalibration(cursor, "Data"));
  const typeAt = cursor.offset;
  const typeId = await cursor.u16("DataType");
  const sizes: number[] = [];
  for (let i = 0; i < axes; i++) sizes.push(await cursor.u32("ArraySize"));
  const type = elementTypes[typeId];
  if (type === undefined) {
    const facts = { where: source.name, field: "DataType", offset: typeAt, found: String(typeId), expected: "1 to 8" };
    if (typeId === 9 || typeId === 10) throw new UnsupportedError("Complex numbers are not read.", facts);
    throw new FormatError("The type of the values is not known.", facts);
  }
  const headerBytes = cursor.offset - start;
  cursor.skip(
    sizes.reduce((product, size) => product * size, elementSize(type)),
    "Data",
  );
  return { type, sizes, calibrations, headerBytes };
}

async function expect(cursor: FileCursor, field: string, values: readonly number[], width = 2): Promise<number> {
  const offset = cursor.offset;
  const value = width === 2 ? await cursor.u16(field) : await cursor.u32(field);
  if (values.includes(value)) return value;
  const hexadecimal = (number: number) => `0x${number.toString(16).padStart(4, "0")}`;
  throw new FormatError("This is not a TIA .ser file, or it is damaged.", {
    where: cursor.source.name,
    field,
    offset,
    found: hexadecimal(value),
    expected: values.map(hexadecimal).join(" or "),
  });
}

async function readDimensions(cursor: FileCursor): Promise<SerDimension[]> {
  const offset = cursor.offset;
  const count = await cursor.u32("NumberDimensions");
  if (count > MOST_DIMENSIONS) {
    throw new FormatError("There are too many dimensions.", {
      where: cursor.source.name,
      field: "NumberDimensions",
      offset,
      found: String(count),
      expected: `at most ${MOST_DIMENSIONS}`,
    });
  }
  const dimensions: SerDimension[] = [];
  for (let i = 1; i <= count; i++) {
    const size = await cursor.u32(`Dim-${i} size`);
    const calibration = await readCalibration(cursor, `Dim-${i}`);
    const description = await cursor.text(await cursor.u32(`Dim-${i} description length`), `Dim-${i} description`);
    const units = await cursor.text(await cursor.u32(`Dim-${i} units length`), `Dim-${i} units`);
    dimensions.push({ size, ...calibration, description, units });
  }
  return dimensions;
}

async function readCalibration(cursor: FileCursor, field: string): Promise<SerCalibration> {
  const offset = await cursor.f64(`${field} calibration offset`);
  const delta = await cursor.f64(`${field} calibration delta`);
  return { offset, delta, element: await cursor.u32(`${field} calibration element`) };
}

function checkSlots(source: ByteSource, total: number, valid: number, dimensions: readonly SerDimension[]): void {
  const facts = { where: source.name, field: "ValidNumberElements", offset: 18, found: String(valid) };
  if (valid === 0) {
    throw new UnsupportedError("The file holds no data: no slot was filled.", {
      ...facts,
      remedy: "If it is a single spectrum, export it from TIA as .msa.",
    });
  }
  if (valid > total) throw new FormatError("More slots are filled than there are.", { ...facts, expected: `at most ${total}` });
  const planned = dimensions.reduce((product, { size }) => product * size, 1);
  if (dimensions.length > 0 && planned !== total) {
    throw new FormatError("The dimensions do not fit the number of slots.", {
      where: source.name,
      field: "TotalNumberElements",
      offset: 14,
      found: `${total} slots, dimensions ${dimensions.map(({ size }) => size).join(" x ")}`,
    });
  }
}

async function readOffsets(cursor: FileCursor, count: number, wide: boolean): Promise<Float64Array> {
  const bytes = await cursor.bytes(count * (wide ? 8 : 4), "DataOffsetArray");
  if (!wide) return Float64Array.from(new Uint32Array(bytes.buffer));
  return Float64Array.from(new BigUint64Array(bytes.buffer), Number);
}

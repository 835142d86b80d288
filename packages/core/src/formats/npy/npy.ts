/**
 * NumPy's array file, `.npy`. Written as version 1.0, which every NumPy opens; versions 1.0 to 3.0 are read.
 *
 *     offset 0   "\x93NUMPY"                      6 bytes
 *            6   version, major and minor         2 bytes
 *            8   length of the header, L          uint16 LE (version 1), uint32 LE (2 and 3)
 *           10   Python literal: a dict with descr, fortran_order, shape; padded with spaces, ends with a newline
 *       10 + L   the array, C order; 10 + L is a multiple of 64
 *
 * Source: NumPy Enhancement Proposal 1 (R. Kern, 2007) and `numpy.lib.format`.
 */
import { FormatError, ParameterError, ShapeError, UnsupportedError } from "../../errors.js";
import { elementArrays } from "../binary/element-type.js";

/** Arrays that can be written; the type of the array is the type in the file. */
export type NpyData = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface NpyArray {
  /** Slowest axis first, as in NumPy; `[]` is a single number. */
  readonly shape: readonly number[];
  readonly data: NpyData;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;
const LARGEST_HEADER = 1 << 16;

const elementTypes = { ...elementArrays, b1: Uint8Array } as const;

/** The bytes of a `.npy` file. Throws {@link ShapeError} when shape and data do not fit. */
export function writeNpy({ shape, data }: NpyArray): Uint8Array {
  const expected = elementCount(shape);
  if (expected !== data.length) {
    throw new ShapeError("The shape does not fit the array.", {
      found: `${data.length} values`,
      expected: `${shape.join(" x ")} values`,
    });
  }
  const header = npyHeader(shape, descriptorOf(data));
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/**
 * Reads a `.npy` file of booleans, integers or floats of either byte order. 64-bit integers come back as float64 and must lie
 * within plus or minus 2^53; arrays in Fortran order come back in C order. `name` is the file's name, for messages.
 * Throws {@link FormatError} for damaged files and {@link UnsupportedError} for other element types.
 */
export function readNpy(bytes: Uint8Array, name = "array.npy"): NpyArray {
  const { descriptor, fortranOrder, shape, dataOffset } = readNpyHeader(bytes, name);
  const data = elements(bytes, dataOffset, descriptor, elementCount(shape), name);
  return { shape, data: fortranOrder && shape.length > 1 ? transposed(data, shape) : data };
}

/** What stands before the array. */
export interface NpyHeader {
  /** NumPy's name of the element type, for example `<u2`. */
  readonly descriptor: string;
  /** First axis fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Offset of the array in the file. */
  readonly dataOffset: number;
}

/** Longest header that is read, with what stands before it. */
export const LONGEST_NPY_HEADER = LARGEST_HEADER + 12;

/** Reads the header alone, from the first {@link LONGEST_NPY_HEADER} bytes of a file. Throws {@link FormatError}, {@link UnsupportedError}. */
export function readNpyHeader(bytes: Uint8Array, name = "array.npy"): NpyHeader {
  const { text, dataOffset } = headerOf(bytes, name);
  const descriptor = field(text, /'descr'\s*:\s*'([^']{2,16})'/, "descr", name);
  const fortranOrder = field(text, /'fortran_order'\s*:\s*(True|False)/, "fortran_order", name) === "True";
  const shape = shapeOf(field(text, /'shape'\s*:\s*\(([^)]*)\)/, "shape", name), name);
  return { descriptor, fortranOrder, shape, dataOffset };
}

function descriptorOf(data: NpyData): string {
  const kind =
    data instanceof Float32Array || data instanceof Float64Array ? "f" : data.constructor.name.startsWith("U") ? "u" : "i";
  return `${data.BYTES_PER_ELEMENT === 1 ? "|" : "<"}${kind}${data.BYTES_PER_ELEMENT}`;
}

/** What stands before an array, for one that is written in pieces. `descriptor` is NumPy's name of the element type, for example `<u2`. */
export function npyHeader(shape: readonly number[], descriptor: string): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const literal = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + literal.length + 1) / ALIGNMENT) * ALIGNMENT;
  if (total - 10 >= LARGEST_HEADER) throw new ParameterError("The array has too many axes for a .npy header.");
  const header = new Uint8Array(total).fill(0x20);
  header.set([...MAGIC, 1, 0, (total - 10) & 0xff, (total - 10) >> 8]);
  header.set(new TextEncoder().encode(literal), 10);
  header[total - 1] = 0x0a;
  return header;
}

function headerOf(bytes: Uint8Array, name: string): { text: string; dataOffset: number } {
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new FormatError("This is not a NumPy array file.", { where: name, field: "magic", offset: 0, expected: "\\x93NUMPY" });
  }
  const major = bytes[6]!;
  if (major < 1 || major > 3) {
    throw new UnsupportedError("This version of the .npy format is not known.", {
      where: name,
      field: "version",
      offset: 6,
      found: String(major),
      expected: "1, 2 or 3",
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LARGEST_HEADER || start + length > bytes.length) {
    throw new FormatError("The header does not fit into the file.", {
      where: name,
      field: "header length",
      offset: 8,
      found: `${length} bytes`,
      expected: `at most ${Math.min(LARGEST_HEADER, bytes.length - start)}`,
    });
  }
  return { text: new TextDecoder("latin1").decode(bytes.subarray(start, start + length)), dataOffset: start + length };
}

function field(text: string, pattern: RegExp, key: string, name: string): string {
  const match = pattern.exec(text);
  if (match === null) {
    throw new FormatError("The header lacks a field, or it is of a kind that is not read.", {
      where: name,
      field: key,
      offset: 10,
    });
  }
  return match[1]!;
}

function shapeOf(tuple: string, name: string): number[] {
  const parts = tuple
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const shape = parts.map(Number);
  const whole = shape.every((size, i) => /^\d+$/.test(parts[i]!) && Number.isSafeInteger(size));
  if (!whole || shape.length > 32 || !Number.isSafeInteger(elementCount(shape))) {
    throw new FormatError("The shape is not a list of whole numbers.", {
      where: name,
      field: "shape",
      offset: 10,
      found: `(${tuple})`,
    });
  }
  return shape;
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function elements(bytes: Uint8Array, offset: number, descriptor: string, count: number, name: string): NpyData {
  const [, order, type] = /^([<>|=])([a-zA-Z]\d+)$/.exec(descriptor) ?? [];
  const wide = type === "i8" || type === "u8";
  const Elements = elementTypes[(wide ? "f8" : type) as keyof typeof elementTypes] as typeof Uint8Array | undefined;
  if (order === undefined || Elements === undefined) {
    throw new UnsupportedError("Arrays of this element type are not read.", {
      where: name,
      field: "descr",
      found: descriptor,
      expected: "booleans, integers or floats of 1 to 8 bytes",
    });
  }
  const size = Elements.BYTES_PER_ELEMENT * count;
  if (offset + size > bytes.length) {
    throw new FormatError("The file ends before the array does.", {
      where: name,
      offset,
      found: `${bytes.length - offset} bytes`,
      expected: `${size} bytes`,
      remedy: "Copy the file again; it may be truncated.",
    });
  }
  const raw = new Uint8Array(bytes.subarray(offset, offset + size));
  if (order === ">") reverseBytes(raw, Elements.BYTES_PER_ELEMENT);
  return wide ? exactDoubles(raw, type === "i8", name) : new Elements(raw.buffer);
}

function reverseBytes(raw: Uint8Array, width: number): void {
  for (let i = 0; i < raw.length; i += width) raw.subarray(i, i + width).reverse();
}

function exactDoubles(raw: Uint8Array, signed: boolean, name: string): Float64Array {
  const whole = signed ? new BigInt64Array(raw.buffer) : new BigUint64Array(raw.buffer);
  return Float64Array.from(whole as Iterable<bigint>, (value) => {
    const double = Number(value);
    if (Number.isSafeInteger(double)) return double;
    throw new UnsupportedError("A 64-bit integer is too large to be read exactly.", {
      where: name,
      found: String(value),
      expected: "values within plus or minus 2^53",
    });
  });
}

/** Fortran order (first axis fastest) to C order. */
function transposed(data: NpyData, shape: readonly number[]): NpyData {
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  const result = data.slice();
  for (let i = 0; i < data.length; i++) {
    let from = 0;
    for (let axis = 0; axis < shape.length; axis++) from += index[axis]! * strides[axis]!;
    result[i] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  return result;
}

/** Bytes to numbers, text and plain objects, after their datatype. */
import { UnsupportedError } from "../../errors.js";
import { Cursor } from "./cursor.js";
import type { CompoundMember, Datatype } from "./datatype.js";
import type { GlobalHeap } from "./global-heap.js";
import type { FileBytes } from "./superblock.js";

/** A value of an attribute, or an element of a dataset, as plain data. */
export type PlainValue = number | string | boolean | null | readonly PlainValue[] | { readonly [name: string]: PlainValue };

export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder();
const NATIVE_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** True for datatypes whose elements are single numbers. */
export function isNumeric(type: Datatype): boolean {
  return type.kind === "integer" || type.kind === "float" || (type.kind === "enum" && isNumeric(type.base));
}

/**
 * Numbers of `bytes`, in their own width; 64-bit integers become doubles (exact up to 2^53) and half floats single ones.
 * Throws UnsupportedError when the elements are not numbers.
 */
export function toNumbers(bytes: Uint8Array, type: Datatype, where: string): NumericArray {
  if (type.kind === "enum") return toNumbers(bytes, type.base, where);
  if (type.kind !== "integer" && type.kind !== "float") {
    throw new UnsupportedError("The dataset does not hold numbers.", { where, found: `elements of kind ${type.kind}` });
  }
  const { size } = type;
  const swapped = size > 1 && type.littleEndian !== NATIVE_LITTLE;
  const aligned = swapped || bytes.byteOffset % size !== 0 ? bytes.slice() : bytes;
  if (swapped) reverseElements(aligned, size);
  const { buffer, byteOffset } = aligned;
  const length = Math.floor(aligned.length / size);
  if (type.kind === "float") {
    if (size === 8) return new Float64Array(buffer, byteOffset, length);
    if (size === 4) return new Float32Array(buffer, byteOffset, length);
    return Float32Array.from(new Uint16Array(buffer, byteOffset, length), halfToNumber);
  }
  if (size === 8) {
    const wide = type.signed ? new BigInt64Array(buffer, byteOffset, length) : new BigUint64Array(buffer, byteOffset, length);
    const numbers = new Float64Array(length);
    for (let i = 0; i < length; i++) numbers[i] = Number(wide[i]!);
    return numbers;
  }
  if (size === 4) return type.signed ? new Int32Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
  if (size === 2) return type.signed ? new Int16Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length);
  return type.signed ? new Int8Array(buffer, byteOffset, length) : new Uint8Array(buffer, byteOffset, length);
}

/** Elements as plain values, in the order of the bytes. References and opaque bytes become `null`. */
export async function toPlain(
  cursor: Cursor,
  type: Datatype,
  count: number,
  heap: GlobalHeap,
  file: FileBytes,
): Promise<PlainValue[]> {
  if (type.kind === "enum" && isBoolean(type.names)) {
    const truth = toNumbers(cursor.take(count * type.size), type.base, file.name);
    const trueValue = toNumbers(type.values, type.base, file.name)[type.names.indexOf("TRUE")];
    return Array.from(truth, (value) => value === trueValue);
  }
  if (isNumeric(type)) return Array.from(toNumbers(cursor.take(count * type.size), type, file.name));
  const values: PlainValue[] = [];
  for (let i = 0; i < count; i++) values.push(await plainElement(cursor, type, heap, file));
  return values;
}

async function plainElement(cursor: Cursor, type: Datatype, heap: GlobalHeap, file: FileBytes): Promise<PlainValue> {
  switch (type.kind) {
    case "string":
      return fixedText(cursor.take(type.size), type.utf8);
    case "variable-string":
      return fixedText(await heap.read(subCursor(cursor, cursor.advance(type.size), type.size), 1), type.utf8);
    case "sequence": {
      const bytes = await heap.read(subCursor(cursor, cursor.advance(type.size), type.size), type.element.size);
      const inner = new Cursor(bytes, cursor.base, cursor.where, cursor.sizes);
      return toPlain(inner, type.element, bytes.length / type.element.size, heap, file);
    }
    case "array": {
      const start = cursor.advance(type.size);
      return toPlain(subCursor(cursor, start, type.size), type.element, type.size / type.element.size, heap, file);
    }
    case "compound": {
      const start = cursor.advance(type.size);
      return plainCompound(cursor, start, type.members, heap, file);
    }
    default:
      cursor.advance(type.size);
      return null;
  }
}

async function plainCompound(
  cursor: Cursor,
  start: number,
  members: readonly CompoundMember[],
  heap: GlobalHeap,
  file: FileBytes,
): Promise<PlainValue> {
  const pairs: [string, PlainValue][] = [];
  for (const { name, offset, type } of members) {
    const [value] = await toPlain(subCursor(cursor, start + offset, type.size), type, 1, heap, file);
    pairs.push([name, value ?? null]);
  }
  return Object.fromEntries(pairs);
}

function subCursor(cursor: Cursor, start: number, length: number): Cursor {
  return new Cursor(cursor.bytes.subarray(start, start + length), cursor.base + start, cursor.where, cursor.sizes);
}

/** Text up to its first zero byte. Bytes that are not UTF-8 are taken as Latin-1, whatever the file says. */
function fixedText(bytes: Uint8Array, isUtf8: boolean): string {
  const end = bytes.indexOf(0);
  const used = end < 0 ? bytes : bytes.subarray(0, end);
  const text = utf8.decode(used);
  return isUtf8 || !text.includes("\ufffd") ? text : latin1.decode(used);
}

function isBoolean(names: readonly string[]): boolean {
  return names.length === 2 && names.includes("TRUE") && names.includes("FALSE");
}

function reverseElements(bytes: Uint8Array, size: number): void {
  for (let start = 0; start + size <= bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return (sign * fraction) / 16777216;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  let value = sign * (1 + fraction / 1024);
  for (let e = exponent; e < 15; e++) value /= 2;
  for (let e = exponent; e > 15; e--) value *= 2;
  return value;
}

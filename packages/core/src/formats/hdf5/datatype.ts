/** Datatypes: how one element of a dataset or attribute is stored. Message versions 1 to 5. */
import { UnsupportedError } from "../../errors.js";
import type { Cursor } from "./cursor.js";

export type Datatype =
  | { readonly kind: "integer"; readonly size: number; readonly signed: boolean; readonly littleEndian: boolean }
  | { readonly kind: "float"; readonly size: number; readonly littleEndian: boolean }
  | { readonly kind: "string"; readonly size: number; readonly utf8: boolean }
  | { readonly kind: "variable-string"; readonly size: number; readonly utf8: boolean }
  | { readonly kind: "sequence"; readonly size: number; readonly element: Datatype }
  | { readonly kind: "compound"; readonly size: number; readonly members: readonly CompoundMember[] }
  | {
      readonly kind: "enum";
      readonly size: number;
      readonly base: Datatype;
      readonly names: readonly string[];
      readonly values: Uint8Array;
    }
  | { readonly kind: "array"; readonly size: number; readonly shape: readonly number[]; readonly element: Datatype }
  | { readonly kind: "reference"; readonly size: number }
  | { readonly kind: "opaque"; readonly size: number };

export interface CompoundMember {
  readonly name: string;
  readonly offset: number;
  readonly type: Datatype;
}

const DEEPEST = 16;
const MOST_MEMBERS = 4096;

/** Reads a datatype message. Throws FormatError when it contradicts itself, UnsupportedError for kinds that are not read. */
export function readDatatype(cursor: Cursor, depth = 0): Datatype {
  if (depth > DEEPEST) throw cursor.error("A datatype is nested too deeply.", `${depth} levels`, `at most ${DEEPEST}`);
  const head = cursor.u8();
  const version = head >> 4;
  const bits = cursor.uint(3);
  const size = cursor.u32();
  if (version < 1 || version > 5) throw cursor.error("The version of a datatype is not known.", String(version), "1 to 5");
  switch (head & 0x0f) {
    case 0:
      return readInteger(cursor, bits, size);
    case 1:
      return readFloat(cursor, bits, size);
    case 3:
      return { kind: "string", size: atLeastOne(cursor, size), utf8: ((bits >> 4) & 0xf) === 1 };
    case 4:
      cursor.advance(4);
      return { kind: "opaque", size };
    case 5:
      cursor.advance(Math.ceil((bits & 0xff) / 8) * 8);
      return { kind: "opaque", size };
    case 6:
      return readCompound(cursor, version, bits & 0xffff, size, depth);
    case 7:
      return { kind: "reference", size };
    case 8:
      return readEnum(cursor, version, bits & 0xffff, depth);
    case 9:
      return readVariable(cursor, bits, size, depth);
    case 10:
      return readArray(cursor, version, size, depth);
    default:
      throw new UnsupportedError("A kind of data in the HDF5 file is not read.", {
        where: cursor.where,
        found: `datatype class ${head & 0xf}`,
      });
  }
}

function readInteger(cursor: Cursor, bits: number, size: number): Datatype {
  const bitOffset = cursor.u16();
  const precision = cursor.u16();
  if (![1, 2, 4, 8].includes(size) || bitOffset !== 0 || precision > size * 8) {
    throw new UnsupportedError("Integers of this form are not read.", {
      where: cursor.where,
      found: `${precision} bits from bit ${bitOffset} in ${size} bytes`,
      expected: "1, 2, 4 or 8 whole bytes",
    });
  }
  return { kind: "integer", size, signed: (bits & 8) !== 0, littleEndian: (bits & 1) === 0 };
}

function readFloat(cursor: Cursor, bits: number, size: number): Datatype {
  cursor.advance(12);
  const order = (bits & 1) | ((bits >> 5) & 2);
  if (![2, 4, 8].includes(size) || order > 1) {
    throw new UnsupportedError("Floating-point numbers of this form are not read.", {
      where: cursor.where,
      found: `${size} bytes, byte order ${order}`,
      expected: "IEEE numbers of 2, 4 or 8 bytes",
    });
  }
  return { kind: "float", size, littleEndian: order === 0 };
}

function readCompound(cursor: Cursor, version: number, members: number, size: number, depth: number): Datatype {
  if (members > MOST_MEMBERS)
    throw cursor.error("A compound datatype has too many members.", String(members), `at most ${MOST_MEMBERS}`);
  const read: CompoundMember[] = [];
  for (let i = 0; i < members; i++) {
    const name = cursor.zeroTerminated(version < 3 ? 8 : 1);
    const offset = cursor.uint(version < 3 ? 4 : bytesFor(size));
    let shape: number[] = [];
    if (version === 1) {
      const rank = cursor.u8();
      cursor.advance(11);
      shape = [cursor.u32(), cursor.u32(), cursor.u32(), cursor.u32()].slice(0, Math.min(rank, 4));
    }
    const type = readDatatype(cursor, depth + 1);
    const total = shape.reduce((product, length) => product * length, type.size);
    if (offset + total > size)
      throw cursor.error("A member of a compound datatype lies outside it.", `${offset} + ${total}`, `at most ${size}`);
    read.push({ name, offset, type: shape.length === 0 ? type : { kind: "array", size: total, shape, element: type } });
  }
  return { kind: "compound", size: atLeastOne(cursor, size), members: read };
}

function readEnum(cursor: Cursor, version: number, members: number, depth: number): Datatype {
  if (members > MOST_MEMBERS)
    throw cursor.error("An enumeration has too many members.", String(members), `at most ${MOST_MEMBERS}`);
  const base = readDatatype(cursor, depth + 1);
  const names = Array.from({ length: members }, () => cursor.zeroTerminated(version < 3 ? 8 : 1));
  return { kind: "enum", size: base.size, base, names, values: cursor.take(members * base.size) };
}

function readVariable(cursor: Cursor, bits: number, size: number, depth: number): Datatype {
  const expected = 8 + cursor.sizes.offsetSize;
  if (size !== expected) throw cursor.error("A datatype of variable length has an unsound size.", String(size), String(expected));
  const element = readDatatype(cursor, depth + 1);
  if ((bits & 0xf) === 1) return { kind: "variable-string", size, utf8: ((bits >> 8) & 0xf) === 1 };
  return { kind: "sequence", size, element };
}

function readArray(cursor: Cursor, version: number, size: number, depth: number): Datatype {
  const rank = cursor.u8();
  if (version < 3) cursor.advance(3);
  const shape = Array.from({ length: rank }, () => cursor.u32());
  if (version < 3) cursor.advance(4 * rank);
  const element = readDatatype(cursor, depth + 1);
  const total = shape.reduce((product, length) => product * length, element.size);
  if (total !== size) throw cursor.error("An array datatype has an unsound size.", String(size), String(total));
  return { kind: "array", size: atLeastOne(cursor, size), shape, element };
}

function atLeastOne(cursor: Cursor, size: number): number {
  if (size < 1) throw cursor.error("A datatype has no size.", "0 bytes", "at least 1 byte");
  return size;
}

function bytesFor(value: number): number {
  if (value < 0x100) return 1;
  if (value < 0x10000) return 2;
  return value < 0x1000000 ? 3 : 4;
}

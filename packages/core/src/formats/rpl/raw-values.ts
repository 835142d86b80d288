import { DataCheckError } from "../../errors.js";
import { type Elements, elementArrays } from "../binary/element-type.js";
import type { RawType } from "./rpl-parameters.js";

/** Bytes per number. */
export function rawSize(type: RawType): number {
  return Number(type[1]);
}

/**
 * Numbers from bytes, which stay as they are; the numbers may share their memory. 64-bit integers become doubles. Throws {@link DataCheckError} (with the offset in the file,
 * where `bytes` begin at `offset`) for an integer beyond 2^53, which a double cannot hold, and for what is not a number.
 */
export function rawValues(bytes: Uint8Array, type: RawType, littleEndian: boolean, where: string, offset: number): Elements {
  const size = rawSize(type);
  const own = littleEndian && bytes.byteOffset % size === 0 ? sharedBytes(bytes) : bytes.slice();
  if (!littleEndian) swapBytes(own, size);
  const length = own.length / size;
  if (type === "u8" || type === "i8") return wideIntegers(own, type, where, offset);
  const values = new elementArrays[type](own.buffer, own.byteOffset, length);
  if (type === "f4" || type === "f8") {
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(values[i]!)) throw notExact(where, offset + i * size, String(values[i]), "a finite number");
    }
  }
  return values;
}

function sharedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes.slice();
}

function wideIntegers(bytes: Uint8Array<ArrayBuffer>, type: RawType, where: string, offset: number): Float64Array {
  const low = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const high = type === "i8" ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : low;
  const values = new Float64Array(bytes.length / 8);
  for (let i = 0; i < values.length; i++) {
    const value = high[2 * i + 1]! * 4294967296 + low[2 * i]!;
    if (!Number.isSafeInteger(value)) throw notExact(where, offset + i * 8, `about ${value}`, "at most 2^53 - 1");
    values[i] = value;
  }
  return values;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let i = 0, j = size - 1; i < j; i++, j--) {
      const kept = bytes[start + i]!;
      bytes[start + i] = bytes[start + j]!;
      bytes[start + j] = kept;
    }
  }
}

function notExact(where: string, offset: number, found: string, expected: string): DataCheckError {
  return new DataCheckError("A value cannot be kept as it is.", {
    where,
    field: "value",
    offset,
    found,
    expected,
    remedy: "Check data-type, data-length, byte-order and offset in the .rpl file.",
  });
}

/** Numbers as files store them: kind (unsigned, signed, float) and width in bytes. */
export type ElementType = "u1" | "i1" | "u2" | "i2" | "u4" | "i4" | "u8" | "i8" | "f4" | "f8";

export type Elements = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** The array that holds numbers of a type; 64-bit integers have none of their own. */
export const elementArrays = {
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

/** Width in bytes. */
export function elementSize(type: ElementType): number {
  return Number(type[1]);
}

/** Largest number that a type can hold, for the types so narrow that counts reach it. */
export function limitOf(type: ElementType): number | undefined {
  return { u1: 0xff, i1: 0x7f, u2: 0xffff, i2: 0x7fff }[type as string];
}

/** Copies bytes into numbers; bytes that do not fill a number at the end are left out. 64-bit integers become doubles. */
export function decodeElements(bytes: Uint8Array, type: ElementType, littleEndian = true): Elements {
  const width = elementSize(type);
  const raw = new Uint8Array(bytes.length - (bytes.length % width));
  raw.set(bytes.subarray(0, raw.length));
  if (!littleEndian && width > 1) for (let i = 0; i < raw.length; i += width) raw.subarray(i, i + width).reverse();
  if (type === "u8") return Float64Array.from(new BigUint64Array(raw.buffer), Number);
  if (type === "i8") return Float64Array.from(new BigInt64Array(raw.buffer), Number);
  return new elementArrays[type](raw.buffer);
}

/** An array that a navigation image can hold, with the same values: signed integers become floats. */
export function imageData(elements: Elements): Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array {
  if (elements instanceof Int8Array || elements instanceof Int16Array) return Float32Array.from(elements);
  return elements instanceof Int32Array ? Float64Array.from(elements) : elements;
}

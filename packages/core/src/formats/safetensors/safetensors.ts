/**
 * Safetensors: named arrays and short texts, without code. What models are kept in.
 *
 *     offset 0   length of the header, N            uint64 LE
 *            8   JSON, UTF-8, N bytes               begins with "{", may end in spaces
 *                { "__metadata__": { name: text, ... },
 *                  name: { "dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end] }, ... }
 *        8 + N   the arrays, C order, little-endian; begin and end count from here, without gaps or overlaps
 *
 * Source: https://github.com/huggingface/safetensors, README ("Format"). No more than 100 MB of header are allowed there; we allow 16 MB.
 */
import { ParameterError, ShapeError } from "../../errors.js";

export type TensorData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

export interface Tensor {
  /** Slowest axis first; `[]` is a single number. */
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Names of the types in a file, widest first: the order in which the arrays are written, so that each is aligned. */
export const elementTypes = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const satisfies Record<string, new (length: number) => TensorData>;

export type ElementTypeName = keyof typeof elementTypes;

export const METADATA = "__metadata__";
const ALIGNMENT = 8;

/**
 * The bytes of a `.safetensors` file; the same content gives the same bytes, in whatever order the tensors come. Throws {@link ShapeError} when a
 * shape and its data do not fit, and {@link ParameterError} for a tensor called `__metadata__`.
 */
export function writeSafetensors({ tensors, metadata }: SafetensorsContent): Uint8Array {
  const ordered = [...tensors].map(([name, tensor]) => ({ name, ...tensor, type: typeOf(tensor.data) })).sort(byTypeAndName);
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header[METADATA] = sortedByKey(metadata);
  let end = 0;
  for (const { name, type, shape, data } of ordered) {
    requireFit(name, shape, data.length);
    header[name] = { dtype: type, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + json.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function typeOf(data: TensorData): ElementTypeName {
  const names = Object.keys(elementTypes) as ElementTypeName[];
  return names.find((name) => data instanceof elementTypes[name])!;
}

function byTypeAndName(a: { type: ElementTypeName; name: string }, b: { type: ElementTypeName; name: string }): number {
  const order = Object.keys(elementTypes);
  return order.indexOf(a.type) - order.indexOf(b.type) || (a.name < b.name ? -1 : 1);
}

function sortedByKey(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function requireFit(name: string, shape: readonly number[], length: number): void {
  if (name === METADATA) throw new ParameterError("No tensor may have this name.", { field: "name", found: name });
  if (shape.reduce((product, size) => product * size, 1) === length) return;
  throw new ShapeError("The shape of a tensor does not fit its data.", {
    where: name,
    found: `${length} values`,
    expected: `${shape.join(" x ")} values`,
  });
}

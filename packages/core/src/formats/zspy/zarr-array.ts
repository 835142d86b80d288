/** Arrays of Zarr version 2, as far as HyperSpy writes them: C order, numbers or text, one compressor, no filter but that of text. */
import { FormatError, MemoryLimitError, throwIfAborted, UnsupportedError } from "../../errors.js";
import type { NumberArray } from "../arrays/number-array.js";
import { copyBox, tilesOver, volume } from "../hdf5/boxes.js";
import type { Datatype } from "../hdf5/datatype.js";
import { type NumericArray, type PlainValue, toNumbers } from "../hdf5/values.js";
import type { DataLeaf } from "../hyperspy/data-tree.js";
import { compressorOf, unpack } from "./zarr-codecs.js";
import { isObject, type JsonObject, type ZarrStore } from "./zarr-store.js";

const LARGEST_CHUNK = 1 << 30;
const LARGEST_BOX = 1 << 30;
const MOST_CHUNKS = 1 << 22;
const MOST_DIMENSIONS = 32;
const MOST_VALUES = 1 << 20;

interface Layout {
  readonly where: string;
  readonly path: string;
  readonly shape: readonly number[];
  readonly chunkShape: readonly number[];
  readonly separator: string;
  readonly compressor: string | undefined;
  readonly dtype: string;
  readonly fill: number;
  readonly isText: boolean;
}

/** An array by its `.zarray` document. Throws FormatError when the document is not sound, UnsupportedError when it asks for what is not read. */
export function zarrArray(store: ZarrStore, path: string, document: JsonObject): DataLeaf {
  const layout = layoutOf(store, path, document);
  return {
    path,
    shape: layout.shape,
    array: () => numberArray(store, layout),
    plain: () => (layout.isText ? readTexts(store, layout) : readPlain(store, layout)),
  };
}

function layoutOf(store: ZarrStore, path: string, document: JsonObject): Layout {
  const where = `${store.name}:${path}`;
  const shape = sizes(document["shape"], where, "shape", 0);
  const chunkShape = sizes(document["chunks"], where, "chunks", 1);
  const { dtype, filters, order, fill_value: fillValue, dimension_separator: separator = "." } = document;
  if (document["zarr_format"] !== 2 || typeof dtype !== "string") {
    throw new UnsupportedError("The array is of a form that is not read.", {
      where,
      found: `Zarr ${String(document["zarr_format"])}, ${JSON.stringify(dtype)}`,
      expected: "Zarr 2 with a simple dtype",
    });
  }
  if (chunkShape.length !== shape.length || (separator !== "." && separator !== "/")) {
    throw new FormatError("The chunks do not fit the array.", {
      where,
      found: chunkShape.join(" x "),
      expected: shape.join(" x "),
    });
  }
  const chunks = volume(shape.map((size, i) => Math.ceil(size / chunkShape[i]!)));
  if (chunks > MOST_CHUNKS)
    throw new MemoryLimitError("An array is cut into too many chunks.", {
      where,
      found: `${chunks} chunks`,
      expected: `at most ${MOST_CHUNKS}`,
    });
  const isText = Array.isArray(filters) && filters.length === 1 && isObject(filters[0]) && filters[0]["id"] === "vlen-utf8";
  if ((Array.isArray(filters) && filters.length > 0 && !isText) || (order === "F" && shape.length > 1)) {
    throw new UnsupportedError("The array is kept in a way that is not read.", {
      where,
      found: `order ${String(order)}, filters ${JSON.stringify(filters)}`,
      expected: "C order and no filters",
    });
  }
  const compressor = compressorOf(document["compressor"], where);
  return {
    where,
    path,
    shape,
    chunkShape,
    separator,
    compressor,
    dtype,
    isText,
    fill: typeof fillValue === "number" ? fillValue : 0,
  };
}

function sizes(value: unknown, where: string, field: string, least: number): number[] {
  const sound =
    Array.isArray(value) && value.length <= MOST_DIMENSIONS && value.every((size) => Number.isSafeInteger(size) && size >= least);
  if (sound && Number.isSafeInteger(volume(value as number[]))) return value as number[];
  throw new FormatError("The sizes of an array are not sound.", {
    where,
    field,
    found: JSON.stringify(value),
    expected: `whole numbers from ${least}`,
  });
}

function numberArray(store: ZarrStore, layout: Layout): NumberArray {
  const type = numberType(layout);
  return {
    where: layout.where,
    shape: layout.shape,
    numberKind: type.kind === "float" ? "float" : type.kind === "integer" && type.signed ? "signed" : "unsigned",
    bytesPerNumber: type.size,
    tileShape: layout.chunkShape,
    numbers: (start, count, signal) => readBox(store, layout, type, start, count, signal),
    isEmptyAt: async (start) => layout.fill === 0 && !store.mayHave(chunkKey(layout, start)),
  };
}

/** `<u2`, `>f8`, `|u1`, `|b1`. */
function numberType({ dtype, where }: Layout): Datatype {
  const [, order, kind, digits] = /^([<>|])([biuf])(\d)$/.exec(dtype) ?? [];
  const size = Number(digits);
  const littleEndian = order !== ">";
  if (kind === "f" && [2, 4, 8].includes(size)) return { kind: "float", size, littleEndian };
  if (kind !== undefined && kind !== "f" && [1, 2, 4, 8].includes(size))
    return { kind: "integer", size, signed: kind === "i", littleEndian };
  throw new UnsupportedError("The data are not numbers.", {
    where,
    found: dtype,
    expected: "integers or floating-point numbers",
  });
}

async function readBox(
  store: ZarrStore,
  layout: Layout,
  type: Datatype,
  start: readonly number[],
  count: readonly number[],
  signal: AbortSignal | undefined,
): Promise<NumericArray> {
  const { chunkShape, where } = layout;
  const chunkBytes = volume(chunkShape) * type.size;
  const total = volume(count) * type.size;
  if (chunkBytes > LARGEST_CHUNK || total > LARGEST_BOX) {
    throw new MemoryLimitError("Too much was to be read at once.", {
      where,
      found: `${Math.max(chunkBytes, total)} bytes`,
      expected: `at most ${LARGEST_BOX}`,
    });
  }
  const out = new Uint8Array(total);
  for (const corner of tilesOver(start, count, chunkShape)) {
    throwIfAborted(signal);
    const from = corner.map((at, i) => Math.max(at, start[i]!));
    const box = from.map((at, i) => Math.min(corner[i]! + chunkShape[i]!, start[i]! + count[i]!) - at);
    const packed = await store.read(chunkKey(layout, corner), signal);
    const bytes = packed === undefined ? filled(layout, type) : await unpack(layout.compressor, packed, chunkBytes, where);
    copyBox(
      { bytes, shape: chunkShape, start: from.map((at, i) => at - corner[i]!) },
      { bytes: out, shape: count, start: from.map((at, i) => at - start[i]!) },
      box,
      type.size,
    );
  }
  return toNumbers(out, type, where);
}

function filled({ fill, chunkShape, where }: Layout, type: Datatype): Uint8Array {
  const bytes = new Uint8Array(volume(chunkShape) * type.size);
  if (fill !== 0)
    throw new UnsupportedError("A part of the array was never written and is not zero.", {
      where,
      field: "fill_value",
      found: String(fill),
    });
  return bytes;
}

function chunkKey({ path, chunkShape, separator }: Layout, corner: readonly number[]): string {
  const name = corner.length === 0 ? "0" : corner.map((at, i) => Math.floor(at / chunkShape[i]!)).join(separator);
  return path === "" ? name : `${path}/${name}`;
}

async function readPlain(store: ZarrStore, layout: Layout): Promise<PlainValue[]> {
  checkCount(layout);
  const zero = layout.shape.map(() => 0);
  const text = /^\|S(\d+)$/.exec(layout.dtype) ?? /^[<>]U(\d+)$/.exec(layout.dtype);
  if (text === null) return Array.from(await readBox(store, layout, numberType(layout), zero, layout.shape, undefined));
  const wide = layout.dtype.includes("U");
  const size = Number(text[1]) * (wide ? 4 : 1);
  const values: string[] = [];
  for (const corner of tilesOver(zero, layout.shape, layout.chunkShape)) {
    const packed = await store.read(chunkKey(layout, corner));
    if (packed === undefined || layout.shape.length !== 1) continue;
    const bytes = await unpack(layout.compressor, packed, layout.chunkShape[0]! * size, layout.where);
    for (let i = 0; i < layout.chunkShape[0]! && values.length < layout.shape[0]!; i++) {
      const item = bytes.subarray(i * size, (i + 1) * size);
      values.push(wide ? wideText(item, layout.dtype.startsWith("<")) : new TextDecoder().decode(item).replace(/\0.*$/s, ""));
    }
  }
  return values;
}

function wideText(bytes: Uint8Array, littleEndian: boolean): string {
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points = Array.from({ length: bytes.length / 4 }, (_, i) => fields.getUint32(i * 4, littleEndian));
  return String.fromCodePoint(...points.filter((point) => point > 0 && point <= 0x10ffff));
}

/** Chunks of text: a count, then for each text its length in bytes and the bytes (numcodecs' `vlen-utf8`). */
async function readTexts(store: ZarrStore, layout: Layout): Promise<PlainValue[]> {
  checkCount(layout);
  const texts: string[] = [];
  for (const corner of tilesOver(
    layout.shape.map(() => 0),
    layout.shape,
    layout.chunkShape,
  )) {
    const packed = await store.read(chunkKey(layout, corner));
    if (packed === undefined) continue;
    const bytes = await unpack(layout.compressor, packed, undefined, layout.where);
    const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = bytes.length < 4 ? 0 : fields.getUint32(0, true);
    let at = 4;
    for (let i = 0; i < count && texts.length < volume(layout.shape); i++) {
      const length = at + 4 <= bytes.length ? fields.getUint32(at, true) : Number.POSITIVE_INFINITY;
      if (at + 4 + length > bytes.length)
        throw new FormatError("A chunk of text is damaged.", { where: layout.where, offset: at });
      texts.push(new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
  }
  return texts;
}

function checkCount({ shape, where }: Layout): void {
  if (volume(shape) > MOST_VALUES)
    throw new MemoryLimitError("An array is too large to be read as metadata.", { where, found: shape.join(" x ") });
}

import { z } from "zod";
import { FormatError, UnsupportedError } from "../../errors.js";
import { elementTypes, METADATA, type SafetensorsContent, type Tensor, type TensorData } from "./safetensors.js";

const LARGEST_HEADER = 1 << 24;
const OPENING_BRACE = 0x7b;

const size = z.int().min(0);
const entrySchema = z.object({
  dtype: z.string().max(20),
  shape: z.array(size).max(32),
  data_offsets: z.tuple([size, size]),
});
const metadataSchema = z.record(z.string(), z.string());

type Entry = z.output<typeof entrySchema>;

/**
 * Reads a `.safetensors` file. Integers and floats of 8 to 64 bits are read, booleans as bytes. `name` is the file's name, for messages.
 * Throws {@link FormatError} for damaged files (lengths, gaps, overlaps and shapes are all checked before anything is allocated) and
 * {@link UnsupportedError} for other element types, such as 16-bit floats.
 */
export function readSafetensors(bytes: Uint8Array, name = "model.safetensors"): SafetensorsContent {
  const { header, start } = headerOf(bytes, name);
  const { [METADATA]: texts, ...rest } = header;
  const metadata = texts === undefined ? {} : checked(metadataSchema, texts, METADATA, name);
  const entries = Object.entries(rest).map(([tensor, value]) => [tensor, checked(entrySchema, value, tensor, name)] as const);
  requireSeamless(entries, bytes.length - start, name);
  const tensors = new Map(entries.map(([tensor, entry]) => [tensor, tensorOf(bytes, start, tensor, entry, name)]));
  return { tensors, metadata };
}

function headerOf(bytes: Uint8Array, name: string): { header: Record<string, unknown>; start: number } {
  const length = bytes.length < 8 ? 0n : new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length < 2n || length > BigInt(Math.min(LARGEST_HEADER, bytes.length - 8))) {
    throw new FormatError("The header does not fit into the file.", {
      where: name,
      field: "length of the header",
      offset: 0,
      found: `${length} bytes`,
      expected: `2 to ${Math.max(0, Math.min(LARGEST_HEADER, bytes.length - 8))}`,
      remedy: "It may be truncated, or no safetensors file.",
    });
  }
  const start = 8 + Number(length);
  if (bytes[8] !== OPENING_BRACE) {
    throw new FormatError("The header must begin with a brace.", { where: name, field: "header", offset: 8 });
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start)));
  } catch (cause) {
    throw new FormatError("The header is not JSON.", { where: name, field: "header", offset: 8 }, { cause });
  }
  return { header: value as Record<string, unknown>, start };
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, field: string, name: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new FormatError(`The header does not fit: ${issue.message}.`, {
    where: name,
    field: [field, ...issue.path.map(String)].join("."),
    offset: 8,
  });
}

/** Arrays must follow each other from the first byte to the last. */
function requireSeamless(entries: readonly (readonly [string, Entry])[], available: number, name: string): void {
  const inOrder = entries.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let reached = 0;
  for (const [tensor, { data_offsets }] of inOrder) {
    const [begin, end] = data_offsets;
    if (begin !== reached || end < begin || end > available) {
      throw new FormatError("The place of an array is wrong: arrays must follow each other without gap, within the file.", {
        where: name,
        field: `${tensor}.data_offsets`,
        found: `${begin} to ${end}`,
        expected: `from ${reached}, to ${available} at most`,
      });
    }
    reached = end;
  }
  if (reached === available) return;
  throw new FormatError("There are bytes after the last array.", {
    where: name,
    found: `${available} bytes of arrays`,
    expected: `${reached}`,
  });
}

function tensorOf(bytes: Uint8Array, start: number, tensor: string, { dtype, shape, data_offsets }: Entry, name: string): Tensor {
  const Elements = Object.entries(elementTypes).find(([type]) => type === (dtype === "BOOL" ? "U8" : dtype))?.[1] as
    | ((new (buffer: ArrayBuffer) => TensorData) & { readonly BYTES_PER_ELEMENT: number })
    | undefined;
  if (Elements === undefined) {
    throw new UnsupportedError("Arrays of this element type are not read.", {
      where: name,
      field: `${tensor}.dtype`,
      found: dtype.slice(0, 20),
      expected: `one of ${Object.keys(elementTypes).join(", ")}, BOOL`,
    });
  }
  const [begin, end] = data_offsets;
  const wanted = shape.reduce((product, length) => product * length, Elements.BYTES_PER_ELEMENT);
  if (wanted !== end - begin) {
    throw new FormatError("The shape of an array does not fit its bytes.", {
      where: name,
      field: `${tensor}.shape`,
      offset: start + begin,
      found: `${end - begin} bytes`,
      expected: `${shape.join(" x ")} of ${dtype}, ${wanted} bytes`,
    });
  }
  return { shape, data: new Elements(new Uint8Array(bytes.subarray(start + begin, start + end)).buffer) };
}

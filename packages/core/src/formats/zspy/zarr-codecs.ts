/** Compressors of Zarr version 2. Sizes are checked before anything is unpacked. */
import { gunzipSync } from "fflate";
import { FormatError, UnsupportedError } from "../../errors.js";
import { inflateZlib } from "../inflate.js";
import { isObject, type JsonObject } from "./zarr-store.js";

interface Codec {
  decode(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

type CodecModule = { readonly default: { fromConfig(config: JsonObject): Codec } };

const STRONGEST_COMPRESSION = 1100;
/** Zstandard and Blosc store runs of zeros in a few bytes. */
const STRONGEST_RUNS = 1 << 26;

/** Throws UnsupportedError when a compressor is not read; `null` is none. */
export function compressorOf(value: unknown, where: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  const id = isObject(value) ? value["id"] : undefined;
  if (typeof id === "string" && ["zlib", "gzip", "blosc", "zstd", "lz4"].includes(id)) return id;
  throw new UnsupportedError("The data are compressed in a way that is not read.", {
    where,
    found: String(id),
    expected: "zlib, gzip, blosc, zstd, lz4 or none",
  });
}

/** Unpacks a chunk to exactly `size` bytes. Throws FormatError when it is damaged. */
export async function unpack(
  id: string | undefined,
  packed: Uint8Array,
  size: number | undefined,
  where: string,
): Promise<Uint8Array> {
  if (id === undefined) return checked(packed, size, where);
  checkStatedSize(id, packed, size, where);
  if (id === "zlib" && size !== undefined) return inflateZlib(packed, size, { where, field: "chunk", offset: 0 });
  try {
    const plain = await unpackWith(id, packed, size);
    return checked(plain, size, where);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      "A chunk of the data is damaged.",
      { where, found: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

async function unpackWith(id: string, packed: Uint8Array, size: number | undefined): Promise<Uint8Array> {
  if (id === "gzip") return size === undefined ? gunzipSync(packed) : gunzipSync(packed, { out: new Uint8Array(size + 1) });
  const module = (await (id === "blosc"
    ? import("numcodecs/blosc")
    : id === "zstd"
      ? import("numcodecs/zstd")
      : id === "lz4"
        ? import("numcodecs/lz4")
        : import("numcodecs/zlib"))) as unknown as CodecModule;
  return module.default.fromConfig({ id }).decode(packed);
}

/** Blosc, LZ4 and gzip say how large the data are: that must be what the shape of the chunk asks for. */
function checkStatedSize(id: string, packed: Uint8Array, size: number | undefined, where: string): void {
  const fields = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const fail = (found: string) => {
    throw new FormatError("A chunk of the data is damaged.", {
      where,
      found,
      expected: size === undefined ? "sound sizes" : `data of ${size} bytes`,
    });
  };
  if (packed.length < 8) fail(`${packed.length} bytes`);
  const most = size ?? packed.length * STRONGEST_COMPRESSION;
  if (id === "blosc") {
    if (packed.length < 16) fail(`${packed.length} bytes`);
    const [plain, block, whole] = [fields.getUint32(4, true), fields.getUint32(8, true), fields.getUint32(12, true)];
    if (plain > most || (size !== undefined && plain !== size) || whole !== packed.length || block > Math.max(plain, 1)) {
      fail(`a Blosc header of ${plain} bytes in blocks of ${block}, packed to ${whole}`);
    }
  } else if (id === "lz4" && fields.getUint32(0, true) > most) {
    fail(`an LZ4 header of ${fields.getUint32(0, true)} bytes`);
  } else if (id === "zstd" && size !== undefined && size > packed.length * STRONGEST_RUNS) {
    fail(`${packed.length} bytes`);
  } else if ((id === "gzip" || id === "zlib") && size !== undefined && size > packed.length * STRONGEST_COMPRESSION + 1024) {
    fail(`${packed.length} bytes`);
  }
}

function checked(plain: Uint8Array, size: number | undefined, where: string): Uint8Array {
  if (size === undefined || plain.length === size) return plain;
  throw new FormatError("A chunk of the data has another size than its shape.", {
    where,
    found: `${plain.length} bytes`,
    expected: `${size} bytes`,
  });
}

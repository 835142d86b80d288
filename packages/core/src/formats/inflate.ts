import { unzlibSync } from "fflate";
import { FormatError } from "../errors.js";

/** Deflate cannot shrink data by more than this (RFC 1951: 258 bytes from 2 bits, and a little for the block). */
const STRONGEST_COMPRESSION = 1032;

/**
 * Inflates a zlib stream (RFC 1950) that must give exactly `size` bytes, and checks its Adler-32 sum. Nothing is allocated for a size that
 * the compressed bytes cannot hold. `facts` say where the stream lies. Throws {@link FormatError}.
 */
export function inflateZlib(
  compressed: Uint8Array,
  size: number,
  facts: { readonly where: string; readonly field: string; readonly offset: number },
): Uint8Array {
  if (compressed.length < 8 || size > compressed.length * STRONGEST_COMPRESSION + 1024) {
    throw new FormatError("The compressed data are too short for the size that is announced.", {
      ...facts,
      found: `${compressed.length} bytes`,
      expected: `the zlib form of ${size} bytes`,
    });
  }
  const room = new Uint8Array(size + 1);
  const inflated = unzip(compressed, room, facts);
  if (inflated.length !== size) {
    throw new FormatError("The compressed data do not have the size that is announced.", {
      ...facts,
      found: inflated.length > size ? `more than ${size} bytes` : `${inflated.length} bytes`,
      expected: `${size} bytes`,
    });
  }
  const end = compressed.length - 4;
  const stated = new DataView(compressed.buffer, compressed.byteOffset + end, 4).getUint32(0);
  if (adler32(inflated) !== stated) {
    throw new FormatError("The compressed data are damaged: their check sum is wrong.", {
      ...facts,
      remedy: "Copy the file again from the microscope.",
    });
  }
  return inflated;
}

function unzip(compressed: Uint8Array, room: Uint8Array, facts: { readonly where: string }): Uint8Array {
  try {
    return unzlibSync(compressed, { out: room });
  } catch (cause) {
    throw new FormatError("The compressed data are damaged.", { ...facts, expected: "a zlib stream" }, { cause });
  }
}

/** Check sum of RFC 1950. Sums are reduced every 3,800 bytes, before they leave 32 bits. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += 3800) {
    const end = Math.min(bytes.length, start + 3800);
    for (let i = start; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}

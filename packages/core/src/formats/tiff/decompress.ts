/** The compressions of TIFF. Each gives exactly the bytes that the block must have, or an error. */
import { type ErrorFacts, FormatError, UnsupportedError } from "../../errors.js";
import { inflateZlib } from "../inflate.js";

type Facts = ErrorFacts & { readonly where: string; readonly field: string; readonly offset: number };

const CLEAR = 256;
const END = 257;
const LONGEST_CODE = 12;

/** `size` bytes of a block. Throws FormatError for damaged blocks, UnsupportedError for JPEG and other compressions. */
export function decompress(compression: number, block: Uint8Array, size: number, facts: Facts): Uint8Array {
  if (compression === 1) return stored(block, size, facts);
  if (compression === 5) return unpackLzw(block, size, facts);
  if (compression === 8 || compression === 32946) return inflateZlib(block, size, facts);
  if (compression === 32773) return unpackBits(block, size, facts);
  throw new UnsupportedError("The compression of the picture is not read.", {
    ...facts,
    found: compression === 6 || compression === 7 ? "JPEG" : String(compression),
    expected: "none, LZW, deflate or PackBits",
    remedy: "Save the picture again without compression.",
  });
}

function stored(block: Uint8Array, size: number, facts: Facts): Uint8Array {
  if (block.length < size) throw tooShort(block.length, size, facts);
  return block.subarray(0, size);
}

/** Runs (TIFF 6.0, section 9): n from 0 to 127 is followed by n + 1 bytes, n from -127 to -1 by one byte that stands 1 - n times. */
function unpackBits(block: Uint8Array, size: number, facts: Facts): Uint8Array {
  if (size > block.length * 64 + 64) throw tooShort(block.length, size, facts);
  const out = new Uint8Array(size);
  let length = 0;
  for (let i = 0; i < block.length && length < size; ) {
    const n = (block[i++]! << 24) >> 24;
    if (n >= 0) {
      const run = block.subarray(i, Math.min(i + n + 1, i + size - length));
      out.set(run, length);
      length += run.length;
      i += n + 1;
    } else if (n !== -128) {
      const end = Math.min(size, length + 1 - n);
      out.fill(block[i++] ?? 0, length, end);
      length = end;
    }
  }
  if (length < size) throw tooShort(length, size, facts);
  return out;
}

/** LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, most significant bit first; the table grows one code early. */
function unpackLzw(block: Uint8Array, size: number, facts: Facts): Uint8Array {
  if (size > block.length * 4096) throw tooShort(block.length, size, facts);
  const out = new Uint8Array(size);
  const start = new Uint32Array(1 << LONGEST_CODE);
  const lengths = new Uint16Array(1 << LONGEST_CODE);
  const bits = new BitReader(block);
  let next = CLEAR + 2;
  let width = 9;
  let previous = -1;
  let written = 0;
  while (written < size) {
    const code = bits.read(width);
    if (code === undefined || code === END) break;
    if (code === CLEAR) {
      next = CLEAR + 2;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0))
      throw new FormatError("A code of the LZW compression is not in its table.", {
        ...facts,
        found: String(code),
        expected: `at most ${next}`,
      });
    const from = written;
    written = code < CLEAR ? put(out, written, code) : copy(out, written, start[code]!, lengths[code]!);
    if (previous >= 0 && next < 1 << LONGEST_CODE) next++;
    if (next < 1 << LONGEST_CODE) {
      start[next] = from;
      lengths[next] = Math.min(65535, written - from + 1);
    }
    if (next >= (1 << width) - 1 && width < LONGEST_CODE) width++;
    previous = code;
  }
  if (written < size) throw tooShort(written, size, facts);
  return out;
}

function put(out: Uint8Array, at: number, value: number): number {
  out[at] = value;
  return at + 1;
}

/** Byte by byte, as a string may overlap its own copy; what passes the end is dropped. */
function copy(out: Uint8Array, at: number, from: number, length: number): number {
  const end = Math.min(out.length, at + length);
  for (let i = at, j = from; i < end; i++, j++) out[i] = out[j]!;
  return end;
}

class BitReader {
  readonly #bytes: Uint8Array;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(width: number): number | undefined {
    if (this.#bit + width > this.#bytes.length * 8) return undefined;
    const first = this.#bit >> 3;
    const word = (this.#bytes[first]! << 16) | ((this.#bytes[first + 1] ?? 0) << 8) | (this.#bytes[first + 2] ?? 0);
    const value = (word >> (24 - (this.#bit & 7) - width)) & ((1 << width) - 1);
    this.#bit += width;
    return value;
  }
}

function tooShort(found: number, expected: number, facts: Facts): FormatError {
  return new FormatError("A block of the picture is too short.", {
    ...facts,
    found: `${found} bytes`,
    expected: `${expected} bytes`,
  });
}

/** The content of a file inside the container, inflated where it is compressed, piece by piece. */
import { FormatError, MemoryLimitError } from "../../errors.js";
import { type OpenSfsFile, ReadingMemory, readStored, type SfsContainer } from "./sfs.js";

/** Stored bytes that are read at once where nothing is compressed. */
const PIECE = 1 << 20;
const COMPRESSION_SIGNATURE = 0x53434141;
const COMPRESSION_HEADER = 0x80;
const BLOCK_HEADER = 16;
const LARGEST_BLOCK = 1 << 26;

/** The content in order, in pieces of at most 64 MiB, each valid until the next is asked for. Throws {@link FormatError} for damaged compression. */
export async function* contentOf(
  container: SfsContainer,
  file: OpenSfsFile,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const blocks = await compressedBlocks(container, file, signal);
  if (blocks !== undefined) {
    yield* inflatedBlocks(container, file, blocks, signal);
    return;
  }
  yield* storedPieces(container, file, signal);
}

/** From the second piece on the next one is read while the last is worked on; whoever wants no more than the head pays for no more. */
async function* storedPieces(container: SfsContainer, file: OpenSfsFile, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const memories = [new ReadingMemory(), new ReadingMemory()];
  const pieces = Math.ceil(file.size / PIECE);
  const read = (i: number): Promise<Uint8Array> => {
    const piece = readStored(container, file, i * PIECE, Math.min(PIECE, file.size - i * PIECE), signal, memories[i % 2]);
    // Whoever waits for the piece is told of its failure; until then nobody may be waiting.
    piece.catch(() => {});
    return piece;
  };
  let ahead: Promise<Uint8Array> | undefined;
  for (let i = 0; i < pieces; i++) {
    const piece = await (ahead ?? read(i));
    ahead = i > 0 && i + 1 < pieces ? read(i + 1) : undefined;
    yield piece;
  }
}

/** The whole content. Throws {@link MemoryLimitError} beyond `limit` bytes. */
export async function wholeContent(
  container: SfsContainer,
  file: OpenSfsFile,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of contentOf(container, file, signal)) {
    pieces.push(piece.slice());
    size += piece.length;
    if (size > limit) {
      throw new MemoryLimitError("A file inside the container is larger than expected.", {
        where: `${container.source.name}: ${file.name}`,
        found: `more than ${limit} bytes`,
        expected: `at most ${limit} bytes`,
      });
    }
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

interface Blocks {
  readonly count: number;
  /** Inflated size of every block but the last, which may be shorter. */
  readonly size: number;
}

async function compressedBlocks(
  container: SfsContainer,
  file: OpenSfsFile,
  signal: AbortSignal | undefined,
): Promise<Blocks | undefined> {
  if (file.size < COMPRESSION_HEADER) return undefined;
  const header = await readStored(container, file, 0, 16, signal);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== COMPRESSION_SIGNATURE) return undefined;
  const size = view.getUint32(4, true);
  const count = view.getUint32(12, true);
  if (size === 0 || size > LARGEST_BLOCK) {
    throw new FormatError("The size of the compressed blocks is out of range.", {
      ...place(container, file, "compression.blockSize", 4),
      found: String(size),
      expected: `1 to ${LARGEST_BLOCK}`,
    });
  }
  if (count * BLOCK_HEADER > file.size) {
    throw new FormatError("There cannot be so many compressed blocks.", {
      ...place(container, file, "compression.blocks", 12),
      found: String(count),
      expected: `blocks that fit into ${file.size} bytes`,
    });
  }
  return { count, size };
}

async function* inflatedBlocks(
  container: SfsContainer,
  file: OpenSfsFile,
  blocks: Blocks,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const { inflateZlib } = await import("../inflate.js");
  const memory = new ReadingMemory();
  let offset = COMPRESSION_HEADER;
  for (let i = 0; i < blocks.count; i++) {
    const header = await readStored(container, file, offset, BLOCK_HEADER, signal, memory);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const stored = view.getUint32(0, true);
    const size = view.getUint32(4, true);
    if (size > blocks.size) {
      throw new FormatError("A compressed block is larger than announced.", {
        ...place(container, file, `compression.block[${i}].size`, offset + 4),
        found: String(size),
        expected: `at most ${blocks.size}`,
      });
    }
    if (stored > blocks.size + 1024 + blocks.size / 1024) {
      throw new FormatError("A compressed block is longer than its content can make it.", {
        ...place(container, file, `compression.block[${i}].storedSize`, offset),
        found: String(stored),
        expected: `about ${size} bytes at most`,
      });
    }
    const compressed = await readStored(container, file, offset + BLOCK_HEADER, stored, signal, memory);
    yield inflateZlib(compressed, size, place(container, file, `compression.block[${i}]`, offset + BLOCK_HEADER));
    offset += BLOCK_HEADER + stored;
  }
}

function place(container: SfsContainer, file: OpenSfsFile, field: string, offset: number) {
  return { where: `${container.source.name}: ${file.name}`, field, offset };
}

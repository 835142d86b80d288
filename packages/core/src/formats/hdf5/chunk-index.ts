/** Where the chunks of a dataset lie. Whatever index the file uses, it is read once into a table in the order of the chunks. */
import { MemoryLimitError } from "../../errors.js";
import { walkBtree1 } from "./btree1.js";
import { readBtree2 } from "./btree2.js";
import { extensibleArrayEntries, fixedArrayEntries, type IndexEntry } from "./chunk-arrays.js";
import type { ChunkIndex } from "./dataset-messages.js";
import type { FileBytes } from "./superblock.js";

const MOST_CHUNKS = 1 << 23;

/** Chunks of a dataset in row-major order of their position. */
export interface ChunkTable {
  /** Number of chunks along each axis. */
  readonly grid: readonly number[];
  /** Address of each chunk; -1 where nothing was written. */
  readonly address: Float64Array;
  /** Bytes in the file. */
  readonly size: Float64Array;
  /** Filters that were left out, one bit each. */
  readonly mask: Uint32Array;
}

export interface ChunkedExtent {
  readonly shape: readonly number[];
  readonly maximum: readonly number[];
  readonly chunkShape: readonly number[];
  /** Bytes of a chunk without filters. */
  readonly chunkBytes: number;
  readonly filtered: boolean;
}

/** Reads the index. Throws FormatError when it is damaged, MemoryLimitError when there are more than 2^23 chunks. */
export async function readChunkTable(file: FileBytes, index: ChunkIndex, extent: ChunkedExtent): Promise<ChunkTable> {
  const grid = extent.shape.map((size, i) => Math.ceil(size / extent.chunkShape[i]!));
  const total = grid.reduce((product, size) => product * size, 1);
  if (total > MOST_CHUNKS) {
    throw new MemoryLimitError("A dataset is cut into too many chunks.", {
      where: file.name,
      found: `${total} chunks`,
      expected: `at most ${MOST_CHUNKS}`,
      remedy: "Write the file again with larger chunks (h5repack).",
    });
  }
  const table: ChunkTable = {
    grid,
    address: new Float64Array(total).fill(-1),
    size: new Float64Array(total),
    mask: new Uint32Array(total),
  };
  if (index.address !== undefined && total > 0) await fill(file, index, index.address, extent, table);
  return table;
}

async function fill(
  file: FileBytes,
  index: ChunkIndex,
  address: number,
  extent: ChunkedExtent,
  table: ChunkTable,
): Promise<void> {
  switch (index.kind) {
    case "btree1":
      return fillFromBtree1(file, address, extent, table);
    case "btree2":
      return fillFromBtree2(file, address, extent, table);
    case "single":
      return put(table, 0, { address, size: index.filteredSize ?? extent.chunkBytes, mask: index.mask });
    case "implicit":
      return fillByNumber(
        extent,
        table,
        (number) => ({ address: address + number * extent.chunkBytes, size: extent.chunkBytes, mask: 0 }),
        false,
      );
    case "fixed-array": {
      const entries = await fixedArrayEntries(file, address, extent);
      return fillByNumber(extent, table, entries, false);
    }
    case "extensible-array": {
      const entries = await extensibleArrayEntries(file, address, extent, largestNumber(extent, table.grid));
      return fillByNumber(extent, table, entries, true);
    }
  }
}

function put(table: ChunkTable, position: number, entry: IndexEntry): void {
  table.address[position] = entry.address;
  table.size[position] = entry.size;
  table.mask[position] = entry.mask;
}

async function fillFromBtree1(file: FileBytes, address: number, extent: ChunkedExtent, table: ChunkTable): Promise<void> {
  const rank = extent.shape.length;
  await walkBtree1(file, address, 1, 8 + 8 * (rank + 1), (key, child) => {
    const size = key.u32();
    const mask = key.u32();
    let position = 0;
    for (let i = 0; i < rank; i++) {
      const offset = key.uint(8);
      const along = offset / extent.chunkShape[i]!;
      if (!Number.isInteger(along))
        throw key.error(
          "A chunk does not begin at a multiple of its size.",
          String(offset),
          `a multiple of ${extent.chunkShape[i]}`,
        );
      if (along >= table.grid[i]!) return;
      position = position * table.grid[i]! + along;
    }
    put(table, position, { address: child, size, mask });
  });
}

async function fillFromBtree2(file: FileBytes, address: number, extent: ChunkedExtent, table: ChunkTable): Promise<void> {
  const rank = extent.shape.length;
  const { type, records } = await readBtree2(file, address, [10, 11]);
  for (const record of records) {
    const child = record.address();
    const sizeBytes = record.bytes.length - file.offsetSize - 4 - 8 * rank;
    const size = type === 11 ? record.uint(sizeBytes) : extent.chunkBytes;
    const mask = type === 11 ? record.u32() : 0;
    let position = 0;
    let inside = child !== undefined;
    for (let i = 0; i < rank; i++) {
      const along = record.uint(8);
      inside &&= along < table.grid[i]!;
      position = position * table.grid[i]! + along;
    }
    if (inside) put(table, position, { address: child!, size, mask });
  }
}

/** Chunk numbers count through the largest extent; an extensible array counts along its unlimited axis slowest. */
function fillByNumber(
  extent: ChunkedExtent,
  table: ChunkTable,
  entryOf: (number: number) => IndexEntry | undefined,
  swizzled: boolean,
): void {
  const { grid } = table;
  const steps = numberSteps(extent, grid, swizzled);
  const at = new Array<number>(grid.length).fill(0);
  for (let position = 0; position < table.address.length; position++) {
    const entry = entryOf(at.reduce((sum, along, i) => sum + along * steps[i]!, 0));
    if (entry !== undefined) put(table, position, entry);
    for (let i = grid.length - 1; i >= 0; i--) {
      at[i]!++;
      if (at[i]! < grid[i]!) break;
      at[i] = 0;
    }
  }
}

function numberSteps(extent: ChunkedExtent, grid: readonly number[], swizzled: boolean): number[] {
  const counts = grid.map((size, i) => {
    const largest = extent.maximum[i]!;
    return Number.isFinite(largest) ? Math.ceil(largest / extent.chunkShape[i]!) : size;
  });
  const unlimited = swizzled ? extent.maximum.findIndex((size) => !Number.isFinite(size)) : -1;
  const order = grid.map((_, i) => i);
  if (unlimited > 0) order.unshift(...order.splice(unlimited, 1));
  const steps = new Array<number>(grid.length).fill(1);
  let step = 1;
  for (const axis of order.toReversed()) {
    steps[axis] = step;
    step *= counts[axis]!;
  }
  return steps;
}

function largestNumber(extent: ChunkedExtent, grid: readonly number[]): number {
  const steps = numberSteps(extent, grid, true);
  return grid.reduce((sum, size, i) => sum + (size - 1) * steps[i]!, 0);
}

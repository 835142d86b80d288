/** Version 2 B-trees: lists of records of one size, sorted. Used for links, attributes and chunks of newer files. */
import { Cursor } from "./cursor.js";
import type { FileBytes } from "./superblock.js";

interface Tree {
  readonly type: number;
  readonly nodeSize: number;
  readonly recordSize: number;
  /** Bytes of a record count in a child pointer. */
  readonly countSize: number;
  /** Per level (0 is a leaf): bytes of the total count of records below. */
  readonly totalSizes: readonly number[];
}

/** Records of a tree in order, as cursors at their beginning. Throws FormatError when nodes go in a circle or counts do not fit. */
export async function readBtree2(
  file: FileBytes,
  address: number,
  types: readonly number[],
): Promise<{ type: number; records: Cursor[] }> {
  const header = await file.checked(address, 22 + file.offsetSize + file.lengthSize);
  header.signature("BTHD");
  header.version("B-tree", 0);
  const type = header.u8();
  if (!types.includes(type)) throw header.error("A B-tree is of another kind.", String(type), types.join(" or "));
  const nodeSize = header.u32();
  const recordSize = header.u16();
  const depth = header.u16();
  header.advance(2);
  const root = header.address();
  const rootRecords = header.u16();
  if (recordSize === 0 || nodeSize < 10 + recordSize || depth > 32) {
    throw header.error(
      "The sizes of a B-tree are not sound.",
      `nodes of ${nodeSize} bytes, records of ${recordSize}, depth ${depth}`,
      "nodes that hold records",
    );
  }
  const records: Cursor[] = [];
  if (root !== undefined && rootRecords > 0) {
    const tree = { type, nodeSize, recordSize, ...pointerSizes(file, nodeSize, recordSize, depth) };
    await visit(file, tree, root, depth, rootRecords, records, new Set());
  }
  return { type, records };
}

function pointerSizes(
  file: FileBytes,
  nodeSize: number,
  recordSize: number,
  depth: number,
): Pick<Tree, "countSize" | "totalSizes"> {
  const leafRecords = Math.floor((nodeSize - 10) / recordSize);
  const countSize = bytesFor(leafRecords);
  const totalSizes = [0];
  let total = leafRecords;
  for (let level = 1; level <= depth; level++) {
    const pointer = file.offsetSize + countSize + totalSizes[level - 1]!;
    const records = Math.floor((nodeSize - (10 + pointer)) / (recordSize + pointer));
    total = (records + 1) * total + records;
    totalSizes.push(bytesFor(total));
  }
  return { countSize, totalSizes };
}

async function visit(
  file: FileBytes,
  tree: Tree,
  address: number,
  level: number,
  count: number,
  out: Cursor[],
  seen: Set<number>,
): Promise<void> {
  const { recordSize } = tree;
  const pointer = level === 0 ? 0 : file.offsetSize + tree.countSize + (level > 1 ? tree.totalSizes[level - 1]! : 0);
  const node = await file.checked(address, 6 + count * recordSize + (level === 0 ? 0 : (count + 1) * pointer) + 4);
  node.signature(level === 0 ? "BTLF" : "BTIN");
  node.version("B-tree node", 0);
  node.advance(1);
  if (seen.has(address)) throw node.error("The nodes of a B-tree go in a circle.", `node at ${address} again`, "each node once");
  seen.add(address);
  const records = Array.from({ length: count }, () => {
    const start = node.advance(recordSize);
    return subCursor(node, start, recordSize);
  });
  if (level === 0) {
    for (const record of records) out.push(record);
    return;
  }
  for (let i = 0; i <= count; i++) {
    const child = node.definedAddress("child of a B-tree node");
    const childRecords = node.uint(tree.countSize);
    if (level > 1) node.advance(tree.totalSizes[level - 1]!);
    await visit(file, tree, child, level - 1, childRecords, out, seen);
    const own = records[i];
    if (own !== undefined) out.push(own);
  }
}

function subCursor(cursor: Cursor, start: number, length: number): Cursor {
  return new Cursor(cursor.bytes.subarray(start, start + length), cursor.base + start, cursor.where, cursor.sizes);
}

/** Bytes that are needed for a count up to `limit`. */
export function bytesFor(limit: number): number {
  let bytes = 1;
  for (let rest = Math.floor(limit / 256); rest > 0; rest = Math.floor(rest / 256)) bytes++;
  return bytes;
}

/** Version 1 B-trees: the entries of old groups, and the chunks of datasets. Every node is visited once, whatever the pointers say. */
import type { Cursor } from "./cursor.js";
import type { FileBytes } from "./superblock.js";

const PREFIX = 8;

/** Calls `leaf` for each child of the lowest level, in order, with a cursor at the key before it. */
export async function walkBtree1(
  file: FileBytes,
  root: number,
  nodeType: 0 | 1,
  keyLength: number,
  leaf: (key: Cursor, child: number) => void | Promise<void>,
): Promise<void> {
  const seen = new Set<number>();
  const visit = async (address: number, expectedLevel: number | undefined): Promise<void> => {
    const length = PREFIX + 2 * file.offsetSize;
    const node = await file.at(address, length);
    node.signature("TREE");
    const type = node.u8();
    const level = node.u8();
    const entries = node.u16();
    if (type !== nodeType) throw node.error("A B-tree is of another kind.", String(type), String(nodeType));
    if (seen.has(address) || (expectedLevel !== undefined && level !== expectedLevel)) {
      throw node.error(
        "The nodes of a B-tree go in a circle.",
        `level ${level}`,
        `level ${expectedLevel ?? level}, each node once`,
      );
    }
    seen.add(address);
    const body = await file.at(address + length, entries * (keyLength + file.offsetSize));
    for (let i = 0; i < entries; i++) {
      const keyStart = body.position;
      body.advance(keyLength);
      const child = body.definedAddress("child of a B-tree node");
      const next = body.position;
      if (level > 0) {
        await visit(child, level - 1);
      } else {
        body.position = keyStart;
        await leaf(body, child);
      }
      body.position = next;
    }
  };
  await visit(root, undefined);
}

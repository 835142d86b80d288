/** Attributes of a group or dataset: in the object header, or in a heap when there are many or large ones. */
import { MemoryLimitError } from "../../errors.js";
import { volume } from "./boxes.js";
import { readBtree2 } from "./btree2.js";
import { Cursor } from "./cursor.js";
import { readDataspace } from "./dataset-messages.js";
import { readDatatype } from "./datatype.js";
import { openFractalHeap } from "./fractal-heap.js";
import type { GlobalHeap } from "./global-heap.js";
import { MESSAGE, type ObjectHeader, readSharedMessage } from "./object-header.js";
import type { FileBytes } from "./superblock.js";
import { type PlainValue, toPlain } from "./values.js";

const MOST_ELEMENTS = 1 << 22;

export type Attributes = Readonly<Record<string, PlainValue>>;

/** All attributes by name. A value of a single element is that element; anything else a list, row-major. */
export async function readAttributes(file: FileBytes, heap: GlobalHeap, header: ObjectHeader): Promise<Attributes> {
  const found: [string, PlainValue][] = [];
  for (const message of header.messages) {
    if (message.type === MESSAGE.attribute) {
      const cursor = message.shared ? await readSharedMessage(file, message.open(), MESSAGE.attribute) : message.open();
      found.push(await readAttribute(file, heap, cursor));
    } else if (message.type === MESSAGE.attributeInfo) {
      found.push(...(await readDenseAttributes(file, heap, message.open())));
    }
  }
  return Object.fromEntries(found);
}

async function readDenseAttributes(file: FileBytes, heap: GlobalHeap, info: Cursor): Promise<[string, PlainValue][]> {
  info.version("attribute info", 0);
  const flags = info.u8();
  if (flags & 1) info.advance(2);
  const heapAddress = info.address();
  const names = info.address();
  if (heapAddress === undefined || names === undefined) return [];
  const store = await openFractalHeap(file, heapAddress);
  const { records } = await readBtree2(file, names, [8]);
  const found: [string, PlainValue][] = [];
  for (const record of records) found.push(await readAttribute(file, heap, await store.read(record)));
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function readAttribute(file: FileBytes, heap: GlobalHeap, cursor: Cursor): Promise<[string, PlainValue]> {
  const version = cursor.version("attribute", 1, 2, 3);
  const flags = cursor.u8();
  const nameLength = cursor.u16();
  const typeLength = cursor.u16();
  const spaceLength = cursor.u16();
  if (version === 3) cursor.advance(1);
  const padded = (length: number) => (version === 1 ? Math.ceil(length / 8) * 8 : length);
  const name = cursor.text(padded(nameLength)).replace(/\0.*$/s, "");
  const typeCursor = part(cursor, padded(typeLength));
  const spaceCursor = part(cursor, padded(spaceLength));
  const isShared = version > 1 && (flags & 1) !== 0;
  const type = readDatatype(isShared ? await readSharedMessage(file, typeCursor, MESSAGE.datatype) : typeCursor);
  const space = readDataspace(
    version > 1 && (flags & 2) !== 0 ? await readSharedMessage(file, spaceCursor, MESSAGE.dataspace) : spaceCursor,
  );
  if (space.isNull) return [name, null];
  const count = volume(space.shape);
  if (count > MOST_ELEMENTS) {
    throw new MemoryLimitError("An attribute is too large.", {
      where: file.name,
      field: name,
      found: `${count} elements`,
      expected: `at most ${MOST_ELEMENTS}`,
    });
  }
  const values = await toPlain(cursor, type, count, heap, file);
  return [name, space.shape.length === 0 ? (values[0] ?? null) : values];
}

function part(cursor: Cursor, length: number): Cursor {
  const base = cursor.base + cursor.position;
  return new Cursor(cursor.take(length), base, cursor.where, cursor.sizes);
}

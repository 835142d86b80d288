/** What is in a group: names and the object headers or paths that they lead to. */
import { walkBtree1 } from "./btree1.js";
import { readBtree2 } from "./btree2.js";
import type { Cursor } from "./cursor.js";
import { openFractalHeap } from "./fractal-heap.js";
import { findMessage, MESSAGE, type ObjectHeader } from "./object-header.js";
import type { FileBytes } from "./superblock.js";

export type Link =
  | { readonly kind: "hard"; readonly address: number }
  | { readonly kind: "soft"; readonly path: string }
  /** Into another file: named, never followed. */
  | { readonly kind: "external" };

/** Links of a group by name, in the order of the names; `undefined` when the object is not a group. */
export async function readLinks(file: FileBytes, header: ObjectHeader): Promise<ReadonlyMap<string, Link> | undefined> {
  const links: [string, Link][] = [];
  let isGroup = false;
  const table = await findMessage(file, header, MESSAGE.symbolTable);
  if (table !== undefined) {
    isGroup = true;
    links.push(...(await readSymbolTable(file, table)));
  }
  for (const message of header.messages) {
    if (message.type === MESSAGE.link) {
      isGroup = true;
      links.push(readLink(message.open()));
    } else if (message.type === MESSAGE.linkInfo) {
      isGroup = true;
      links.push(...(await readDenseLinks(file, message.open())));
    }
  }
  if (!isGroup) return undefined;
  return new Map(links.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

async function readSymbolTable(file: FileBytes, cursor: Cursor): Promise<[string, Link][]> {
  const tree = cursor.definedAddress("entries of a group");
  const names = await readLocalHeap(file, cursor.definedAddress("names of a group"));
  const links: [string, Link][] = [];
  await walkBtree1(file, tree, 0, file.lengthSize, async (_key, address) => {
    const prefix = await file.at(address, 8);
    prefix.signature("SNOD");
    prefix.version("symbol table node", 1);
    prefix.advance(1);
    const count = prefix.u16();
    const body = await file.at(address + 8, count * (2 * file.offsetSize + 24));
    for (let i = 0; i < count; i++) {
      const name = textAt(names, body.uint(file.offsetSize));
      const object = body.address();
      const cache = body.u32();
      body.advance(4);
      const scratch = body.u32();
      body.advance(12);
      if (cache === 2) links.push([name, { kind: "soft", path: textAt(names, scratch) }]);
      else if (object !== undefined) links.push([name, { kind: "hard", address: object }]);
    }
  });
  return links;
}

async function readLocalHeap(file: FileBytes, address: number): Promise<Cursor> {
  const header = await file.at(address, 8 + 2 * file.lengthSize + file.offsetSize);
  header.signature("HEAP");
  header.version("local heap", 0);
  header.advance(3);
  const size = header.length();
  header.advance(file.lengthSize);
  return file.at(header.definedAddress("data of a local heap"), size);
}

function textAt(heap: Cursor, offset: number): string {
  heap.position = 0;
  heap.advance(offset);
  return heap.zeroTerminated();
}

async function readDenseLinks(file: FileBytes, info: Cursor): Promise<[string, Link][]> {
  info.version("link info", 0);
  const flags = info.u8();
  if (flags & 1) info.advance(8);
  const heapAddress = info.address();
  const names = info.address();
  if (heapAddress === undefined || names === undefined) return [];
  const heap = await openFractalHeap(file, heapAddress);
  const { records } = await readBtree2(file, names, [5]);
  const links: [string, Link][] = [];
  for (const record of records) {
    record.advance(4);
    links.push(readLink(await heap.read(record)));
  }
  return links;
}

function readLink(cursor: Cursor): [string, Link] {
  cursor.version("link", 1);
  const flags = cursor.u8();
  const type = flags & 0x08 ? cursor.u8() : 0;
  if (flags & 0x04) cursor.advance(8);
  if (flags & 0x10) cursor.advance(1);
  const name = cursor.text(cursor.uint(1 << (flags & 3)));
  if (type === 0) return [name, { kind: "hard", address: cursor.definedAddress("linked object") }];
  if (type === 1) return [name, { kind: "soft", path: cursor.text(cursor.u16()) }];
  return [name, { kind: "external" }];
}

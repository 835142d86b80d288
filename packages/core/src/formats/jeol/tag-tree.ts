/** The tree of named values in which Analysis Station keeps metadata and images. Layout: README.md beside this. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { decodeElements, type Elements, type ElementType, elementSize } from "../binary/element-type.js";
import { FileCursor } from "../binary/file-cursor.js";
import type { Json } from "../xml/xml-json.js";

/** A long array, which stays in the file until it is asked for. */
export interface TagArray {
  readonly offset: number;
  readonly bytes: number;
  readonly type: ElementType;
}

export type TagValue = number | boolean | string | readonly number[] | TagArray | undefined;

export interface TagNode {
  readonly name: string;
  readonly value: TagValue;
  readonly children: readonly TagNode[];
}

const LONGEST_INLINE = 1024;
const LONGEST_NAME = 1024;
const LONGEST_TEXT = 1 << 20;
const DEEPEST = 64;
const MOST_NODES = 1_000_000;
const OPEN = 1;
const CLOSE = -1;

const numberTypes: Readonly<Record<number, ElementType>> = {
  1: "u1",
  2: "u2",
  3: "i4",
  4: "f4",
  5: "f8",
  6: "u1",
  7: "u2",
  8: "i4",
  9: "f4",
  10: "f8",
  14: "u2",
};
const BOOLEANS = new Set([11, 65552, 65553]);
const TEXTS = new Set([12, 13, 20]);

/** Reads the tree that begins at `offset`. Throws FormatError where it is cut or does not close. */
export async function readTagTree(source: ByteSource, offset: number, signal?: AbortSignal): Promise<TagNode> {
  const cursor = new FileCursor(source, { signal });
  cursor.seek(offset, "tag tree");
  const root: MutableNode = { name: "", value: undefined, children: [] };
  const open: MutableNode[] = [root];
  for (let nodes = 0; ; ) {
    const at = cursor.offset;
    const mark = cursor.remaining === 0 ? CLOSE : await cursor.i8("tag mark");
    if (mark === OPEN) {
      if (++nodes > MOST_NODES || open.length > DEEPEST) throw broken(source, at, "The tree of tags is too large or too deep.");
      const node = await readNode(cursor);
      open.at(-1)!.children.push(node);
      open.push(node);
      continue;
    }
    if (open.length === 1) return root;
    if (mark !== CLOSE || cursor.offset === at) throw broken(source, at, "The tree of tags does not close.");
    open.pop();
  }
}

/** The node at the end of a path of names. */
export function findTag(node: TagNode | undefined, ...path: readonly string[]): TagNode | undefined {
  return path.reduce<TagNode | undefined>((at, name) => at?.children.find((child) => child.name === name), node);
}

/** A number at the end of a path, when it is finite. */
export function tagNumber(node: TagNode | undefined, ...path: readonly string[]): number | undefined {
  const value = findTag(node, ...path)?.value;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A text at the end of a path, when it is not empty. */
export function tagText(node: TagNode | undefined, ...path: readonly string[]): string | undefined {
  const value = findTag(node, ...path)?.value;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Numbers of an array at the end of a path, read from the file where they stayed there. */
export async function tagArray(
  source: ByteSource,
  node: TagNode | undefined,
  path: readonly string[],
  signal?: AbortSignal,
): Promise<Elements | undefined> {
  const value = findTag(node, ...path)?.value;
  if (typeof value === "number") return Float64Array.of(value);
  if (typeof value !== "object") return undefined;
  if (!("offset" in value)) return Float64Array.from(value);
  return decodeElements(await source.read(value.offset, value.bytes, signal), value.type);
}

/** The tree as plain data; long arrays are named by their length. */
export function tagsAsJson(node: TagNode): Json {
  const own = jsonOf(node.value);
  if (node.children.length === 0) return own;
  const entries = node.children.map((child): [string, Json] => [child.name, tagsAsJson(child)]);
  return Object.fromEntries(node.value === undefined ? entries : [["#value", own], ...entries]);
}

interface MutableNode extends TagNode {
  readonly children: MutableNode[];
}

async function readNode(cursor: FileCursor): Promise<MutableNode> {
  const name = await readText(cursor, LONGEST_NAME, "tag name");
  const type = await cursor.i32(`${name} type`);
  const bytes = await cursor.i32(`${name} length`);
  if (type === 0) return { name, value: undefined, children: [] };
  return { name, value: await readValue(cursor, name, type, bytes), children: [] };
}

async function readValue(cursor: FileCursor, name: string, type: number, bytes: number): Promise<TagValue> {
  const offset = cursor.offset;
  if (TEXTS.has(type)) {
    if (bytes > LONGEST_TEXT) throw broken(cursor.source, offset, "A text in the tree of tags is too long.");
    return decodeText(await cursor.bytes(bytes, name));
  }
  const numbers = numberTypes[type];
  if (numbers !== undefined && bytes <= LONGEST_INLINE) {
    const values = decodeElements(await cursor.bytes(bytes, name), numbers);
    return values.length === 1 ? values[0]! : Array.from(values);
  }
  if (BOOLEANS.has(type) && bytes >= 1 && bytes <= LONGEST_INLINE) return (await cursor.bytes(bytes, name))[0] !== 0;
  cursor.skip(bytes, name);
  return numbers === undefined ? undefined : { offset, bytes: bytes - (bytes % elementSize(numbers)), type: numbers };
}

async function readText(cursor: FileCursor, longest: number, field: string): Promise<string> {
  const offset = cursor.offset;
  const length = await cursor.i32(`${field} length`);
  if (length < 0 || length > longest) throw broken(cursor.source, offset, "A name in the tree of tags has an impossible length.");
  return decodeText(await cursor.bytes(length, field));
}

/** Several texts may follow each other, each ended by NUL. UTF-8, or Shift JIS as the Japanese program writes it. */
function decodeText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const used = bytes.subarray(0, end);
  const decode = (encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(used);
  try {
    return decode("utf-8");
  } catch {
    try {
      return decode("shift_jis");
    } catch {
      return new TextDecoder("windows-1252").decode(used);
    }
  }
}

function jsonOf(value: TagValue): Json {
  if (typeof value === "string") return value.includes("\0") ? value.split("\0") : value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "object")
    return "offset" in value ? `${value.bytes} bytes of ${value.type} at byte ${value.offset}` : value.map(jsonOf);
  return value ?? null;
}

function broken(source: ByteSource, offset: number, problem: string): FormatError {
  return new FormatError(problem, {
    where: source.name,
    field: "tag tree",
    offset,
    remedy: "Copy the file again from the microscope; it may be truncated.",
  });
}

/** The tree of tags that a DigitalMicrograph file is. Layout: README.md beside this. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { decodeElements, type Elements, type ElementType, elementSize } from "../binary/element-type.js";
import { FileCursor } from "../binary/file-cursor.js";
import type { Json } from "../xml/xml-json.js";

/** An array that stays in the file until it is asked for. */
export interface DmArray {
  readonly offset: number;
  readonly length: number;
  readonly type: ElementType;
  readonly littleEndian: boolean;
}

export type DmValue = number | string | readonly number[] | DmArray | undefined;

/** A tag: a value, or a group of tags. Unnamed ones are told apart by their place. */
export interface DmTag {
  readonly name: string;
  readonly value: DmValue;
  readonly children: readonly DmTag[];
}

const GROUP = 20;
const DATA = 21;
const STRUCT = 15;
const STRING = 18;
const ARRAY = 20;
const DEEPEST = 64;
const MOST_TAGS = 2_000_000;
const LONGEST_INLINE = 256;
const LONGEST_TEXT = 1 << 20;
const MOST_FIELDS = 4096;

const types: Readonly<Record<number, ElementType>> = {
  2: "i2",
  3: "i4",
  4: "u2",
  5: "u4",
  6: "f4",
  7: "f8",
  8: "u1",
  9: "i1",
  10: "u1",
  11: "i8",
  12: "u8",
};

/** Reads all tags; arrays stay in the file. Throws FormatError, UnsupportedError for versions other than 3 and 4. */
export async function readDmTags(source: ByteSource, signal?: AbortSignal): Promise<DmTag> {
  const cursor = new FileCursor(source, { signal, littleEndian: false });
  const version = await cursor.u32("version");
  if (version !== 3 && version !== 4) {
    throw new UnsupportedError("This is not a DigitalMicrograph file of version 3 or 4.", {
      where: source.name,
      field: "version",
      offset: 0,
      found: String(version),
      expected: "3 or 4",
    });
  }
  if (version === 3) await cursor.u32("file size");
  else await cursor.u64("file size");
  const littleEndian = (await cursor.u32("byte order")) === 1;
  return new TagReader(cursor, version === 4, littleEndian).readRoot();
}

class TagReader {
  readonly #cursor: FileCursor;
  readonly #wide: boolean;
  readonly #littleEndian: boolean;
  #tags = 0;

  constructor(cursor: FileCursor, wide: boolean, littleEndian: boolean) {
    this.#cursor = cursor;
    this.#wide = wide;
    this.#littleEndian = littleEndian;
  }

  async readRoot(): Promise<DmTag> {
    this.#cursor.skip(2, "root group");
    return { name: "", value: undefined, children: await this.#readTags(await this.#size("number of tags"), 0) };
  }

  async #readTags(count: number, depth: number): Promise<DmTag[]> {
    if (depth > DEEPEST) this.#fail("Groups of tags are nested too deeply.", "tag group", `at most ${DEEPEST} levels`);
    const children: DmTag[] = [];
    for (let i = 0; i < count; i++) {
      if (++this.#tags > MOST_TAGS) this.#fail("There are too many tags.", "tag group", `at most ${MOST_TAGS}`);
      children.push(await this.#readTag(depth));
    }
    return children;
  }

  async #readTag(depth: number): Promise<DmTag> {
    const kind = await this.#cursor.u8("tag kind");
    const name = await this.#cursor.text(await this.#cursor.u16("length of the tag's name"), "tag name");
    if (this.#wide) this.#cursor.skip(8, `${name} size`);
    if (kind === GROUP) {
      this.#cursor.skip(2, `${name} group`);
      return { name, value: undefined, children: await this.#readTags(await this.#size(`${name} number of tags`), depth + 1) };
    }
    if (kind !== DATA) this.#fail("A tag is neither a group nor data.", "tag kind", "20 or 21", String(kind));
    return { name, value: await this.#readData(name), children: [] };
  }

  async #readData(name: string): Promise<DmValue> {
    const delimiter = await this.#cursor.text(4, `${name} delimiter`);
    if (delimiter !== "%%%%") this.#fail("The mark before a value is missing.", `${name} delimiter`, "%%%%", delimiter);
    const length = await this.#size(`${name} description`);
    if (length < 1 || length > MOST_FIELDS)
      this.#fail("The description of a value has an impossible length.", name, `1 to ${MOST_FIELDS}`);
    const description: number[] = [];
    for (let i = 0; i < length; i++) description.push(await this.#size(`${name} description`));
    return this.#readValue(name, description);
  }

  async #readValue(name: string, description: readonly number[]): Promise<DmValue> {
    const [kind, second = 0, third = 0] = description;
    if (description.length === 1) return this.#readNumber(name, kind!);
    if (kind === STRING) return this.#readText(name, second);
    if (kind === STRUCT) return this.#readStruct(name, description.slice(1));
    if (kind === ARRAY && description.length === 3) return this.#readArray(name, second, third);
    if (kind === ARRAY) return this.#skipArray(name, description.slice(1));
    return this.#fail("The type of a value is not known.", name, "a number, string, struct or array", String(kind));
  }

  async #readNumber(name: string, kind: number): Promise<number> {
    const type = this.#typeOf(name, kind);
    return decodeElements(await this.#cursor.bytes(elementSize(type), name), type, this.#littleEndian)[0]!;
  }

  async #readText(name: string, letters: number): Promise<DmValue> {
    if (letters > LONGEST_TEXT) return this.#skipBytes(name, letters);
    return this.#cursor.text(letters, name);
  }

  async #readArray(name: string, kind: number, length: number): Promise<DmValue> {
    const type = this.#typeOf(name, kind);
    const bytes = length * elementSize(type);
    if (kind === 4 && length > 0 && length <= LONGEST_INLINE * 16 && name !== "Data") {
      const letters = decodeElements(await this.#cursor.bytes(bytes, name), type, this.#littleEndian);
      return String.fromCharCode(...letters).replace(/\0.*$/s, "");
    }
    if (length <= LONGEST_INLINE && name !== "Data") {
      return Array.from(decodeElements(await this.#cursor.bytes(bytes, name), type, this.#littleEndian));
    }
    const { offset } = this.#cursor;
    this.#cursor.skip(bytes, name);
    return { offset, length, type, littleEndian: this.#littleEndian };
  }

  async #readStruct(name: string, description: readonly number[]): Promise<readonly number[]> {
    const values: number[] = [];
    for (const kind of this.#fieldsOf(name, description)) values.push(await this.#readNumber(name, kind));
    return values;
  }

  /** Arrays of structs, texts or arrays: nothing here uses them. */
  #skipArray(name: string, description: readonly number[]): undefined {
    const [kind, second = 0, third = 0] = description;
    const length = description.at(-1)!;
    if (kind === STRUCT) {
      const bytes = this.#fieldsOf(name, description.slice(1, -1)).reduce(
        (sum, field) => sum + elementSize(this.#typeOf(name, field)),
        0,
      );
      return this.#skipBytes(name, bytes * length);
    }
    if (kind === STRING) return this.#skipBytes(name, second * length);
    if (kind === ARRAY) return this.#skipBytes(name, elementSize(this.#typeOf(name, second)) * third * length);
    return this.#fail("The type of a value is not known.", name, "an array of structs, strings or arrays", String(kind));
  }

  /** `[length of the name, number of fields, then length of the name and type of each field]` */
  #fieldsOf(name: string, description: readonly number[]): number[] {
    const count = description[1] ?? 0;
    if (count > MOST_FIELDS || description.length < 2 + 2 * count) {
      this.#fail("A struct does not have the fields that it announces.", name, `${count} fields`);
    }
    return Array.from({ length: count }, (_, i) => description[3 + 2 * i]!);
  }

  #skipBytes(name: string, bytes: number): undefined {
    this.#cursor.skip(bytes, name);
    return undefined;
  }

  #typeOf(name: string, kind: number): ElementType {
    return types[kind] ?? this.#fail("The type of a number is not known.", name, "2 to 12", String(kind));
  }

  /** A count or length; 8 bytes in version 4. */
  async #size(field: string): Promise<number> {
    return this.#wide ? this.#cursor.u64(field) : this.#cursor.u32(field);
  }

  #fail(problem: string, field: string, expected: string, found?: string): never {
    throw new FormatError(problem, { where: this.#cursor.source.name, field, offset: this.#cursor.offset, found, expected });
  }
}

/** The tag at the end of a path of names; a number stands for the place in an unnamed group. */
export function findDmTag(tag: DmTag | undefined, ...path: readonly (string | number)[]): DmTag | undefined {
  return path.reduce<DmTag | undefined>(
    (at, part) => (typeof part === "number" ? at?.children[part] : at?.children.find(({ name }) => name === part)),
    tag,
  );
}

/** A finite number at the end of a path. */
export function dmNumber(tag: DmTag | undefined, ...path: readonly (string | number)[]): number | undefined {
  const value = findDmTag(tag, ...path)?.value;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A text at the end of a path, when it is not empty. */
export function dmText(tag: DmTag | undefined, ...path: readonly (string | number)[]): string | undefined {
  const value = findDmTag(tag, ...path)?.value;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Numbers of an array that stayed in the file. */
export async function readDmArray(source: ByteSource, array: DmArray, signal?: AbortSignal): Promise<Elements> {
  const bytes = await source.read(array.offset, array.length * elementSize(array.type), signal);
  return decodeElements(bytes, array.type, array.littleEndian);
}

/** The tree as plain data: unnamed tags become a list; arrays in the file are named by their length. */
export function dmTagsAsJson(tag: DmTag): Json {
  if (tag.children.length === 0) return jsonOf(tag.value);
  if (tag.children.every(({ name }) => name === "")) return tag.children.map(dmTagsAsJson);
  return Object.fromEntries(tag.children.map((child, i) => [child.name === "" ? String(i) : child.name, dmTagsAsJson(child)]));
}

function jsonOf(value: DmValue): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "object")
    return "offset" in value ? `${value.length} values of ${value.type} at byte ${value.offset}` : value.map(jsonOf);
  return value ?? null;
}

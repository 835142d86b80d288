/** The metadata trees of HyperSpy files as plain data, and looking things up in them by HyperSpy's names. */
import { isSigmaError } from "../../errors.js";
import type { PlainValue } from "../hdf5/values.js";
import { type DataGroup, isGroup, isLeaf } from "./data-tree.js";

const MOST_NODES = 20_000;
const MOST_VALUES = 10_000;
const DEEPEST = 32;

export type Tree = { readonly [name: string]: PlainValue };

/** A tree, and what could not be read in it (one sentence each). */
export interface ReadTree {
  readonly tree: Tree;
  readonly problems: readonly string[];
}

/**
 * A group with everything below it: attributes, groups and arrays under the names that the file uses. Large arrays are named, not read;
 * what is damaged is left out and said in `problems`.
 */
export async function readTree(group: DataGroup | undefined): Promise<ReadTree> {
  const problems: string[] = [];
  if (group === undefined) return { tree: {}, problems };
  let nodes = 0;
  const read = async (at: DataGroup, depth: number): Promise<Tree> => {
    const pairs: [string, PlainValue][] = Object.entries(await attempt(at.path, () => at.attributes(), {}));
    for (const name of at.names) {
      if (++nodes > MOST_NODES || depth >= DEEPEST) {
        problems.push(`${at.path} holds more than is read as metadata.`);
        break;
      }
      const value = await attempt(`${at.path}/${name}`, () => readNode(at, name, depth), undefined);
      if (value !== undefined) pairs.push([name, value]);
    }
    return Object.fromEntries(pairs);
  };
  const readNode = async (at: DataGroup, name: string, depth: number): Promise<PlainValue | undefined> => {
    const node = await at.get(name);
    if (isGroup(node)) return read(node, depth + 1);
    if (!isLeaf(node)) return undefined;
    const total = node.shape.reduce((product, size) => product * size, 1);
    return total > MOST_VALUES ? `array of ${node.shape.join(" x ")} values, not read` : node.plain();
  };
  const attempt = async <T>(where: string, action: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push(`${where}: ${error.message}`);
      return otherwise;
    }
  };
  return { tree: await read(group, 0), problems };
}

/** The value at a path; HyperSpy's prefixes of lists and tuples are seen through. `undefined` for nothing and for `_None_`. */
export function lookUp(tree: Tree, ...path: readonly string[]): PlainValue | undefined {
  let at: PlainValue | undefined = tree;
  for (const name of path) {
    if (!isTree(at)) return undefined;
    const found: [string, PlainValue] | undefined = Object.entries(at).find(([key]) => plainName(key) === name);
    at = found?.[1];
  }
  return at === null || at === "_None_" ? undefined : at;
}

/** A number, also when it is written as text. `undefined` otherwise. */
export function numberAt(tree: Tree, ...path: readonly string[]): number | undefined {
  const value = lookUp(tree, ...path);
  const first = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const number = typeof first === "string" && first.trim() !== "" ? Number(first) : first;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Text that is not empty. `undefined` otherwise. */
export function textAt(tree: Tree, ...path: readonly string[]): string | undefined {
  const value = lookUp(tree, ...path);
  const first = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof first === "string" && first.trim() !== "" ? first.trim() : undefined;
}

/** Texts of a list, whether it is kept as an array, as numbered entries or as a single text. */
export function textsAt(tree: Tree, ...path: readonly string[]): string[] {
  const value = lookUp(tree, ...path);
  if (typeof value === "string") return value.split(/[,;\s]+/).filter((part) => part !== "");
  const entries = Array.isArray(value) ? value : isTree(value) ? Object.values(value) : [];
  return entries.filter((entry): entry is string => typeof entry === "string");
}

export function isTree(value: PlainValue | undefined): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `_list_elements`, `_list_2_elements` and `_tuple_elements` are called `elements`. */
function plainName(key: string): string {
  return key.replace(/^_(?:list|tuple)_(?:empty_)?(?:\d+_)?/, "");
}

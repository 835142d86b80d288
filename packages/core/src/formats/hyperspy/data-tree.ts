/** Groups, attributes and arrays: what HyperSpy's HDF5 and Zarr files have in common. */
import type { NumberArray } from "../arrays/number-array.js";
import type { PlainValue } from "../hdf5/values.js";

export interface DataGroup {
  readonly path: string;
  /** Names of groups and arrays in it, in code-unit order. */
  readonly names: readonly string[];
  attributes(): Promise<Readonly<Record<string, PlainValue>>>;
  get(name: string): Promise<DataGroup | DataLeaf | undefined>;
}

export interface DataLeaf {
  readonly path: string;
  readonly shape: readonly number[];
  /** Its numbers. Throws UnsupportedError when it does not hold any. */
  array(): NumberArray;
  /** All its values, row-major. Throws MemoryLimitError when there are too many. */
  plain(): Promise<readonly PlainValue[]>;
}

export function isGroup(node: DataGroup | DataLeaf | undefined): node is DataGroup {
  return node !== undefined && "names" in node;
}

export function isLeaf(node: DataGroup | DataLeaf | undefined): node is DataLeaf {
  return node !== undefined && !("names" in node);
}

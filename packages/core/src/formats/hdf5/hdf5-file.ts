/**
 * HDF5 files, read through byte ranges: groups, attributes and datasets, and nothing of the data before it is asked for.
 *
 * After The HDF Group, "HDF5 File Format Specification Version 3.0". See README.md for what is read and what is not.
 */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { type Attributes, readAttributes } from "./attributes.js";
import { type Hdf5Dataset, openDataset } from "./dataset.js";
import { GlobalHeap } from "./global-heap.js";
import { type Link, readLinks } from "./links.js";
import { MESSAGE, type ObjectHeader, readObjectHeader } from "./object-header.js";
import { type FileBytes, readSuperblock } from "./superblock.js";

const MOST_SOFT_LINKS = 16;

export type Hdf5Object = Hdf5Group | Hdf5Dataset;

interface Context {
  readonly file: FileBytes;
  readonly heap: GlobalHeap;
  readonly headers: WeakMap<object, ObjectHeader>;
  root?: Hdf5Group;
}

export class Hdf5Group {
  readonly kind = "group";
  readonly path: string;
  readonly #context: Context;
  readonly #links: ReadonlyMap<string, Link>;

  constructor(context: Context, path: string, links: ReadonlyMap<string, Link>) {
    this.#context = context;
    this.path = path;
    this.#links = links;
  }

  /** Names of what the group holds, in code-unit order; links into other files are left out. */
  get names(): readonly string[] {
    return [...this.#links].filter(([, link]) => link.kind !== "external").map(([name]) => name);
  }

  /** The object at a path below this group (above it with a leading `/`); `undefined` when there is none. Throws FormatError when it is damaged. */
  async get(path: string): Promise<Hdf5Object | undefined> {
    return this.#find(path, 0);
  }

  /** Like {@link get}, for a group. */
  async group(path: string): Promise<Hdf5Group | undefined> {
    const found = await this.get(path);
    return found?.kind === "group" ? found : undefined;
  }

  /** Like {@link get}, for a dataset. */
  async dataset(path: string): Promise<Hdf5Dataset | undefined> {
    const found = await this.get(path);
    return found?.kind === "dataset" ? found : undefined;
  }

  async attributes(): Promise<Attributes> {
    return attributesOf(this.#context, this);
  }

  /** Attributes of a dataset of the same file. */
  async attributesOf(object: Hdf5Object): Promise<Attributes> {
    return attributesOf(this.#context, object);
  }

  async #find(path: string, softLinks: number): Promise<Hdf5Object | undefined> {
    const steps = path.split("/").filter((step) => step !== "" && step !== ".");
    let at: Hdf5Object | undefined = path.startsWith("/") ? this.#context.root : this;
    for (const step of steps) {
      if (at?.kind !== "group") return undefined;
      at = await at.#child(step, softLinks);
    }
    return at;
  }

  async #child(name: string, softLinks: number): Promise<Hdf5Object | undefined> {
    const link = this.#links.get(name);
    if (link === undefined || link.kind === "external") return undefined;
    if (link.kind === "hard") return openObject(this.#context, link.address, `${this.path}/${name}`);
    if (softLinks >= MOST_SOFT_LINKS) {
      throw new FormatError("Links lead in a circle.", { where: this.#context.file.name, field: `${this.path}/${name}` });
    }
    return this.#find(link.path, softLinks + 1);
  }
}

/** Opens the root group. Throws FormatError when this is no HDF5 file or its structures are damaged. */
export async function openHdf5(source: ByteSource): Promise<Hdf5Group> {
  const { file, root } = await readSuperblock(source);
  const context: Context = { file, heap: new GlobalHeap(file), headers: new WeakMap() };
  const opened = await openObject(context, root, "");
  if (opened?.kind !== "group")
    throw new FormatError("The file does not begin with a group.", { where: source.name, offset: root });
  context.root = opened;
  return opened;
}

/** `undefined` for a named datatype, which is neither group nor dataset. */
async function openObject(context: Context, address: number, path: string): Promise<Hdf5Object | undefined> {
  const header = await readObjectHeader(context.file, address);
  const links = await readLinks(context.file, header);
  const holdsData = header.messages.some((message) => message.type === MESSAGE.layout || message.type === MESSAGE.dataspace);
  if (links === undefined && !holdsData && header.messages.some((message) => message.type === MESSAGE.datatype)) return undefined;
  const object =
    links === undefined ? await openDataset(context.file, context.heap, header, path) : new Hdf5Group(context, path, links);
  context.headers.set(object, header);
  return object;
}

async function attributesOf(context: Context, object: Hdf5Object): Promise<Attributes> {
  const header = context.headers.get(object);
  return header === undefined ? {} : readAttributes(context.file, context.heap, header);
}

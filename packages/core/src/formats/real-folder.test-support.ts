/** The folder of real files, in Node and in the browser alike: there Vitest's server reads them (`scripts/real-files-commands.ts`). */
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import type { ExpectedFile } from "./expected-readings.test-support.js";

export interface RealFolder {
  /** Paths of all files, as the manifest lists them. */
  readonly paths: readonly string[];
  /** What the independent reader found, by path. */
  readonly expected: Readonly<Record<string, ExpectedFile>>;
  /** A file with the other files of its folder beside it. */
  open(path: string): Promise<ByteSource>;
}

/** `undefined` where there are no real files. */
export async function openRealFolder(): Promise<RealFolder | undefined> {
  const read = "document" in globalThis ? await readerInBrowser() : await readerInNode();
  const manifest = await read("MANIFEST.tsv");
  const expected = await read("expected.json");
  if (manifest === undefined || expected === undefined) return undefined;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const paths = text(manifest)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t")[0]!);
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  const open = async (path: string): Promise<ByteSource> => ({
    ...bytesInMemory(path.slice(folderOf(path).length), (await read(path))!),
    async sibling(name) {
      const found = paths.find((other) => other.toLowerCase() === `${folderOf(path)}${name}`.toLowerCase());
      return found === undefined ? undefined : open(found);
    },
  });
  return { paths, expected: (JSON.parse(text(expected)) as { files: Record<string, ExpectedFile> }).files, open };
}

type ReadReal = (path: string) => Promise<Uint8Array | undefined>;

async function readerInBrowser(): Promise<ReadReal> {
  const { commands } = await import("vitest/browser");
  return async (path) => {
    const text = await commands.readRealFile(path);
    return text === null ? undefined : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  };
}

async function readerInNode(): Promise<ReadReal> {
  const { dataFolder } = await import("./expected-readings.test-support.js");
  const { existsSync, readFileSync } = await import("node:fs");
  return async (path) => {
    const file = `${dataFolder}/${path}`;
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
  };
}

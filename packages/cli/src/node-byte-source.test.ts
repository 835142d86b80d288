import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AbortedError, FormatError } from "@sigma-eds/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNodeFile } from "./node-byte-source.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sigma-bytes-"));
  await writeFile(
    join(folder, "map.rpl"),
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
  await writeFile(join(folder, "Map.RAW"), "raw");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("openNodeFile", () => {
  test("reads ranges", async () => {
    const source = await openNodeFile(join(folder, "map.rpl"));
    expect(source.name).toBe("map.rpl");
    expect(source.size).toBe(100);
    expect([...(await source.read(10, 3))]).toEqual([10, 11, 12]);
    expect(await source.read(100, 0)).toHaveLength(0);
    await source.close();
  });

  test("reads ranges into memory that is there", async () => {
    const source = await openNodeFile(join(folder, "map.rpl"));
    const target = new Uint8Array(6);
    await source.readInto?.(10, target.subarray(1, 4));
    expect([...target]).toEqual([0, 10, 11, 12, 0, 0]);
    await expect(source.readInto?.(98, target)).rejects.toThrow(FormatError);
    await expect(source.readInto?.(0, target, AbortSignal.abort())).rejects.toThrow(AbortedError);
    await source.close();
  });

  test("refuses ranges that leave the file", async () => {
    const source = await openNodeFile(join(folder, "map.rpl"));
    for (const [offset, length] of [
      [99, 2],
      [-1, 1],
      [0, 101],
      [0.5, 1],
      [Number.NaN, 1],
    ] as const) {
      await expect(source.read(offset, length)).rejects.toThrow(FormatError);
    }
    await source.close();
  });

  test("says so when the file shrinks while it is open", async () => {
    const path = join(folder, "shrinking.bin");
    await writeFile(path, new Uint8Array(50));
    const source = await openNodeFile(path);
    await writeFile(path, new Uint8Array(20));
    await expect(source.read(10, 30)).rejects.toThrow(/ends before the data/);
    await source.close();
  });

  test("finds siblings whatever the case of their letters, opens each once and closes them with the first", async () => {
    const source = await openNodeFile(join(folder, "map.rpl"));
    const sibling = await source.sibling("map.raw");
    expect(sibling?.name).toBe("Map.RAW");
    expect(await source.sibling("MAP.raw")).toBe(sibling);
    expect(await source.sibling("other.raw")).toBeUndefined();
    expect(await source.sibling("../map.rpl")).toBeUndefined();
    await source.close();
    await expect(sibling?.read(0, 1)).rejects.toThrow();
  });

  test("finds files in folders below, and none above", async () => {
    await mkdir(join(folder, "Sample", "View"), { recursive: true });
    await writeFile(join(folder, "Sample", "View", "a.PTS"), "x");
    const source = await openNodeFile(join(folder, "map.rpl"));
    expect((await source.sibling("sample/view/A.pts"))?.name).toBe("a.PTS");
    expect(await source.sibling("sample/a.pts")).toBeUndefined();
    expect(await source.sibling("sample/../map.rpl")).toBeUndefined();
    expect(await source.sibling("map.rpl/a.pts")).toBeUndefined();
    expect(await (await source.sibling("sample/view/a.pts"))?.sibling("map.raw")).toBeUndefined();
    await source.close();
  });

  test("reads a set of more files than may be open, and says which it opened", async () => {
    await mkdir(join(folder, "chunks"));
    const names = Array.from({ length: 150 }, (_, i) => `chunks/${i}.0`);
    for (const [i, name] of names.entries()) await writeFile(join(folder, name), Uint8Array.of(i));
    const source = await openNodeFile(join(folder, "map.rpl"));
    for (const round of [1, 2]) {
      const bytes = await Promise.all(names.map(async (name) => (await (await source.sibling(name))!.read(0, 1))[0]));
      expect(bytes, `round ${round}`).toEqual(names.map((_, i) => i));
    }
    expect(openIn(join(folder, "chunks"))).toBeLessThan(120);
    expect(source.opened()).toEqual(["map.rpl", ...names]);
    await source.close();
  });

  test.each([
    ["missing.bcf", /no such file/],
    [".", /folder/],
  ])("names what is wrong with %s", async (name, reason) => {
    await expect(openNodeFile(join(folder, name))).rejects.toThrow(FormatError);
    await expect(openNodeFile(join(folder, name))).rejects.toThrow(reason);
  });

  test("stops when asked to", async () => {
    const source = await openNodeFile(join(folder, "map.rpl"));
    await expect(source.read(0, 1, AbortSignal.abort())).rejects.toThrow(AbortedError);
    await source.close();
  });
});

/** Files of a folder that this process has open; 0 where the system does not tell. */
function openIn(folder: string): number {
  const descriptors = "/proc/self/fd";
  const names = existsSync(descriptors) ? readdirSync(descriptors) : [];
  return names.filter((name) => targetOf(join(descriptors, name)).startsWith(folder)).length;
}

/** What a descriptor stands for; nothing where it was closed meanwhile. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

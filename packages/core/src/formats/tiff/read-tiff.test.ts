import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSigmaError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { decodeElements, type ElementType } from "../binary/element-type.js";
import goldenTiffs from "./golden/tiffs.json" with { type: "json" };
import { readTiffPage } from "./read-tiff.js";
import { readTiffDirectories } from "./tiff-directory.js";
import { meaningOf } from "./tiff-meaning.js";
import { writeTiff } from "./write-tiff.js";

async function read(bytes: Uint8Array) {
  const source = bytesInMemory("a.tif", bytes);
  const file = await readTiffDirectories(source);
  const meaning = meaningOf(file);
  const pages = [];
  for (let i = 0; i < meaning.pages; i++)
    pages.push(await readTiffPage(source, file, file.pages[meaning.stackBehindOneDirectory ? 0 : i]!));
  return { pages, meaning };
}

const base64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Element type and base64. */
function values(page: string): number[] {
  const [type, data] = page.split(" ") as [ElementType, string];
  return [...decodeElements(base64(data), type)];
}

describe("files that tifffile wrote", () => {
  test.each(goldenTiffs)("$name", async ({ file, pages, names, pixelSizeUm }) => {
    const found = await read(base64(file));
    if (!found.meaning.stackBehindOneDirectory) expect(found.pages.map(({ data }) => [...data])).toEqual(pages.map(values));
    expect(found.meaning.pages).toBe(pages.length);
    expect(found.meaning.names.filter((name) => name !== undefined)).toEqual(names);
    if (pixelSizeUm === null) expect(found.meaning.pixelSizeUm).toBeUndefined();
    else for (const [i, size] of pixelSizeUm.entries()) expect(found.meaning.pixelSizeUm![i]).toBeCloseTo(size, 6);
  });
});

test("what we write is what we read", async () => {
  const data = Float32Array.of(1.5, -2, Number.NaN, 4, 5, 6);
  const found = await read(writeTiff({ width: 3, height: 2, data, pixelSizeUm: [0.5, 0.25] }));
  expect(found.pages[0]).toEqual({ width: 3, height: 2, data, samples: 1 });
  expect(found.meaning.pixelSizeUm![0]).toBeCloseTo(0.5, 9);
  expect(found.meaning.pixelSizeUm![1]).toBeCloseTo(0.25, 9);
});

test("a page of more pixels than the file can hold is refused before anything is allocated", async () => {
  const bytes = writeTiff({ width: 4, height: 3, data: new Uint16Array(12) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const littleEndian = bytes[0] === 0x49;
  const directory = view.getUint32(4, littleEndian);
  for (let i = 0; i < view.getUint16(directory, littleEndian); i++) {
    const entry = directory + 2 + 12 * i;
    const tag = view.getUint16(entry, littleEndian);
    const isLong = view.getUint16(entry + 2, littleEndian) === 4;
    if (tag !== 256) continue;
    if (isLong) view.setUint32(entry + 8, 65_000, littleEndian);
    else view.setUint16(entry + 8, 65_000, littleEndian);
  }
  await expect(read(bytes)).rejects.toThrow(/larger than its file can hold/);
});

test("a count that the file cannot hold is refused before anything is allocated", async () => {
  const bytes = writeTiff({ width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i++) {
    const at = directory + 2 + 12 * i;
    if (view.getUint16(at, true) === 273) view.setUint32(at + 4, 0x7fffffff, true);
  }
  await expect(read(bytes)).rejects.toMatchObject({ tag: "unsupported", facts: { field: "tag 273 count" } });
});

test("directories that go round in a circle, and blocks that are not listed, are errors", async () => {
  const bytes = writeTiff({ width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  const next = directory + 2 + 12 * view.getUint16(directory, true);
  view.setUint32(next, directory, true);
  await expect(read(bytes)).rejects.toMatchObject({ tag: "format", facts: { field: "next directory" } });
});

test("any damage gives pages or a typed error", async () => {
  const files = goldenTiffs.map(({ file }) => base64(file));
  const which = fc.integer({ min: 0, max: files.length - 1 });
  const change = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    value: fc.integer({ min: 0, max: 255 }),
    end: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      which,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      async (i, changes, cut) => {
        const bytes = files[i]!.slice(0, cut === null ? undefined : Math.floor(files[i]!.length * cut));
        for (const { at, value, end } of changes) {
          const place = end ? bytes.length - 1 - Math.floor(at * Math.min(300, bytes.length)) : Math.floor(at * bytes.length);
          if (place >= 0 && place < bytes.length) bytes[place] = value;
        }
        try {
          await read(bytes);
        } catch (error) {
          if (!isSigmaError(error)) throw error;
        }
      },
    ),
    { numRuns: 300, seed: 42 },
  );
});

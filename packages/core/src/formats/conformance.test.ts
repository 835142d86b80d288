/** What every format must keep to: a new one is tested by its line in the registry and its example. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbortedError, FormatError, isSigmaError, UnsupportedError } from "../errors.js";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { type CountBlock, checkBlock, navigationRowLength, pixelCount } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { damagedCopy, damages, readAll } from "./damage.test-support.js";
import { examples, furtherExamples } from "./examples.test-support.js";
import type { Format } from "./format.js";
import { detectFormat, type FormatId, formats, openFile } from "./registry.js";

const ids = Object.keys(formats) as FormatId[];

describe.each(ids)("format %s", (id) => {
  const format: Format = formats[id];

  test("is described: its id is its key, its extensions are in lower case with a dot", () => {
    expect(format.id).toBe(id);
    expect(format.name).not.toBe("");
    for (const extension of format.extensions) expect(extension).toMatch(/^\.[a-z0-9]+$/);
    expect(format.extensions.length).toBeGreaterThan(0);
  });

  test("is in docs/formats.md, with its extensions", () => {
    const documents = readFileSync(new URL("../../../../docs/formats.md", import.meta.url), "utf8");
    const row = documents.split("\n").find((line) => line.startsWith(`| ${format.name} |`));
    for (const extension of format.extensions.filter((one) => !/^\.z[mg]/.test(one))) expect(row).toContain(`\`${extension}\``);
  });

  test("never throws when it looks at a file, and answers yes, maybe or no", () => {
    const words = fc.constantFrom("AAMVHFSS", "\x89HDF\r\n", "#FORMAT", "width\t3\n", "data-length", "<?xml", "PK", "II*\0");
    const head = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }).map((parts) => new TextEncoder().encode(parts.join(""))),
    );
    const name = fc.oneof(fc.string(), fc.constantFrom(...format.extensions.map((extension) => `a${extension}`)));
    fc.assert(
      fc.property(head, name, (bytes, fileName) => {
        expect(["yes", "maybe", "no"]).toContain(format.detect(bytes, fileName));
      }),
      { numRuns: 300, seed: 17 },
    );
  });

  test("knows its example by content, under any name", async () => {
    const source = await examples[id]();
    const head = await source.read(0, Math.min(4096, source.size));
    expect(format.detect(head, source.name)).toBe("yes");
    expect(format.detect(head, "renamed.bin")).not.toBe("no");
    expect(await detectFormat(source)).toBe(id);
  });

  test("does not claim what is not its own", () => {
    for (const foreign of foreignBytes) expect(format.detect(foreign, "file.bin")).toBe("no");
    for (const foreign of foreignBytes) expect(format.detect(foreign, `file${format.extensions[0]}`)).not.toBe("yes");
  });

  test("refuses foreign bytes with a typed error that names the file", async () => {
    const reader = await format.reader();
    for (const foreign of foreignBytes) {
      const opening = reader.open(bytesInMemory(`foreign${format.extensions[0]}`, foreign));
      await expect(opening).rejects.toSatisfy((error) => isSigmaError(error));
      await expect(opening).rejects.toThrow(/foreign/);
    }
  });

  test("gives axes whose sizes are those of the counts", async () => {
    for (const { counts, navigationAxes, energyAxis } of await datasetsOf(id)) {
      expect(navigationAxes.map(({ size }) => size)).toEqual(counts.navigationShape);
      expect(energyAxis.size).toBe(counts.channels);
      expect(energyAxis.name).toBe("energy");
    }
  });

  test("gives metadata in plain data, and findings with a code, a sentence and what they disable", async () => {
    const { datasets, images, ...rest } = await openFile(await examples[id]());
    expect(rest.format).toBe(id);
    for (const { metadata, originalMetadata, loadReport, ...image } of datasets) {
      for (const plain of [metadata, originalMetadata, loadReport]) {
        expect(() => structuredClone(plain)).not.toThrow();
        expect(() => JSON.stringify(plain)).not.toThrow();
      }
      for (const finding of loadReport.findings) {
        expect(finding.code).toMatch(/^[a-z][a-z0-9-]+$/);
        expect(finding.message).toMatch(/^[A-Z0-9].*\.$/s);
        if (finding.severity === "info") expect(finding.disables ?? []).toEqual([]);
      }
      for (const { data, width, height } of [...image.images, ...images]) expect(data).toHaveLength(width * height);
    }
  });

  test("gives blocks of whole rows that cover every pixel once, without zeros, the same each time", async () => {
    for (const { counts } of await datasetsOf(id)) {
      const row = navigationRowLength(counts.navigationShape);
      const readings: CountBlock[][] = [[], []];
      for (const reading of readings) {
        let next = 0;
        for await (const block of counts.blocks()) {
          checkBlock(block, counts.channels);
          expect(block.firstPixel).toBe(next);
          expect(block.pixels % row).toBe(0);
          expect(block.count.subarray(block.rowStart[0], block.rowStart[block.pixels])).not.toContain(0);
          next += block.pixels;
          reading.push(structuredClone(block));
        }
        expect(next).toBe(pixelCount(counts.navigationShape));
      }
      expect(readings[1]).toEqual(readings[0]);
    }
  });

  test("stops when asked to", async () => {
    const stopped = AbortSignal.abort();
    await expect(openFile(await examples[id](), { signal: stopped })).rejects.toThrow(AbortedError);
    for (const { counts } of await datasetsOf(id)) {
      const reading = (async () => {
        for await (const _ of counts.blocks({ signal: stopped }));
      })();
      await expect(reading).rejects.toThrow(AbortedError);
    }
  });

  test("reads its file in ranges that lie inside it", async () => {
    const source = await examples[id]();
    const { datasets } = await openFile(guarded(source));
    for (const { counts } of datasets) for await (const block of counts.blocks()) expect(block.pixels).toBeGreaterThan(0);
  });

  test("reads every kind of its files whole, and gives a result or a typed error for damaged ones", async () => {
    for (const example of [examples[id], ...(furtherExamples[id] ?? [])]) {
      const source = await example();
      expect(await detectFormat(source)).toBe(id);
      const { contents, broken } = await readAll(format, source);
      expect(broken).toEqual([]);
      expect(contents!.datasets.length + contents!.images.length).toBeGreaterThan(0);
      const bytes = await source.read(0, source.size);
      const property = fc.asyncProperty(damages(bytes.length, Math.ceil(bytes.length / 4)), async (damage) => {
        const damaged = damagedCopy(bytes, damage);
        expect((await readAll(format, { ...bytesInMemory(source.name, damaged), sibling: source.sibling })).broken).toEqual([]);
      });
      await fc.assert(property, { numRuns: 50, seed: 20_260_702 });
    }
  });
});

describe("openFile", () => {
  test("lists the formats when none fits", async () => {
    const opening = openFile(bytesInMemory("picture.png", foreignBytes[1]!));
    await expect(opening).rejects.toThrow(UnsupportedError);
    for (const id of ids) await expect(opening).rejects.toThrow(new RegExp(formats[id].name));
  });

  test("says that an empty file is empty", async () => {
    await expect(openFile(bytesInMemory("a.bcf", new Uint8Array(0)))).rejects.toThrow(FormatError);
  });

  test("goes by the content where the extension says otherwise", async () => {
    const source = await examples.bcf();
    expect((await openFile({ ...source, name: "misnamed.rpl" })).format).toBe("bcf");
  });

  test("reads as the format that it is told, and then reports what is wrong with it", async () => {
    await expect(openFile(await examples.rpl(), { format: "bcf" })).rejects.toThrow(/not a Bruker/);
  });
});

/** Empty, a picture, random, text, XML, zeros. */
const foreignBytes: readonly Uint8Array[] = [
  new Uint8Array(0),
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
  Uint8Array.from({ length: 600 }, (_, i) => (i * 167 + 41) % 251),
  new TextEncoder().encode("The quick brown fox jumps over the lazy dog.\n".repeat(40)),
  new TextEncoder().encode('<?xml version="1.0"?><html><body>No map.</body></html>'),
  new Uint8Array(5000),
];

async function datasetsOf(id: FormatId): Promise<readonly SpectrumImage[]> {
  const { datasets } = await openFile(await examples[id]());
  expect(datasets.length).toBeGreaterThan(0);
  return datasets;
}

/** A source that fails the test when a range leaves the file. */
function guarded(source: ByteSource): ByteSource {
  return {
    ...source,
    read(offset, length, signal) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + length).toBeLessThanOrEqual(source.size);
      return source.read(offset, length, signal);
    },
  };
}

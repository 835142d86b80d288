import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbortedError, FormatError, isSigmaError } from "../../errors.js";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { denseValues } from "../dense-values.test-support.js";
import { asDisk, haveSameBlocks } from "../disk.test-support.js";
import { bcfFormat } from "./bcf-format.js";
import { bcfReader } from "./bcf-reader.js";
import { bcfBytes, type Packing, type TestBcf, type TestCube, testHeader } from "./bcf-writer.test-support.js";

const packings = ["12bit", "16bit", "runs", "mixed"] as const;

describe("counts", () => {
  const cubes = fc
    .record({
      height: fc.integer({ min: 1, max: 5 }),
      width: fc.integer({ min: 1, max: 6 }),
      channels: fc.integer({ min: 1, max: 300 }),
      packing: fc.array(fc.constantFrom<Packing>(...packings), { minLength: 1, maxLength: 4 }),
      most: fc.constantFrom(1, 3, 20, 300),
      seed: fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 }),
      share: fc.constantFrom(3, 50, 97),
    })
    .map(({ height, width, channels, packing, most, seed, share }): TestCube => {
      const value = (i: number) => {
        const s = seed[i % seed.length]! + i * 7919;
        return s % 100 < share ? 0 : (s >> 3) % (most + 1);
      };
      return {
        height,
        width,
        channels,
        counts: Array.from({ length: height * width * channels }, (_, i) => value(i)),
        packing: (pixel) => packing[pixel % packing.length]!,
      };
    });

  test("come back as they were written, whatever the packing, compression and order of chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        cubes,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(544, 557, 4096),
        async (cube, compressed, scattered, chunkSize) => {
          const image = await only({ cubes: [cube], compressed, scattered, chunkSize });
          expect(await denseValues(image.counts)).toEqual(Array.from(cube.counts));
        },
      ),
      { numRuns: 80, seed: 11 },
    );
  });

  test("of every width of run are exact, up to 2^31 - 1", async () => {
    const spectrum = [0, 1, 15, 16, 300, 255, 256, 65_535, 65_536, 70_000, 0, 0, 16_777_216, 2_147_483_647, 3];
    const image = await only({
      cubes: [{ height: 1, width: 2, channels: 15, counts: [...spectrum, ...spectrum.toReversed()], packing: () => "runs" }],
    });
    expect(await denseValues(image.counts)).toEqual([...spectrum, ...spectrum.toReversed()]);
  });

  test("come back from a disk that fills the same memory again", async () => {
    const source = bytesInMemory("large.bcf", largeFile());
    const [fromDisk, inMemory] = [await bcfReader.open(asDisk(source)), await bcfReader.open(source)];
    expect(await haveSameBlocks(fromDisk.datasets[0]!.counts, inMemory.datasets[0]!.counts)).toBe(true);
  });

  test("are the same at each reading, in blocks of whole rows", async () => {
    const image = (await bcfReader.open(bytesInMemory("large.bcf", largeFile()))).datasets[0]!;
    const shapes = [];
    for (let reading = 0; reading < 2; reading++) {
      const firsts = [];
      let sum = 0;
      for await (const block of image.counts.blocks()) {
        expect(block.pixels % 300).toBe(0);
        firsts.push(block.firstPixel);
        for (const count of block.count) sum += count;
      }
      shapes.push({ firsts, sum });
    }
    expect(shapes[0]!.firsts.length).toBeGreaterThan(1);
    expect(shapes[1]).toEqual(shapes[0]);
  });

  test("survive pointer tables that run over many chunks, in any order", async () => {
    const cube = { ...smallCube(), height: 60, width: 60, counts: filled(36_000, 1) };
    const image = await only({ cubes: [cube], chunkSize: 544, scattered: true });
    expect(await denseValues(image.counts)).toEqual(Array.from(cube.counts));
  });

  test("can be stopped", async () => {
    const image = (await bcfReader.open(bytesInMemory("large.bcf", largeFile()))).datasets[0]!;
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _ of image.counts.blocks({ signal: controller.signal })) controller.abort();
    })();
    await expect(reading).rejects.toThrow(AbortedError);
  });

  test("of several maps in one file are all listed", async () => {
    const cube = (channels: number): TestCube => ({
      height: 2,
      width: 2,
      channels,
      counts: filled(4 * channels, 2),
      packing: () => "12bit",
    });
    const { datasets } = await open({ cubes: [cube(8), cube(5)] });
    expect(datasets.map(({ title, counts }) => [title, counts.channels])).toEqual([
      ["Test map (map 0)", 8],
      ["Test map (map 1)", 5],
    ]);
    expect(await denseValues(datasets[1]!.counts)).toEqual(filled(20, 2));
  });

  test("are never read from where the map's own bytes are not needed", async () => {
    const bytes = largeFile();
    const memory = bytesInMemory("large.bcf", bytes);
    let read = 0;
    const counting: ByteSource = {
      ...memory,
      read(offset, length, signal) {
        read += length;
        return memory.read(offset, length, signal);
      },
    };
    await bcfReader.open(counting);
    expect(read).toBeLessThan(bytes.length * 0.7);
  });
});

describe("metadata", () => {
  test("is read and put into this program's words", async () => {
    const image = await only({ cubes: [smallCube()] });
    expect(image.title).toBe("Test map");
    expect(image.navigationAxes).toEqual([
      { name: "y", size: 3, offset: 0, scale: 1.25, units: "um" },
      { name: "x", size: 4, offset: 0, scale: 2.5, units: "um" },
    ]);
    expect(image.energyAxis).toEqual({ name: "energy", size: 10, offset: -0.48, scale: 0.02, units: "keV" });
    expect(image.metadata).toEqual({
      title: "Test map",
      beamEnergyKev: 15,
      magnification: 100,
      detector: { type: "XFlash 6|10", elevationAngleDeg: 35, azimuthAngleDeg: 90, realTimeS: 9 * 2 * 4 * 1 * 4 * 1e-6 },
      stage: { xUm: 10.5, yUm: -2, tiltDeg: 0.5 },
      elements: [...testHeader.elements],
      acquiredAt: "2016-04-01T07:05:38",
    });
    expect(image.loadReport.statedCounts).toEqual({ value: 360, where: "sum spectrum SpectrumData0/Channels" });
    expect(codes(image)).toEqual(["zero-peak", "bookkeeping-images-skipped"]);
    expect(image.originalMetadata).toMatchObject({ header: { "@Name": "Test map", Header: { FileVersion: "2" } } });
  });

  test("is the same with decimal commas", async () => {
    const point = await only({ cubes: [smallCube()] });
    const comma = await only({ cubes: [smallCube()], decimalComma: true });
    expect(comma.metadata).toEqual(point.metadata);
    expect([...comma.navigationAxes, comma.energyAxis]).toEqual([...point.navigationAxes, point.energyAxis]);
  });

  test.each([
    [["DX"], "no-pixel-size"],
    [["CalibAbs"], "no-energy-calibration"],
    [["HV", "PrimaryEnergy"], "no-beam-energy"],
  ])("that lacks %j is undefined, and the report says what that disables", async (without, code) => {
    const image = await only({ cubes: [smallCube()], without });
    const finding = image.loadReport.findings.find((candidate) => candidate.code === code);
    expect(finding?.severity).toBe("warning");
    expect(finding?.disables?.length).toBeGreaterThan(0);
  });

  test("may be missing altogether but for the number of channels", async () => {
    const without = [
      "TRTSEMData",
      "TRTSEMStageData",
      "TRTDSPConfiguration",
      "TRTContainerClass",
      "TRTDetectorHeader",
      "TRTESMAHeader",
    ];
    const image = await only({ cubes: [smallCube()], without: [...without, "LineCounter", "Date", "Time"] });
    expect(image.metadata).toEqual({ title: "Test map", detector: {}, elements: [] });
    expect(await denseValues(image.counts)).toEqual(Array.from(smallCube().counts));
  });

  test("names parts of the file that are not read", async () => {
    const image = await only({ cubes: [smallCube()], otherFiles: Array.from({ length: 20 }, (_, i) => `Pattern${i}`) });
    expect(image.loadReport.findings.find(({ code }) => code === "parts-skipped")?.message).toContain("Pattern19");
  });
});

describe("images", () => {
  test.each([1, 2, 4] as const)("of %d bytes per pixel come with the map; those of zeros do not", async (itemSize) => {
    const image = { width: 4, height: 3, itemSize, values: filled(12, 200) };
    const { datasets } = await open({
      cubes: [smallCube()],
      images: [
        { ...image, name: "BSE" },
        { ...image, name: "SE", values: filled(12, 0) },
      ],
    });
    expect(datasets[0]!.images).toHaveLength(1);
    expect(datasets[0]!.images[0]).toMatchObject({ name: "BSE", width: 4, height: 3, pixelSizeUm: [2.5, 1.25] });
    expect([...datasets[0]!.images[0]!.data]).toEqual(filled(12, 200));
  });

  test("of another size than the map have no pixel size; overviews belong to the file", async () => {
    const picture = { width: 5, height: 2, itemSize: 2, values: filled(10, 1000) } as const;
    const { datasets, images } = await open({
      cubes: [smallCube()],
      images: [{ ...picture, name: "SE" }],
      overview: { ...picture, name: "wide" },
    });
    expect(datasets[0]!.images[0]).toMatchObject({ name: "SE", width: 5, height: 2, pixelSizeUm: undefined });
    expect(images.map(({ name }) => name)).toEqual(["wide"]);
  });

  test("that are damaged are left out and named", async () => {
    const image = await only({
      cubes: [smallCube()],
      images: [{ name: "BSE", width: 4, height: 4, itemSize: 2, values: filled(12, 1) }],
    });
    expect(image.images).toEqual([]);
    expect(image.loadReport.findings.find(({ code }) => code === "image-unreadable")?.message).toContain("BSE");
  });
});

describe("damaged files", () => {
  test.each([
    ["another signature", (bytes: Uint8Array) => bytes.fill(0, 0, 4), /header.signature, at byte 0/],
    ["a chunk size of zero", (bytes: Uint8Array) => bytes.fill(0, 0x128, 0x12c), /header.chunkSize, at byte 296/],
    ["more tree items than fit", (bytes: Uint8Array) => bytes.fill(0xff, 0x144, 0x148), /header.treeItems, at byte 324/],
    ["a tree outside the file", (bytes: Uint8Array) => bytes.fill(0xff, 0x140, 0x144), /field tree: .*damaged/],
  ])("with %s are refused by name and offset", async (_, damage, message) => {
    const bytes = bcfBytes({ cubes: [smallCube()] });
    damage(bytes);
    const opening = bcfReader.open(bytesInMemory("damaged.bcf", bytes));
    await expect(opening).rejects.toThrow(FormatError);
    await expect(opening).rejects.toThrow(message);
  });

  test.each([
    ["raw", {}],
    ["compressed", { compressed: true }],
  ])("of the %s kind, cut at any place, give a result or a typed error", async (_, options) => {
    const bytes = bcfBytes({ cubes: [smallCube()], chunkSize: 544, ...options });
    for (let length = 0; length < bytes.length; length += 97) {
      await expectResultOrError(bytesInMemory("cut.bcf", bytes.slice(0, length)));
    }
  });

  test("are found out by the check sum where bits of compressed data have changed", async () => {
    const bytes = bcfBytes({ cubes: [smallCube()], compressed: true });
    const mark = new TextDecoder("latin1").decode(bytes).lastIndexOf("AACS");
    bytes[mark + 0x80 + 16 + 30]! ^= 0x10;
    await expect(bcfReader.open(bytesInMemory("bits.bcf", bytes))).rejects.toThrow(/SpectrumData0, field compression.block\[0\]/);
  });

  test("changed at random give a result or a typed error, soon", async () => {
    const image = { name: "BSE", width: 4, height: 3, itemSize: 2, values: filled(12, 9) } as const;
    const packing = (pixel: number) => packings[pixel % 4]!;
    const cube = { ...smallCube(), packing };
    await expectSoundUnderDamage(bcfFormat, "a.bcf", bcfBytes({ cubes: [cube, cube], images: [image], chunkSize: 544 }), {
      runs: 400,
    });
    await expectSoundUnderDamage(bcfFormat, "b.bcf", bcfBytes({ cubes: [cube], compressed: true, chunkSize: 1024 }), {
      runs: 250,
    });
  });
});

async function expectResultOrError(source: ByteSource): Promise<void> {
  try {
    for (const { counts } of (await bcfReader.open(source)).datasets) await denseValues(counts);
  } catch (error) {
    expect(isSigmaError(error), String(error)).toBe(true);
  }
}

function open(file: TestBcf) {
  return bcfReader.open(bytesInMemory("test.bcf", bcfBytes(file)));
}

async function only(file: TestBcf): Promise<SpectrumImage> {
  const { datasets } = await open(file);
  expect(datasets).toHaveLength(1);
  return datasets[0]!;
}

function codes(image: SpectrumImage): string[] {
  return image.loadReport.findings.map(({ code }) => code);
}

function filled(length: number, value: number): number[] {
  return Array.from({ length }, () => value);
}

function smallCube(): TestCube {
  return { height: 3, width: 4, channels: 10, counts: filled(120, 3), packing: () => "12bit" };
}

/** Enough pixels for more than one block: 300 x 300, one count in each. */
function largeFile(): Uint8Array {
  const counts = Uint8Array.from({ length: 360_000 }, (_, i) => (i % 4 === 1 ? 1 : 0));
  largeBytes ??= bcfBytes({ cubes: [{ height: 300, width: 300, channels: 4, counts, packing: () => "12bit" }] });
  return largeBytes;
}

let largeBytes: Uint8Array | undefined;

/** What every writer must keep to: what it writes reads back. */
import { describe, expect, test } from "vitest";
import { MemoryLimitError, UnsupportedError } from "../errors.js";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { countsFromDense, storedCounts } from "../spectrum-image/counts.js";
import { countMap, pass, sumSpectrum } from "../spectrum-image/pass.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { denseValues } from "./dense-values.test-support.js";
import { openFile } from "./registry.js";
import { pictureFiles, type WriterId, type WrittenFile, writers } from "./writers.js";

const height = 3;
const width = 5;
const channels = 16;
const values = Array.from({ length: height * width * channels }, (_, i) => ((i * 7919) % 11 < 3 ? (i % 400) + 1 : 0));
const axis = (name: string, size: number, scale: number) => ({ name, size, offset: 0, scale, units: "um" });
const map: SpectrumImage = {
  title: "Grain",
  counts: countsFromDense([height, width], channels, values),
  navigationAxes: [axis("y", height, 0.5), axis("x", width, 0.25)],
  energyAxis: { name: "energy", size: channels, offset: -0.1, scale: 0.02, units: "keV" },
  images: [],
  metadata: { beamEnergyKev: 15, detector: { liveTimeS: 30, elevationAngleDeg: 35 }, elements: ["O", "Si"] },
  originalMetadata: {},
  loadReport: { findings: [] },
};

async function sources(files: readonly WrittenFile[]): Promise<ByteSource[]> {
  const read: ByteSource[] = [];
  for (const { name, content } of files) {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part.slice());
    read.push(bytesInMemory(name, new Uint8Array(Buffer.concat(parts))));
  }
  return read;
}

/** Opens what was written, the other files beside it. */
async function back(id: WriterId, image = map, options = {}) {
  const [first, ...others] = await sources(await writers[id].write(image, "out"));
  return openFile({ ...first!, sibling: bytesInMemory(first!.name, new Uint8Array(0), others).sibling }, options);
}

describe.each(Object.keys(writers) as WriterId[])("writer %s", (id) => {
  test("names its files after the stem, the first with its usual extension", async () => {
    const files = await writers[id].write(map, "a.b c");
    expect(files.map(({ name }) => name.slice(0, 6))).toEqual(files.map(() => "a.b c."));
    expect(files[0]!.name.slice(5)).toBe(writers[id].extensions[0]);
  });

  test("writes what the registry reads by its content", async () => {
    const { datasets, images } = await back(id, map, { axes: ["y", "x", "energy"] });
    expect(datasets.length + images.length).toBe(1);
  });
});

describe("what is written reads back the same", () => {
  test.each(["hspy", "rpl", "npy"] as const)("%s: all counts", async (id) => {
    const { datasets } = await back(id, map, { axes: ["y", "x", "energy"] });
    expect(datasets[0]!.counts.navigationShape).toEqual([height, width]);
    expect(await denseValues(datasets[0]!.counts)).toEqual(values);
    if (id === "npy") return;
    expect(datasets[0]!.navigationAxes).toEqual(map.navigationAxes);
    expect(datasets[0]!.energyAxis.scale).toBeCloseTo(0.02, 12);
    expect(datasets[0]!.metadata).toMatchObject({ beamEnergyKev: 15, elements: ["O", "Si"] });
  });

  test("msa: the sum of all pixels, with calibration and times", async () => {
    const [sum] = await pass(map.counts, [sumSpectrum(map.counts)]);
    const [spectrum] = (await back("msa")).datasets;
    expect(await denseValues(spectrum!.counts)).toEqual([...sum]);
    expect(spectrum!.energyAxis).toMatchObject({ offset: -0.1, scale: 0.02, units: "keV" });
    expect(spectrum!.metadata).toMatchObject({ beamEnergyKev: 15, detector: { liveTimeS: 30, elevationAngleDeg: 35 } });
  });

  test("tif: the counts of each pixel, with the size of a pixel", async () => {
    const [expected] = await pass(map.counts, [countMap(map.counts)]);
    const [picture] = (await back("tif")).images;
    expect([...picture!.data]).toEqual([...expected]);
    expect(picture!.pixelSizeUm![0]).toBeCloseTo(0.25, 6);
    expect(picture!.pixelSizeUm![1]).toBeCloseTo(0.5, 6);
  });

  test("tif: a picture of numbers that are not whole becomes 32-bit floats", async () => {
    const picture = { name: "a", width: 2, height: 1, data: Float64Array.of(0.5, 70000), pixelSizeUm: undefined };
    const [file] = await sources(pictureFiles(picture, "out"));
    expect([...(await openFile(file!)).images[0]!.data]).toEqual([0.5, 70000]);
  });

  test("npy: intensities as doubles", async () => {
    const counts = countsFromDense([], 3, [0.5, 0, -2], "intensity");
    const { datasets } = await back("npy", { ...map, counts, navigationAxes: [], energyAxis: { ...map.energyAxis, size: 3 } });
    expect(await denseValues(datasets[0]!.counts)).toEqual([0.5, 0, -2]);
  });
});

describe("what cannot be written is refused", () => {
  test("an array too large with its zeros", async () => {
    const side = 2000;
    const block = {
      firstPixel: 0,
      pixels: side * side,
      rowStart: new Uint32Array(side * side + 1),
      channel: new Uint16Array(0),
      count: new Uint8Array(0),
    };
    const large = { ...map, counts: storedCounts([side, side], 2048, [block]) };
    await expect(writers.npy.write(large, "out")).rejects.toThrow(MemoryLimitError);
  });

  test("a picture of a single spectrum", async () => {
    const spectrum = { ...map, counts: countsFromDense([], channels, values.slice(0, channels)), navigationAxes: [] };
    await expect(writers.tif.write(spectrum, "out")).rejects.toThrow(UnsupportedError);
  });
});

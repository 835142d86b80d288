/** Opening a file costs its metadata, not its counts: the bytes that are read do not grow with the map. */
import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { countsFromDense } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { bcfBytes } from "./bcf/bcf-writer.test-support.js";
import { writeSpd } from "./edax/write-edax.test-support.js";
import type { OpenOptions } from "./format.js";
import { writeHspy } from "./hspy/write-hspy.js";
import { writeNpy } from "./npy/npy.js";
import { openRealFolder } from "./real-folder.test-support.js";
import { openFile } from "./registry.js";
import { writeRpl } from "./rpl/rpl-writer.js";
import { writeSer } from "./tia/write-ser.test-support.js";

const WIDTH = 16;
const CHANNELS = 256;
/** Rows of the larger file; compressed ones need more to be large. */
const rowsOf = (id: string): number => (id === "hspy" ? 400 : 48);

/** A file of as many rows; every fourth channel has counts. */
const makers: Readonly<Record<string, (height: number) => Promise<ByteSource>>> = {
  bcf: async (height) =>
    bytesInMemory(
      "a.bcf",
      bcfBytes({ cubes: [{ height, width: WIDTH, channels: CHANNELS, counts: values(height), packing: () => "16bit" }] }),
    ),
  rpl: async (height) => {
    const { rpl, raw } = await writeRpl(imageOf(height));
    return bytesInMemory("a.rpl", new TextEncoder().encode(rpl), [bytesInMemory("a.raw", await joined(raw))]);
  },
  hspy: async (height) => bytesInMemory("a.hspy", await joined(await writeHspy(imageOf(height)))),
  npy: async (height) =>
    bytesInMemory("a.npy", writeNpy({ shape: [height, WIDTH, CHANNELS], data: Uint16Array.from(values(height)) })),
  edax: async (height) =>
    bytesInMemory(
      "a.spd",
      writeSpd({ width: WIDTH, height, channels: CHANNELS, bytesPerCount: 2, imageName: "", counts: values(height) }),
    ),
  tia: async (height) => {
    const all = values(height);
    const axis = (size: number) => ({ size, offset: 0, delta: 1e-9, element: 0, description: "Position", units: "meters" });
    const ser = writeSer({
      version: 0x0220,
      total: height * WIDTH,
      dimensions: [axis(WIDTH), axis(height)],
      dataType: 2,
      width: CHANNELS,
      elements: Array.from({ length: height * WIDTH }, (_, p) => all.slice(p * CHANNELS, (p + 1) * CHANNELS)),
      calibration: { offset: 0, delta: 10, element: 0 },
      put: (view, at, value) => view.setUint16(at, value, true),
    });
    return bytesInMemory("a_1.ser", ser);
  },
};

describe("opening", () => {
  test.each(Object.keys(makers))("%s reads what the metadata take, whatever the size of the map", async (id) => {
    const [small, large] = [await costOf(await makers[id]!(4), axes), await costOf(await makers[id]!(rowsOf(id)), axes)];
    const grown = large.size - small.size;
    expect(grown).toBeGreaterThan(100_000);
    // Tables of where pixels or chunks lie may grow: at most a fiftieth of the counts, or one page.
    expect(large.read - small.read).toBeLessThanOrEqual(Math.max(grown / 50, 65_536));
  });

  test("an .rpl of signed numbers is read once, to see whether they are counts", async () => {
    const rows = [
      `width\t${WIDTH}`,
      "height\t4",
      `depth\t${CHANNELS}`,
      "data-length\t1",
      "data-type\tsigned",
      "record-by\tvector",
    ];
    const raw = bytesInMemory("a.raw", new Uint8Array(WIDTH * 4 * CHANNELS));
    const { read } = await costOf(bytesInMemory("a.rpl", new TextEncoder().encode(rows.join("\n")), [raw]));
    expect(read).toBeGreaterThanOrEqual(raw.size);
    expect(read).toBeLessThan(raw.size + 10_000);
  });
});

const folder = await openRealFolder();

describe.skipIf(folder === undefined)(
  `real files${folder === undefined ? " (skipped: no real files; set SIGMA_DATA)" : ""}`,
  () => {
    test("are opened in pieces of at most 4 MiB, and no byte of a large one is read more than twice on the average", async () => {
      const over: string[] = [];
      for (const path of folder!.paths.filter((name) => !/Nope|\.(md|json)$|fei_emd_si.*\.npy$|30x30.*\.npy$/.test(name))) {
        const { read, size, largest } = await costOf(await folder!.open(path)).catch(() => ({ read: 0, size: 1, largest: 0 }));
        if (largest > 4 * 1024 * 1024 || (size > 200_000 && read > 2 * size))
          over.push(`${path}: ${read} of ${size}, ${largest}`);
      }
      expect(over).toEqual([]);
    });
  },
);

const axes: OpenOptions = { axes: ["y", "x", "energy"] };

interface Cost {
  readonly read: number;
  readonly largest: number;
  /** Of all files that were opened. */
  readonly size: number;
}

async function costOf(source: ByteSource, options: OpenOptions = {}): Promise<Cost> {
  let [read, largest, size] = [0, 0, 0];
  const spied = (file: ByteSource): ByteSource => {
    size += file.size;
    return {
      ...file,
      read(offset, length, signal) {
        read += length;
        largest = Math.max(largest, length);
        return file.read(offset, length, signal);
      },
      async sibling(name) {
        const other = await file.sibling(name);
        return other === undefined ? undefined : spied(other);
      },
    };
  };
  await openFile(spied(source), options);
  return { read, largest, size };
}

function values(height: number): number[] {
  return Array.from({ length: height * WIDTH * CHANNELS }, (_, i) => (i % 4 === 0 ? (((i / 4) * 2_654_435_761) % 251) + 1 : 0));
}

function imageOf(height: number): SpectrumImage {
  const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 0.5, units: "um" });
  return {
    title: "a",
    counts: countsFromDense([height, WIDTH], CHANNELS, values(height)),
    navigationAxes: [axis("y", height), axis("x", WIDTH)],
    energyAxis: { name: "energy", size: CHANNELS, offset: -0.1, scale: 0.02, units: "keV" },
    images: [],
    metadata: { detector: {}, elements: [] },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

async function joined(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
}

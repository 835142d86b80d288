import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { denseOf } from "../../spectrum-image/derived-sources.test-support.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { mosaicImage } from "./mosaic-image.js";
import { measureSeam } from "./seam.js";
import { tileGrid, tileOrder } from "./tile-order.js";

const channels = 3;

/** A field of round grains on a dark ground, as values by x and y. */
function scene(width: number, height: number, seed: number): (x: number, y: number) => number {
  const random = randomStream(seed, "grains");
  const values = new Float64Array(width * height).fill(20);
  for (let n = 0; n < (width * height) / 120; n++) {
    const [x, y, radius, value] = [
      random.uniform() * width,
      random.uniform() * height,
      2 + 4 * random.uniform(),
      random.uniform(),
    ];
    for (let b = Math.max(0, Math.ceil(y - radius)); b < Math.min(height, y + radius); b++) {
      for (let a = Math.max(0, Math.ceil(x - radius)); a < Math.min(width, x + radius); a++) {
        if ((a - x) ** 2 + (b - y) ** 2 < radius ** 2) values[b * width + a] = 40 + 160 * value;
      }
    }
  }
  return (x, y) => values[y * width + x]!;
}

const field = scene(160, 160, 7);

/** The part of a scene that a tile at x, y shows; `noise` counts are added at random. */
function tile(at: { x: number; y: number }, size: { width: number; height: number }, number: number, noise = 8): SpectrumImage {
  const random = randomStream(number, "noise");
  const dense: number[] = [];
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const counts = Math.round(field(at.x + x, at.y + y) + noise * random.uniform());
      dense.push(counts, number, x === 0 && y === 0 ? 1 : 0);
    }
  }
  return {
    title: `Site ${number}`,
    counts: countsFromDense([size.height, size.width], channels, dense),
    navigationAxes: [
      { name: "y", size: size.height, offset: 100, scale: 0.5, units: "um" },
      { name: "x", size: size.width, offset: 200, scale: 0.5, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
    images: [
      {
        name: "BSE",
        width: 2 * size.width,
        height: 2 * size.height,
        data: new Uint8Array(4 * size.width * size.height).fill(number),
        pixelSizeUm: undefined,
      },
    ],
    metadata: { detector: { liveTimeS: 100, realTimeS: undefined }, elements: ["Fe"] },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

const size = { width: 48, height: 40 };
/** Four tiles with overlaps of 6 to 9 pixels and shifts of up to 2. */
const corners = [
  { x: 2, y: 1 },
  { x: 42, y: 0 },
  { x: 0, y: 33 },
  { x: 41, y: 34 },
];
/** Pictures that say nothing of the scene are not there: seams are found in the maps of counts. */
const tiles = corners.map((corner, i) => ({ ...tile(corner, size, i), images: [] }));

describe("order and grid", () => {
  it("sorts by the number of the site, then by all numbers", () => {
    const names = ["map Site 10.bcf", "map Site 2.bcf", "map site_1 b.bcf", "map site_1 a.bcf", "other 3.bcf"];
    expect(tileOrder(names).map((i) => names[i])).toEqual([names[3], names[2], names[1], names[0], names[4]]);
  });

  it("is as square as can be, or as asked for if the tiles fill it", () => {
    expect([1, 4, 5, 7].map((n) => tileGrid(n))).toEqual([
      { rows: 1, columns: 1 },
      { rows: 2, columns: 2 },
      { rows: 2, columns: 3 },
      { rows: 3, columns: 3 },
    ]);
    expect(tileGrid(5, { rows: 2, columns: 3 })).toEqual({ rows: 2, columns: 3 });
    expect(() => tileGrid(4, { rows: 3, columns: 2 })).toThrow(ParameterError);
  });
});

describe("measureSeam", () => {
  it("finds overlap and shift exactly, at any size of the pictures", () => {
    const wide = scene(900, 420, 3);
    const look = (x0: number, y0: number, width: number, height: number) => ({
      ...{ width, height },
      data: Float64Array.from({ length: width * height }, (_, i) => wide(x0 + (i % width), y0 + Math.floor(i / width))),
    });
    expect(measureSeam(look(0, 5, 100, 90), look(88, 8, 100, 90))).toMatchObject({ overlap: 12, shift: 3 });
    expect(measureSeam(look(0, 9, 450, 400), look(397, 2, 450, 400))).toMatchObject({ overlap: 53, shift: -7 });
  });

  it("finds nothing in noise, and nothing in pictures without contrast", () => {
    const random = randomStream(5, "noise");
    const noise = () => ({ width: 60, height: 60, data: Float64Array.from({ length: 3600 }, () => random.uniform()) });
    expect(measureSeam(noise(), noise())).toBeUndefined();
    const flat = { width: 20, height: 20, data: new Float64Array(400).fill(3) };
    expect(measureSeam(flat, flat)).toBeUndefined();
  });
});

describe("mosaicImage", () => {
  it("brings every pixel to its place: the mosaic shows the scene", async () => {
    const { image, places, field: kept, seams } = await mosaicImage(tiles);
    expect(seams.map(({ from }) => from)).toEqual(["measured", "measured", "measured", "measured"]);
    expect(places).toEqual(corners);
    expect(kept).toEqual({ x: 2, y: 1, width: 87, height: 72 });
    const counts = await denseOf(image.counts);
    for (let i = 0; i < kept.width * kept.height; i++) {
      const value = field(kept.x + (i % kept.width), kept.y + Math.floor(i / kept.width));
      expect(counts[i * channels]! - value).toBeGreaterThanOrEqual(-0.5);
      expect(counts[i * channels]! - value).toBeLessThanOrEqual(8.5);
    }
  });

  it("takes a pixel that two tiles show from one of them: the first, or the last", async () => {
    const tileAt = async (kept: "first" | "last", x: number, y: number): Promise<number> => {
      const { image, field: part } = await mosaicImage(tiles, { kept });
      return (await denseOf(image.counts))[((y - part.y) * part.width + x - part.x) * channels + 1]!;
    };
    // Column 45 lies in tiles 0 and 1; 45, 35 in all four.
    expect([await tileAt("first", 45, 10), await tileAt("last", 45, 10)]).toEqual([0, 1]);
    expect([await tileAt("first", 45, 35), await tileAt("last", 45, 35)]).toEqual([0, 3]);
  });

  it("keeps places, times and pictures in step with the counts", async () => {
    const pictured = corners.map((corner, i) => tile(corner, size, i));
    const { image } = await mosaicImage(pictured, { measure: false });
    expect(image.counts.navigationShape).toEqual([80, 96]);
    expect(image.navigationAxes).toMatchObject([
      { size: 80, offset: 100 },
      { size: 96, offset: 200 },
    ]);
    expect(image.images).toHaveLength(1);
    expect(image.images[0]).toMatchObject({ name: "BSE", width: 192, height: 160 });
    expect([0, 191, 159 * 192, 159 * 192 + 191].map((at) => image.images[0]!.data[at])).toEqual([0, 1, 2, 3]);
    expect(image.metadata.detector.liveTimeS).toBe(400);
    const { image: cut, field: part } = await mosaicImage(tiles);
    expect(cut.metadata.detector.liveTimeS).toBeCloseTo((400 * part.width * part.height) / (4 * 48 * 40), 9);
    expect(cut.navigationAxes.map(({ offset }) => offset)).toEqual([100, 200]);
  });

  it("says which seams it had to guess, and takes the others' median for them", async () => {
    const dark = { ...tiles[3]!, counts: countsFromDense([40, 48], channels, new Uint8Array(40 * 48 * channels)) };
    const { findings, seams } = await mosaicImage([...tiles.slice(0, 3), dark]);
    expect(seams.map(({ from }) => from)).toEqual(["measured", "measured", "row", "all"]);
    expect(findings.map(({ code }) => code)).toEqual(["mosaic-seams", "mosaic-seam-unknown", "mosaic-seam-unknown"]);
    expect(findings[0]!.message).toBe("2 of 4 seams between tiles were measured, overlaps of 8 pixels.");
  });

  it("an incomplete grid keeps its whole field, empty where no tile is", async () => {
    const { image, field: whole } = await mosaicImage(tiles.slice(0, 3), { measure: false });
    expect(whole).toEqual({ x: 0, y: 0, width: 96, height: 80 });
    const counts = await denseOf(image.counts);
    expect(counts.slice((79 * 96 + 95) * channels)).toEqual([0, 0, 0]);
  });

  it("refuses tiles of different sizes and stacks", async () => {
    const other = tile({ x: 0, y: 0 }, { width: 30, height: 40 }, 1);
    await expect(mosaicImage([tiles[0]!, other])).rejects.toThrow(ShapeError);
    const stack = { ...tiles[0]!, counts: countsFromDense([2, 2, 2], channels, new Uint8Array(8 * channels)) };
    await expect(mosaicImage([stack, stack])).rejects.toThrow(ShapeError);
  });

  it("loses and doubles no count where tiles abut, for any grid", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }), async (n, columns) => {
        const some = Array.from({ length: n }, (_, i) => ({ ...tile({ x: i, y: 0 }, { width: 3, height: 2 }, i), images: [] }));
        const { image } = await mosaicImage(some, { measure: false, grid: { rows: Math.ceil(n / columns), columns } });
        const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
        const parts = await Promise.all(some.map(({ counts }) => denseOf(counts)));
        expect(total(await denseOf(image.counts))).toBe(total(parts.map(total)));
      }),
      { numRuns: 20 },
    );
  });
});

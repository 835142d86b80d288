import { describe, expect, test } from "vitest";
import { countsFromDense } from "./counts.js";
import { loadFindings } from "./load-findings.js";
import { countMap, maximumSpectrum, pass, sumSpectrum } from "./pass.js";
import type { Metadata, SpectrumImage } from "./spectrum-image.js";

const channels = 4;

interface Case {
  readonly stated?: number;
  readonly metadata?: Partial<Metadata>;
  readonly countLimit?: number;
}

/** Findings of a map of `width` pixels per row whose pixels hold the given counts, spread over all channels. */
async function findings(perPixel: readonly number[], width: number, { stated, metadata, countLimit }: Case = {}) {
  const dense = perPixel.flatMap((count) => Array.from({ length: channels }, (_, c) => Math.floor((count + c) / channels)));
  const counts = { ...countsFromDense([perPixel.length / width, width], channels, dense), countLimit };
  const image: SpectrumImage = {
    title: "map",
    counts,
    navigationAxes: [],
    energyAxis: { name: "energy", size: channels, offset: 0, scale: 5, units: "keV" },
    images: [],
    metadata: { detector: {}, elements: [], ...metadata },
    originalMetadata: {},
    loadReport: { findings: [], statedCounts: stated === undefined ? undefined : { value: stated, where: "header" } },
  };
  const [spectrum, map, most] = await pass(counts, [sumSpectrum(counts), countMap(counts), maximumSpectrum(counts)]);
  const countsRead = spectrum.reduce((a, b) => a + b, 0);
  return loadFindings(image, { countsRead, sumSpectrum: spectrum, countMap: map, maximumSpectrum: most });
}

const codes = (found: Awaited<ReturnType<typeof findings>>) => found.map(({ code }) => code);

describe("the total", () => {
  test.each([
    [undefined, "counts-read", /40 counts read\. The file states no total/],
    [40, "counts-read", /All 40 counts read; equal/],
    [50, "counts-differ", /states 50 counts \(header\), 10 more than were read \(20 %\)/],
    [32, "counts-differ", /8 fewer/],
  ])("stated as %s", async (stated, code, message) => {
    const [only, ...others] = await findings([10, 10, 10, 10], 2, stated === undefined ? {} : { stated });
    expect([only!.code, others]).toEqual([code, []]);
    expect(only!.message).toMatch(message);
  });

  test("of nothing is said to be nothing, and no row of it is called dead", async () => {
    expect(codes(await findings([0, 0, 0, 0], 2))).toEqual(["counts-read", "empty"]);
  });
});

describe("rows without a count", () => {
  test("are named", async () => {
    const rows = [30, 0, 30, 0, 0, 0, 30, 0, 30];
    const found = (
      await findings(
        rows.flatMap((count) => [count, count]),
        2,
      )
    ).at(-1)!;
    expect(found.code).toBe("dead-rows");
    expect(found.message).toBe("5 of 9 rows hold not a single count: 1, 3 to 5, 7 (from 0).");
  });

  test("many runs of them are not all named", async () => {
    const rows = Array.from({ length: 20 }, (_, row) => (row % 2 === 0 ? 50 : 0));
    expect((await findings([...rows, 50], 1)).at(-1)!.message).toMatch(/: 1, 3, 5, 7, 9, 11 and others \(from 0\)\.$/);
  });

  test("at the end tell of an acquisition that was stopped", async () => {
    expect((await findings([40, 40, 0, 0], 1)).at(-1)!.message).toMatch(/^The last 2 rows hold not a single count \(of 4 rows\)/);
    expect((await findings([40, 40, 0], 1)).at(-1)!.message).toMatch(/^The last row holds/);
  });

  test("are to be expected where rows hold few counts, or when one pixel of them has some", async () => {
    expect(codes(await findings([3, 0, 3, 3], 1))).toEqual(["counts-read"]);
    expect(codes(await findings([30, 30, 0, 1, 30, 30], 2))).toEqual(["counts-read"]);
  });
});

describe("counts at the largest number of the file", () => {
  test("may have been cut off", async () => {
    const found = (await findings([1020, 40], 1, { countLimit: 255 })).at(-1)!;
    expect(found).toMatchObject({ severity: "warning", code: "clipped-counts" });
    expect(found.message).toMatch(/^In 4 channels a count reaches 255/);
  });

  test("below it are sound, and so is everything where the file has no such limit", async () => {
    expect(codes(await findings([1016, 40], 1, { countLimit: 255 }))).toEqual(["counts-read"]);
    expect(codes(await findings([1020, 40], 1))).toEqual(["counts-read"]);
  });
});

test("counts above the beam energy are reported by their share", async () => {
  const found = (await findings([40, 40], 1, { metadata: { beamEnergyKev: 9 } })).at(-1)!;
  expect(found.code).toBe("counts-above-beam");
  expect(found.message).toMatch(/^50\.0 % of the counts lie above the beam energy of 9 keV/);
});

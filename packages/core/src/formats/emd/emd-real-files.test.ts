import { describe, expect, test } from "vitest";
import { collectCounts } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { dataNote, hasData } from "../expected-readings.test-support.js";
import type { OpenOptions } from "../format.js";
import {
  expectedSignals,
  expectSameCounts,
  expectSameEnergies,
  imageTotal,
  isSpectrum,
  realFileInFolder,
} from "../real-files.test-support.js";
import { emdFormat } from "./emd-format.js";

const FOUR_DETECTORS = "emd/rsciio__velox_emd_version11/Test SI 16x16 215 kx.emd";
const PRUNED = "emd/rsciio__velox_emd_version11/Test SI 16x16 ReducedData 215 kx.emd";
/** Means of all frames, by h5py and numpy; RosettaSciIO gives the first frame. */
const MEANS_OF_FRAMES: Readonly<Record<string, number>> = {
  "emd/hyperspy__example_fei_emd_si.emd HAADF": 16_967_276 / 5,
  [`${FOUR_DETECTORS} HAADF`]: 4_723_669 / 2,
};
const open = async (path: string) => (await emdFormat.reader()).open(realFileInFolder(path));

describe.skipIf(!hasData)(`Velox files as RosettaSciIO reads them${dataNote}`, () => {
  test.each(expectedSignals("emd/"))("%s", async (path, signals) => {
    const { format, datasets, images } = await open(path);
    expect(format).toBe("emd");
    const maps = signals.filter((signal) => isSpectrum(signal) && signal.shape.length === 3);
    const spectra = signals.filter((signal) => isSpectrum(signal) && signal.shape.length === 1);
    const pictures = signals.filter((signal) => !isSpectrum(signal));
    const found = datasets.filter(({ navigationAxes }) => navigationAxes.length === 2);
    for (const [i, signal] of maps.entries()) {
      await expectSameCounts(found[i]!, signal);
      expectSameEnergies(found[i]!, signal);
      for (const [a, axis] of found[i]!.navigationAxes.entries()) {
        expect(axis).toMatchObject({ name: signal.axes[a]!.name, units: "um" });
        expect(axis.scale).toBeCloseTo(signal.axes[a]!.scale / 1000, 12);
        expect(axis.offset).toBeCloseTo(signal.axes[a]!.offset / 1000, 12);
      }
    }
    const singles = datasets.filter(({ navigationAxes }) => navigationAxes.length === 0);
    expect(singles.length).toBe(spectra.length);
    for (const [i, signal] of spectra.entries()) {
      await expectSameCounts(singles[i]!, signal);
      expectSameEnergies(singles[i]!, signal);
    }
    const all = [...images, ...(datasets[0]?.images ?? [])];
    expect(all.map(({ name }) => name)).toEqual(pictures.map(({ title }) => title));
    for (const [i, signal] of pictures.entries()) {
      expect([all[i]!.height, all[i]!.width]).toEqual(signal.shape);
      expect(imageTotal([all[i]!])).toBeCloseTo(MEANS_OF_FRAMES[`${path} ${signal.title}`] ?? signal.sum, 6);
      expect(all[i]!.pixelSizeUm?.[0]).toBeCloseTo(signal.axes[1]!.scale / 1000, 12);
    }
  });

  test("the detectors of a file are offered together and one by one, each with its own counts", async () => {
    const { datasets } = await open(FOUR_DETECTORS);
    const maps = datasets.filter(({ navigationAxes }) => navigationAxes.length === 2);
    const totals = await Promise.all(maps.map(async ({ counts }) => (await pass(counts, [sumSpectrum(counts)]))[0]));
    const sum = (spectrum: Float64Array) => spectrum.reduce((total, value) => total + value, 0);
    expect(maps.map(({ title }) => title)).toEqual(["EDS", ..."1234".split("").map((n) => `EDS SuperXG2${n}`)]);
    expect(totals.map(sum)).toEqual([42097, 13945, 10177, 11538, 6437]);
    expect(totals[0]).toEqual(totals.slice(1).reduce((total, one) => total.map((value, c) => value + one[c]!)));
    expect(maps[0]!.metadata).toMatchObject({
      instrument: "TEM",
      beamEnergyKev: 300,
      magnification: 225_000,
      elements: ["C", "Ca", "Cu", "O"],
      acquiredAt: "2024-02-29T06:58:04Z",
    });
    expect(maps[0]!.metadata.detector.elevationAngleDeg).toBeCloseTo(18, 4);
    expect(maps[1]!.metadata.detector.azimuthAngleDeg).toBeCloseTo(45, 9);
  });

  test("frames and detectors can be chosen, and the parts make up the whole", async () => {
    const source = realFileInFolder(FOUR_DETECTORS);
    const total = async (options: OpenOptions) => {
      const { datasets } = await (await emdFormat.reader()).open(source, options);
      const { counts } = datasets[0]!;
      return (await pass(counts, [sumSpectrum(counts)]))[0];
    };
    const [both, first, second, two] = [
      await total({}),
      await total({ frames: { start: 0, end: 1 } }),
      await total({ frames: { start: 1, end: 2 } }),
      await total({ detectors: ["SuperXG21", "SuperXG24"] }),
    ];
    expect(first.map((value, c) => value + second[c]!)).toEqual(both);
    expect(first.some((value) => value > 0) && second.some((value) => value > 0)).toBe(true);
    expect(two.reduce((sum, value) => sum + value, 0)).toBe(13945 + 6437);
    await expect(total({ detectors: ["SuperXG29"] })).rejects.toThrow("no such detector");
    await expect(total({ frames: { start: 2, end: 2 } })).rejects.toThrow("range of frames");
  });

  test("a pruned file has the counts of the file that was not pruned, every one", async () => {
    const [pruned, whole] = [await open(PRUNED), await open(FOUR_DETECTORS)].map(({ datasets }) => datasets[0]!);
    expect(pruned!.loadReport.findings.map(({ code }) => code)).toContain("pruned");
    expect(pruned!.loadReport.statedCounts?.value).toBe(42097);
    const stored = async ({ counts }: SpectrumImage) =>
      (await collectCounts(counts)).stored.map(({ rowStart, channel, count }) => [rowStart, channel, Array.from(count)]);
    expect(await stored(pruned!)).toEqual(await stored(whole!));
    expect(pruned!.navigationAxes).toEqual(whole!.navigationAxes);
    expect(pruned!.energyAxis).toEqual(whole!.energyAxis);
    expect(pruned!.metadata.elements).toEqual(whole!.metadata.elements);
  });
});

/** Every real .rpl file reads exactly as an independent reader read it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { collectCounts } from "../../spectrum-image/counts.js";
import { sha256Int64 } from "../../spectrum-image/hashes.js";
import { countMap, maximumSpectrum, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { denseValues } from "../dense-values.test-support.js";
import { dataFolder, dataNote, expectedUnder, hasData, realFile } from "../expected-readings.test-support.js";
import { openFile } from "../registry.js";

const readings = expectedUnder("rpl/").map(([path, expected]) => [path, "error" in expected ? undefined : expected[0]] as const);

describe.skipIf(!hasData)(`real .rpl files${dataNote}`, () => {
  test("there are some", () => expect(readings.length).toBeGreaterThanOrEqual(3));

  test.each(readings)("%s", async (path, expected) => {
    const { datasets } = await openFile(realFile(path, [path.split("/").at(-1)!.replace(/rpl$/, "raw")]));
    const [{ counts, navigationAxes, energyAxis, loadReport }] = datasets as [SpectrumImage];
    expect([...counts.navigationShape, counts.channels]).toEqual(expected!.shape);
    // The files have no calibration: the other reader gives scale 1, offset 0 and empty units, this one says that it does not know.
    expect(navigationAxes.map(({ name, scale, offset, units }) => [name, scale, offset, units])).toEqual([
      ["y", undefined, undefined, undefined],
      ["x", undefined, undefined, undefined],
    ]);
    expect(energyAxis).toEqual({
      name: "energy",
      size: expected!.shape[2],
      offset: undefined,
      scale: undefined,
      units: undefined,
    });
    expect(loadReport.findings.map(({ code }) => code)).toEqual(["no-energy-calibration", "no-pixel-size", "no-beam-energy"]);

    const [sum, most, map] = await pass(counts, [sumSpectrum(counts), maximumSpectrum(counts), countMap(counts)]);
    expect(counts.kind).toBe("counts");
    expect(sum.reduce((a, b) => a + b, 0)).toBe(expected!.sum);
    expect(Math.max(...most)).toBe(expected!.max);
    expect(sum.indexOf(Math.max(...sum))).toBe(expected!.sum_spectrum_argmax);
    expect(Math.max(...sum)).toBe(expected!.sum_spectrum_max);
    expect(sum.filter((count) => count > 0)).toHaveLength(expected!.sum_spectrum_nonzero!);
    expect(await sha256Int64(sum)).toBe(expected!.sum_spectrum_sha256_int64le);
    expect(await sha256Int64(map)).toBe(expected!.count_map_sha256_int64le);
    const { pixel, brightest_pixel: brightest } = expected!;
    expect(map[pixel!.y * counts.navigationShape[1]! + pixel!.x]).toBe(pixel!.sum);
    expect(map[brightest!.y * counts.navigationShape[1]! + brightest!.x]).toBe(brightest!.sum);
  });

  test("the cube that Esprit exported as .rpl equals the one in the .bcf", async () => {
    const rpl = (await openFile(realFile("rpl/semgeo__4on3_full.rpl", ["semgeo__4on3_full.raw"]))).datasets[0]!;
    const bcf = (await openFile(realFile("bcf/semgeo__4on3_full.bcf"))).datasets[0]!;
    expect((await collectCounts(rpl.counts)).stored).toEqual((await collectCounts(bcf.counts)).stored);
  });

  test("opens from the .raw file too", async () => {
    const { datasets } = await openFile(realFile("rpl/semgeo__4on3.raw", ["semgeo__4on3.rpl"]));
    expect(datasets[0]!.counts.navigationShape).toEqual([3, 4]);
  });
});

/**
 * The test files of RosettaSciIO: numbers 0, 1, 2 ... in the order of the array, in every type, one to three dimensions. Axis number i (from 1)
 * has offset i / 2, scale 100 i, and units m for navigation and eV for signal axes.
 */
const folder = "rpl/rsciio-synthetic";
const synthetic = hasData ? readdirSync(join(dataFolder, folder)).filter((name) => name.endsWith(".rpl")) : [];

describe.skipIf(!hasData)(`synthetic .rpl files${dataNote}`, () => {
  test("there are 60", () => expect(synthetic).toHaveLength(60));

  test.each(synthetic)("%s", async (name) => {
    const [, signal, navigation, meta] = /sdim-(\d)_ndim-(\d)_\w+?(_meta)?\.rpl/.exec(name)!;
    const { datasets, images } = await openFile(realFile(join(folder, name), [name.replace(/rpl$/, "raw")]));
    if (signal === "2" && navigation === "0") {
      expect(datasets).toEqual([]);
      expect(images[0]).toMatchObject({ width: 3, height: 2, pixelSizeUm: undefined });
      expect([...images[0]!.data]).toEqual([0, 1, 2, 3, 4, 5]);
      return;
    }
    const [image] = datasets as [SpectrumImage];
    const { counts, navigationAxes, energyAxis, metadata } = image;
    expect(counts.kind).toBe("counts");
    const values = await denseValues(counts);
    if (signal === "2") {
      // A stack of 2 images of 3 x 4: axis 1 (the stack) is the depth, which is the slowest here.
      expect([...counts.navigationShape, counts.channels]).toEqual([3, 4, 2]);
      expect(values).toEqual(Array.from({ length: 24 }, (_, i) => (i % 2) * 12 + Math.floor(i / 2)));
      expect(energyAxis).toMatchObject({ scale: 100, offset: 0.5, units: "m" });
      return;
    }
    const shapes = { 0: [3], 1: [2, 3], 2: [2, 3, 4] } as const;
    const shape = shapes[Number(navigation) as 0 | 1 | 2];
    expect([...counts.navigationShape, counts.channels]).toEqual(shape);
    expect(values).toEqual(values.map((_, i) => i));
    const depth = shape.length;
    expect(energyAxis).toEqual({ name: "energy", size: shape.at(-1), scale: depth / 10, offset: depth / 2000, units: "keV" });
    navigationAxes.forEach(({ scale, offset, units }, i) => {
      expect({ scale, offset, units }).toEqual({ scale: 1e8 * (i + 1), offset: 5e5 * (i + 1), units: "um" });
    });
    if (meta === undefined) return;
    expect(metadata).toMatchObject({ title: "Test title", acquiredAt: "2016-08-06T10:55:00", beamEnergyKev: 100 });
    if (navigation === "2") return;
    expect(metadata).toMatchObject({
      instrument: "TEM",
      stage: { tiltDeg: 2 },
      // The live time is stated per spectrum, and there are two spectra in a line.
      detector: { elevationAngleDeg: 4, azimuthAngleDeg: 3, resolutionEv: 5, liveTimeS: navigation === "1" ? 2 : 1 },
    });
  });
});

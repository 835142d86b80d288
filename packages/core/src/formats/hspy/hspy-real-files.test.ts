import { describe, expect, test } from "vitest";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { dataNote, hasData } from "../expected-readings.test-support.js";
import type { FileContents } from "../format.js";
import {
  type ExpectedSignal,
  expectedSignals,
  expectSameCounts,
  imageTotal,
  isSpectrum,
  realFileInFolder,
} from "../real-files.test-support.js";
import { hspyFormat } from "./hspy-format.js";

const open = async (path: string): Promise<FileContents> => (await hspyFormat.reader()).open(realFileInFolder(path));

describe.skipIf(!hasData)(`HyperSpy files as RosettaSciIO reads them${dataNote}`, () => {
  test.each(expectedSignals("hspy/"))("%s", async (path, signals) => {
    const { datasets, images } = await open(path);
    const [signal] = signals as [ExpectedSignal];
    expect(signals.length).toBe(1);
    if (signal.shape.length === 2 && !isSpectrum(signal)) {
      expect(datasets).toEqual([]);
      expect(images.map(({ height, width }) => [height, width])).toEqual([signal.shape]);
      expect(imageTotal(images)).toBe(signal.sum);
      return;
    }
    expect(images).toEqual([]);
    const [dataset] = datasets;
    expect(datasets.length).toBe(1);
    expectSameAxes(dataset!, signal);
    expect(dataset!.metadata.beamEnergyKev).toBe(signal.beam_energy);
    expect(dataset!.metadata.elements).toEqual(signal.elements ?? []);
    if (signal.dtype === "float64" && signal.shape.length === 3) await expectSameSums(dataset!, signal);
    else await expectSameCounts(dataset!, signal);
  });

  test("hspy/lundeby__A2.hdf5, a map whose energy axis is called depth", async () => {
    const { datasets } = await open("hspy/lundeby__A2.hdf5");
    const { counts, navigationAxes, energyAxis, metadata } = datasets[0]!;
    expect(counts.navigationShape).toEqual([18, 713]);
    expect(navigationAxes.map(({ units }) => units)).toEqual(["um", "um"]);
    expect(energyAxis).toEqual({ name: "energy", size: 2048, offset: -0.2, scale: 0.01, units: "keV" });
    expect(metadata).toMatchObject({ instrument: "TEM", beamEnergyKev: 200, acquiredAt: "2019-05-06T11:48:00" });
    const [spectrum] = await pass(counts, [sumSpectrum(counts)]);
    expect(spectrum.indexOf(Math.max(...spectrum))).toBe(LUNDEBY_PEAK.channel);
    expect(spectrum.reduce((total, value) => total + value, 0)).toBe(LUNDEBY_PEAK.total);
  });
});

/** By h5py and numpy: `data.sum((0, 1)).argmax()` and `data.sum()`. */
const LUNDEBY_PEAK = { channel: 22, total: 2_160_012 };

/** Floats have no hashes; they are counts all the same. */
async function expectSameSums({ counts }: SpectrumImage, signal: ExpectedSignal): Promise<void> {
  const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
  expect([...counts.navigationShape, counts.channels]).toEqual(signal.shape);
  expect(counts.kind).toBe("counts");
  expect(spectrum.reduce((total, value) => total + value, 0)).toBe(signal.sum);
  expect(spectrum.indexOf(Math.max(...spectrum))).toBe(signal.sum_spectrum_argmax);
  expect(spectrum[signal.sum_spectrum_argmax!]).toBe(signal.sum_spectrum_max);
  expect(map[signal.pixel!.y * signal.shape[1]! + signal.pixel!.x]).toBe(signal.pixel!.sum);
}

function expectSameAxes(dataset: SpectrumImage, signal: ExpectedSignal): void {
  const axes = [...dataset.navigationAxes, dataset.energyAxis];
  signal.axes.forEach((axis, i) => {
    const factor = axis.units === "nm" || axis.units === "eV" ? 1e-3 : 1;
    const unset = axis.name === "None" && axis.units === "None" && axis.scale === 1 && axis.offset === 0;
    expect(axes[i]!.size).toBe(axis.size);
    if (unset) expect(axes[i]).toMatchObject({ scale: undefined, offset: undefined, units: undefined });
    else {
      expect(axes[i]!.scale).toBeCloseTo(axis.scale * factor, 11);
      expect(axes[i]!.offset).toBeCloseTo(axis.offset * factor, 11);
      expect(axes[i]!.units).toBe({ nm: "um", keV: "keV", eV: "keV" }[axis.units]);
    }
  });
}

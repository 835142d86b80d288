import { expect, test } from "vitest";
import { countMap, pass } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { stackImages } from "../../spectrum-image/stack.js";
import { dataNote, expectedUnder, hasData, realFile } from "../expected-readings.test-support.js";
import { openFile } from "../registry.js";

const tilts = ["-5", "0", "5"].map((tilt) => `bcf/openncem__L2083-K-4-1_${tilt}.bcf`);

test.skipIf(!hasData)(`three tilts of one particle are one stack${dataNote}`, async () => {
  const images: SpectrumImage[] = [];
  for (const path of tilts) images.push((await openFile(realFile(path))).datasets[0]!);
  const { image, findings } = stackImages(images);
  expect(image.counts.navigationShape).toEqual([3, 256, 256]);
  expect(image.navigationAxes.map(({ size }) => size)).toEqual([3, 256, 256]);
  expect(findings.filter(({ code }) => code === "stack-energy-calibration")).toEqual([]);
  const [map] = await pass(image.counts, [countMap(image.counts)]);
  tilts.forEach((path, i) => {
    const [, readings] = expectedUnder(path)[0]!;
    if ("error" in readings) expect.fail(readings.error);
    const spectra = readings.find(({ signal }) => signal === "EDS_TEM")!;
    const own = map.subarray(i * 65536, (i + 1) * 65536);
    expect(own.reduce((sum, value) => sum + value, 0)).toBe(spectra.sum);
  });
});

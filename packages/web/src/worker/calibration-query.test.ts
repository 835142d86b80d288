import { isEnergyCalibrated, makePhantom, RecipeError, writeRpl } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { LocalEngine } from "./engine.js";

test("a calibration is seen as the run makes it, of a file whose axis is off, and changes nothing that is there", async () => {
  const { image } = await makePhantom({ width: 32, height: 24, channels: 1024, channelWidthEv: 10, countsPerPixel: 200 });
  if (!isEnergyCalibrated(image.energyAxis)) expect.fail("a phantom has energies");
  const { offset, scale } = image.energyAxis;
  const { rpl, raw } = await writeRpl({
    ...image,
    energyAxis: { ...image.energyAxis, offset: offset - 0.04, scale: scale * 1.004 },
  });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of raw) pieces.push(new Uint8Array(piece));
  const engine = new LocalEngine();
  await engine.open([new File(pieces, "map.raw"), new File([rpl], "map.rpl")]);
  const loaded = await engine.load(0, () => {});
  expect(loaded.energyAxis.offset).toBeCloseTo(offset - 0.04, 9);
  const entry = { step: "calibrate", automatic: "energy" };
  const { energyAxis, report } = await engine.calibrationPreview(entry);
  for (const kev of [1, 3, 6]) {
    const channel = (kev - offset) / scale;
    expect(Math.abs(energyAxis.offset! + energyAxis.scale! * channel - kev)).toBeLessThan(0.006);
  }
  const steps = [
    entry,
    { step: "elements", elements: ["Si", "Fe"] },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 2 },
  ];
  const run = await engine.run({ schemaVersion: 1, steps }, () => {});
  expect([run.energyAxis, run.calibration]).toEqual([energyAxis, report]);
  expect((await engine.calibrationPreview({ step: "calibrate" })).energyAxis).toEqual(loaded.energyAxis);
  await expect(engine.calibrationPreview({ step: "bin" })).rejects.toThrow(RecipeError);
});

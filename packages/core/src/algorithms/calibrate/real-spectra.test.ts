import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { dataFolder, dataNote, hasData } from "../../formats/expected-readings.test-support.js";
import { openFile } from "../../formats/registry.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { parseParameters } from "../parameters.js";
import { energyCalibration } from "./energy-calibration.js";

/** Axes that their programs had calibrated well, with how many lines at least must be found again. */
const files = [
  { path: "bcf/rsciio__30x30_instructively_packed_16bit_compressed.bcf", lines: 10, statedEv: 129.2 },
  { path: "hspy/exspy__EDS_SEM_TM002.hspy", lines: 6, statedEv: 130 },
  { path: "hspy/exspy__EDS_TEM_FePt_nanoparticles.hspy", lines: 4, statedEv: 133.3 },
];

describe.skipIf(!hasData)(`real spectra${dataNote}`, () => {
  test.each(files)(
    "$path: the axis stays where it was, from the file and when it is set wrong",
    async ({ path, lines, statedEv }) => {
      const bytes = new Uint8Array(readFileSync(join(dataFolder, path)));
      const image = (await openFile(bytesInMemory(basename(path), bytes))).datasets[0]!;
      const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)]);
      const run = (axis: typeof image.energyAxis) =>
        energyCalibration.run({ spectrum, image: { ...image, energyAxis: axis } }, parseParameters(energyCalibration, {}), {
          seed: 0,
        });
      const { offset, scale } = image.energyAxis;
      const as = await run(image.energyAxis);
      const off = await run({ ...image.energyAxis, offset: offset! + 0.04, scale: scale! * 1.008 });
      expect(as.matches.length).toBeGreaterThanOrEqual(lines);
      for (const found of [as, off]) {
        for (const energy of [0.6, 2, 6]) {
          const channel = (energy - offset!) / scale!;
          expect(Math.abs(found.energyAxis.offset + channel * found.energyAxis.scale - energy)).toBeLessThan(0.02);
        }
        expect(Math.abs(found.resolution!.resolutionEv - statedEv)).toBeLessThan(10);
      }
    },
  );
});

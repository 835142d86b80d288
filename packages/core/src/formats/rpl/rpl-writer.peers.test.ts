/** HyperSpy opens what we write: same numbers, axes and metadata. Needs a Python with hyperspy and exspy: SIGMA_PEERS_PYTHON. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { writeRpl } from "./rpl-writer.js";

const python = process.env["SIGMA_PEERS_PYTHON"];

const script = `
import sys, json, hyperspy.api as hs
s = hs.load(sys.argv[1])
axes = [[a.size, a.scale, a.offset, str(a.units), a.name] for a in s.axes_manager._axes]
m = s.metadata.as_dictionary()
print(json.dumps({"type": type(s).__name__, "dtype": str(s.data.dtype), "axes": axes, "data": s.data.ravel().tolist(),
                  "tem": m["Acquisition_instrument"]["TEM"], "general": m["General"]}, default=str))
`;

describe.skipIf(python === undefined)(`HyperSpy${python === undefined ? " (skipped: set SIGMA_PEERS_PYTHON)" : ""}`, () => {
  test.each([3, 300, 70_000])("opens a map with counts up to %d", async (most) => {
    const shape = [3, 4];
    const channels = 8;
    const values = Array.from({ length: 96 }, (_, i) => (i === 9 ? most : i % 3 === 0 ? (i * 7919) % most : 0));
    const folder = await mkdtemp(join(tmpdir(), "sigma-rpl-"));
    try {
      const files = await writeRpl(imageOf(shape, channels, values));
      await writeFile(join(folder, "map.rpl"), files.rpl);
      await writeFile(join(folder, "map.raw"), files.raw);
      const read = JSON.parse(
        execFileSync(python!, ["-W", "ignore", "-c", script, join(folder, "map.rpl")], { encoding: "utf8" }),
      );
      expect(read.data).toEqual(values);
      expect(read.dtype).toBe(most < 256 ? "uint8" : most < 65_536 ? "uint16" : "uint32");
      expect(read.type).toBe("EDSTEMSpectrum");
      expect(read.axes).toEqual([
        [3, 0.25, 1, "um", "y"],
        [4, 0.5, 2, "um", "x"],
        [8, 0.010001, -0.47, "keV", "energy"],
      ]);
      expect(read.tem).toMatchObject({
        beam_energy: 200,
        Stage: { tilt_alpha: 5 },
        Detector: { EDS: { elevation_angle: 18, azimuth_angle: 45, energy_resolution_MnKa: 131, live_time: 0.5 } },
      });
      expect(read.general).toMatchObject({ title: "Particles", date: "2024-02-03", time: "04:05:06" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function imageOf(shape: readonly number[], channels: number, values: readonly number[]): SpectrumImage {
  return {
    title: "Particles",
    counts: countsFromDense(shape, channels, values),
    navigationAxes: [
      { name: "y", size: shape[0]!, offset: 1, scale: 0.25, units: "um" },
      { name: "x", size: shape[1]!, offset: 2, scale: 0.5, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: -0.47, scale: 0.010001, units: "keV" },
    images: [],
    metadata: {
      instrument: "TEM",
      beamEnergyKev: 200,
      magnification: 20_000,
      detector: { type: "SuperX", resolutionEv: 131, elevationAngleDeg: 18, azimuthAngleDeg: 45, liveTimeS: 6, realTimeS: 9 },
      stage: { tiltDeg: 5 },
      elements: ["Fe", "Pt"],
      acquiredAt: "2024-02-03T04:05:06",
    },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { joined, SMALL_SHAPE, smallCounts, smallImage } from "./hspy-images.test-support.js";
import { writeHspy } from "./write-hspy.js";

const python = process.env["SIGMA_PEERS_PYTHON"];
const note = python === undefined ? " (skipped: SIGMA_PEERS_PYTHON is not set)" : "";

const READ = `
import sys, json, warnings
warnings.filterwarnings("ignore")
import hyperspy.api as hs
s = hs.load(sys.argv[1])
m = s.metadata
eds = m.Acquisition_instrument.SEM.Detector.EDS
print(json.dumps({
    "class": type(s).__name__,
    "dtype": str(s.data.dtype),
    "shape": list(s.data.shape),
    "data": s.data.ravel().tolist(),
    "axes": [[a.name, a.size, a.offset, a.scale, a.units, bool(a.navigate), bool(a.is_binned)] for a in s.axes_manager._axes],
    "title": m.General.title,
    "date": m.General.date + "T" + m.General.time,
    "beam": [m.Acquisition_instrument.SEM.beam_energy, m.Acquisition_instrument.SEM.beam_current, m.Acquisition_instrument.SEM.magnification],
    "eds": [eds.azimuth_angle, eds.elevation_angle, eds.energy_resolution_MnKa, eds.live_time, eds.real_time],
    "stage": [m.Acquisition_instrument.SEM.Stage[k] for k in ("x", "y", "z", "tilt_alpha", "rotation")],
    "elements": list(m.Sample.elements),
}))
`;

const SUM = `
import sys, json, h5py
d = h5py.File(sys.argv[1])["Experiments/__unnamed__/data"][...]
print(json.dumps([list(d.shape), d.sum(axis=(1, 2), dtype="i8").tolist()]))
`;

describe.skipIf(python === undefined)(`HyperSpy reads what is written${note}`, () => {
  test("with more chunks than fit into one node, and into one level, of their index", async () => {
    const [rows, channels] = [64 * 64 + 5, 2];
    const values = Array.from({ length: rows * channels }, (_, i) => (i * 7) % 13);
    const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 1, units: "um" });
    const image = {
      ...smallImage(),
      title: "",
      counts: countsFromDense([rows, 1], channels, values),
      navigationAxes: [axis("y", rows), axis("x", 1)],
      energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
    };
    const folder = mkdtempSync(join(tmpdir(), "hspy-"));
    const path = join(folder, "written.hspy");
    writeFileSync(path, joined(await writeHspy(image)));
    const [shape, sums] = JSON.parse(execFileSync(python!, ["-c", SUM, path], { encoding: "utf8" }));
    rmSync(folder, { recursive: true });
    expect(shape).toEqual([rows, 1, channels]);
    expect(sums).toEqual(Array.from({ length: rows }, (_, y) => values[y * 2]! + values[y * 2 + 1]!));
  });

  test.each([
    [9, "uint8"],
    [300, "uint16"],
    [70_000, "uint32"],
  ])("with counts up to %d", async (largest, dtype) => {
    const folder = mkdtempSync(join(tmpdir(), "hspy-"));
    const path = join(folder, "written.hspy");
    writeFileSync(path, joined(await writeHspy(smallImage(largest))));
    const read = JSON.parse(execFileSync(python!, ["-c", READ, path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    rmSync(folder, { recursive: true });
    const { height, width, channels } = SMALL_SHAPE;
    expect(read).toEqual({
      class: "EDSSEMSpectrum",
      dtype,
      shape: [height, width, channels],
      data: smallCounts(largest),
      axes: [
        ["y", height, 0, 0.5, "µm", true, false],
        ["x", width, -1, 0.25, "µm", true, false],
        ["Energy", channels, -0.1, 0.02, "keV", false, true],
      ],
      title: "Grains / 2 µm",
      date: "2024-02-03T04:05:06",
      beam: [15, 1.5, 1200],
      eds: [45, 35, 128.5, 2, 3],
      stage: [1.5, -2, 0.01, 5, 90],
      elements: ["Al", "Fe", "O"],
    });
  });
});

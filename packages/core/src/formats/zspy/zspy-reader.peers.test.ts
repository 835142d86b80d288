import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { openFile } from "../registry.js";

const folder = mkdtempSync(join(tmpdir(), "zspy-"));
const zarr = noPeers
  ? "none"
  : runPython<string>(
      "import json\ntry:\n import zarr\n v=zarr.__version__\nexcept ImportError:\n v='none'\nprint(json.dumps(v))",
    );
const canWrite = zarr.startsWith("2.");
const note = noPeers || canWrite ? peersNote : ` (skipped: RosettaSciIO writes .zspy with zarr 2; here is ${zarr})`;

/** HyperSpy saves one signal as a folder and as a zip archive, and says what is in it. */
const script = `
import json, os, sys
import numpy as np, zarr, hyperspy.api as hs
folder, shape, dtype = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(5)
s = hs.signals.Signal1D(rng.poisson(0.3, shape).astype(dtype))
s.set_signal_type("EDS_SEM")
s.metadata.set_item("General.title", "Grains")
s.metadata.set_item("Acquisition_instrument.SEM.beam_energy", 15.0)
s.metadata.set_item("Sample.elements", ["Fe", "O"])
for axis, (name, scale, offset, units) in zip(s.axes_manager._axes, [("y", 2.0, 0.0, "nm"), ("x", 3.0, 1.0, "nm"), ("Energy", 10.0, -100.0, "eV")][-len(shape):]):
    axis.name, axis.scale, axis.offset, axis.units = name, scale, offset, units
s.save(os.path.join(folder, "a.zspy"), overwrite=True, chunks=None if len(shape) < 3 else (2, 3, shape[2]))
store = zarr.ZipStore(os.path.join(folder, "b.zspy"), mode="w")
s.save(store, overwrite=True)
store.close()
flat = s.data.reshape(-1, shape[-1]).astype(int)
print(json.dumps({"spectrum": flat.sum(0).tolist(), "map": flat.sum(1).tolist()}))
`;

describe.skipIf(!canWrite)(`what HyperSpy saves with zarr-python${note}`, () => {
  test.each([
    [[5, 7, 60], "uint16"],
    [[4, 3, 33], "int32"],
    [[3, 4, 20], "float64"],
    [[50], "uint8"],
  ])("as %j of %s is read alike from the folder and from the archive", async (shape, dtype) => {
    const expected = runPython<{ spectrum: number[]; map: number[] }>(script, [folder, JSON.stringify(shape), dtype]);
    const root = [".zmetadata", ".zgroup"].find((name) => existsSync(join(folder, "a.zspy", name)))!;
    for (const source of [fileOf(join(folder, "a.zspy", root)), fileOf(join(folder, "b.zspy"))]) {
      const { format, datasets } = await openFile(source);
      expect([format, datasets.length]).toEqual(["zspy", 1]);
      const [{ counts, energyAxis, navigationAxes, metadata }] = datasets as [(typeof datasets)[number]];
      const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
      expect([...counts.navigationShape, counts.channels]).toEqual(shape);
      expect(Array.from(spectrum)).toEqual(expected.spectrum);
      expect(Array.from(map)).toEqual(expected.map);
      expect(energyAxis.scale).toBeCloseTo(0.01, 12);
      expect(energyAxis.offset).toBeCloseTo(-0.1, 12);
      if (shape.length === 3)
        expect(navigationAxes.map(({ name, scale }) => [name, scale])).toEqual([
          ["y", 0.002],
          ["x", 0.003],
        ]);
      expect(metadata).toMatchObject({ title: "Grains", instrument: "SEM", beamEnergyKev: 15, elements: ["Fe", "O"] });
    }
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(path: string): ByteSource {
  return {
    ...bytesInMemory(basename(path), new Uint8Array(readFileSync(path))),
    async sibling(name) {
      const other = join(dirname(path), name);
      return existsSync(other) ? fileOf(other) : undefined;
    },
  };
}

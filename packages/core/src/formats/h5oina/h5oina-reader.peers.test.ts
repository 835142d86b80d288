import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { openFile } from "../registry.js";

const committed = fileURLToPath(new URL("../../../../../fixtures/h5oina/", import.meta.url));
const generator = fileURLToPath(new URL("../../../../../scripts/generate-h5oina-fixtures.py", import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), "h5oina-"));
const names = readdirSync(committed).filter((name) => name.endsWith(".h5oina"));

/** Every `Spectrum` of a file as h5py reads it, slices and detectors in order, and its calibration. */
const script = `
import json, sys, re
import h5py, numpy as np
found = []
with h5py.File(sys.argv[1]) as f:
    for slice in sorted((n for n in f if n.isdigit()), key=int):
        for technique in sorted(n for n in f[slice] if re.fullmatch(r"EDS\\d*", n)):
            data, header = f[slice][technique].get("Data"), f[slice][technique]["Header"]
            if data is None or "Spectrum" not in data:
                continue
            counts = data["Spectrum"][()].astype(float)
            one = lambda key: float(np.ravel(header[key][()])[0])
            found.append({"spectrum": counts.sum(0).tolist(), "map": counts.sum(1).tolist(), "channelEv": one("Channel Width"), "startEv": one("Start Channel"), "beamKv": one("Beam Voltage")})
print(json.dumps(found))
`;
const generate = `
import json, runpy, sys
loaded = runpy.run_path(sys.argv[1])
loaded["main"].__globals__["OUT"] = sys.argv[2]
loaded["main"]()
print("null")
`;

interface Seen {
  readonly spectrum: number[];
  readonly map: number[];
  readonly channelEv: number;
  readonly startEv: number;
  readonly beamKv: number;
}

describe.skipIf(noPeers)(`.h5oina files that h5py wrote${peersNote}`, () => {
  test("can be written again", () => {
    runPython(generate, [generator, fresh]);
    expect(readdirSync(fresh).filter((name) => name.endsWith(".h5oina"))).toEqual(names);
  });

  test.each(names.flatMap((name) => [[name, "committed"] as const, [name, "fresh"] as const]))(
    "%s (%s) reads as h5py reads it",
    async (name, which) => {
      const path = join(which === "fresh" ? fresh : committed, name);
      const seen = runPython<Seen[]>(script, [path]);
      const { datasets } = await openFile(bytesInMemory(name, new Uint8Array(readFileSync(path))));
      expect(datasets.length).toBe(seen.length);
      for (const [i, { counts, energyAxis, metadata }] of datasets.entries()) {
        const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
        expect(Array.from(spectrum)).toEqual(seen[i]!.spectrum);
        expect(Array.from(map)).toEqual(seen[i]!.map);
        expect(energyAxis.scale).toBeCloseTo(seen[i]!.channelEv / 1000, 9);
        expect(energyAxis.offset).toBeCloseTo(seen[i]!.startEv / 1000, 9);
        expect(metadata.beamEnergyKev).toBeCloseTo(seen[i]!.beamKv, 6);
      }
    },
  );
});

afterAll(() => rmSync(fresh, { recursive: true, force: true }));

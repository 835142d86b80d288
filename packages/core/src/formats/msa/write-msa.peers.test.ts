import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { writeMsa } from "./write-msa.js";

const script = `
import json, sys, hyperspy.api as hs
s = hs.load(sys.argv[1])
a = s.axes_manager.signal_axes[0]
m = s.metadata
print(json.dumps({"type": s.metadata.Signal.signal_type, "data": s.data.tolist(), "scale": a.scale, "offset": a.offset, "units": a.units, "title": m.General.title,
  "date": m.General.get_item("date"), "beam": m.get_item("Acquisition_instrument.SEM.beam_energy", m.get_item("Acquisition_instrument.TEM.beam_energy"))}))
`;

test.skipIf(noPeers).each([
  [15, "EDS_SEM"],
  [200, "EDS_TEM"],
])(`HyperSpy reads our .msa at %d kV as %s${peersNote}`, (beamEnergyKev, type) => {
  const file = join(mkdtempSync(join(tmpdir(), "msa-")), "class-0.msa");
  const values = [0, 12, 0.125, 1e-9, 1234.5];
  writeFileSync(
    file,
    writeMsa({
      title: "Class 0: Olivine",
      values,
      energy: { offsetKev: -0.2, scaleKev: 0.01 },
      beamEnergyKev,
      acquiredAt: "2022-09-06T17:40:00",
    }),
  );
  const seen = runPython<Record<string, unknown>>(script, [file]);
  expect(seen).toEqual({
    type,
    data: values,
    scale: 0.01,
    offset: -0.2,
    units: "keV",
    title: "Class 0:Olivine",
    date: "2022-09-06",
    beam: beamEnergyKev,
  });
});

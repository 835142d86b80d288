import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { writeIpr, writeSpc, writeSpd } from "./write-edax.test-support.js";

const script = `
import json, sys
from rsciio.edax import file_reader
d = file_reader(sys.argv[1])[0]
print(json.dumps({"data": d["data"].tolist(), "axes": [[a["size"], float(a["scale"]), float(a["offset"]), a["units"]] for a in d["axes"]],
  "beam": float(d["metadata"]["Acquisition_instrument"]["SEM"]["beam_energy"])}))
`;

test.skipIf(noPeers)(`RosettaSciIO reads our .spd, .spc and .ipr as they were meant${peersNote}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "edax-"));
  const counts = [0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0, 300, 0, 0, 1, 0, 6, 0, 0];
  writeFileSync(join(folder, "Map.spc"), writeSpc({ counts: [1, 2, 3, 4] }));
  writeFileSync(join(folder, "Area_Img.ipr"), writeIpr([0.5, 0.25]));
  writeFileSync(
    join(folder, "Map.spd"),
    writeSpd({ width: 3, height: 2, channels: 4, bytesPerCount: 2, imageName: "Area_Img.bmp", counts }),
  );
  const seen = runPython<{ data: number[][][]; axes: unknown; beam: number }>(script, [join(folder, "Map.spd")]);
  expect(seen.data.flat(2)).toEqual(counts);
  expect(seen.axes).toEqual([
    [2, 0.25, 0, "µm"],
    [3, 0.5, 0, "µm"],
    [4, 0.01, -0.5, "keV"],
  ]);
  expect(seen.beam).toBe(20);
});

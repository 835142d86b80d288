import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeIpr, writeSpc, writeSpd } from "./write-edax.test-support.js";

const python = process.env["SIGMA_PYTHON"] ?? "python3";
const script = `
import json, sys
from rsciio.edax import file_reader
d = file_reader(sys.argv[1])[0]
print(json.dumps({"data": d["data"].tolist(), "axes": [[a["size"], float(a["scale"]), float(a["offset"]), a["units"]] for a in d["axes"]],
  "beam": float(d["metadata"]["Acquisition_instrument"]["SEM"]["beam_energy"])}))
`;

test("RosettaSciIO reads our .spd, .spc and .ipr as they were meant", () => {
  const folder = mkdtempSync(join(tmpdir(), "edax-"));
  const counts = [0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0, 300, 0, 0, 1, 0, 6, 0, 0];
  writeFileSync(join(folder, "Map.spc"), writeSpc({ counts: [1, 2, 3, 4] }));
  writeFileSync(join(folder, "Area_Img.ipr"), writeIpr([0.5, 0.25]));
  writeFileSync(
    join(folder, "Map.spd"),
    writeSpd({ width: 3, height: 2, channels: 4, bytesPerCount: 2, imageName: "Area_Img.bmp", counts }),
  );
  const seen = JSON.parse(
    execFileSync(python, ["-c", script, join(folder, "Map.spd")], { encoding: "utf8" })
      .trim()
      .split("\n")
      .at(-1)!,
  );
  expect(seen.data.flat(2)).toEqual(counts);
  expect(seen.axes).toEqual([
    [2, 0.25, 0, "µm"],
    [3, 0.5, 0, "µm"],
    [4, 0.01, -0.5, "keV"],
  ]);
  expect(seen.beam).toBe(20);
});

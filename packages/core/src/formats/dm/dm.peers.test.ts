import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { type ImageToWrite, writeDmImages } from "./write-dm.test-support.js";

const script = `
import json, sys
from rsciio.digitalmicrograph import file_reader
out = []
for path in sys.argv[1:]:
    d = file_reader(path)[0]
    out.append({"data": d["data"].tolist(), "title": d["metadata"]["General"]["title"],
      "axes": [[a["size"], float(a["scale"]), float(a["offset"]), a["units"]] for a in d["axes"]]})
print(json.dumps(out))
`;

test.skipIf(noPeers)(`RosettaSciIO reads our .dm3 and .dm4 as they were meant${peersNote}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dm-"));
  const values = Array.from({ length: 24 }, (_, i) => i * i);
  const image: ImageToWrite = {
    name: "map",
    dataType: 10,
    data: { type: 4, values },
    dimensions: [
      { size: 3, origin: 1, scale: 2, units: "nm" },
      { size: 2, origin: 0, scale: -4, units: "nm" },
      { size: 4, origin: 2, scale: 10, units: "eV" },
    ],
    tags: [
      [
        "Meta Data",
        [
          ["Format", "Spectrum image"],
          ["Signal", "X-ray"],
        ],
      ],
    ],
  };
  // RosettaSciIO reads values of big-endian files in the byte order of the machine, so only little-endian ones can be compared.
  const cases = [
    [3, true],
    [4, true],
  ] as const;
  const paths = cases.map(([version, little]) => join(folder, `${little ? "little" : "big"}.dm${version}`));
  cases.forEach(([version, little], i) => {
    writeFileSync(paths[i]!, writeDmImages(version, [image], little));
  });
  const seen = runPython<{ data: number[][][]; title: string; axes: (number | string)[][] }[]>(script, paths);
  for (const { data, title, axes } of seen) {
    expect(title).toBe("map");
    expect(axes.map(([size]) => size)).toEqual([4, 2, 3]);
    expect(axes.map(([, scale, offset, units]) => [scale, offset === 0 ? 0 : offset, units])).toEqual([
      [10, -20, "eV"],
      [-4, 0, "nm"],
      [2, -2, "nm"],
    ]);
    expect(data.flat(2)).toEqual(values);
  }
});

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { at, writeEds, writePicture, writePts } from "./write-jeol.test-support.js";

const script = `
import json, sys
import numpy as np
from rsciio.jeol import file_reader
out = []
for path in sys.argv[1:]:
    d = file_reader(path)[0]
    x = np.argwhere(d["data"])
    out.append({"entries": [[*map(int, i), int(d["data"][tuple(i)])] for i in x], "shape": list(d["data"].shape),
      "axes": [[float(a["scale"]), float(a["offset"])] for a in d["axes"]], "title": d["metadata"]["General"]["title"]})
print(json.dumps(out))
`;

type Reading = Readonly<Record<"entries" | "shape" | "axes" | "title", unknown>>;

test.skipIf(noPeers)(`RosettaSciIO reads our .pts, .eds and .map as they were meant${peersNote}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "jeol-"));
  const sweep = [
    at.y(0),
    at.x(0),
    at.xray(7),
    at.xray(3),
    at.xray(7),
    at.x(2048),
    at.xray(5),
    at.y(2048),
    at.x(0),
    at.x(2048),
    at.xray(4095),
  ];
  const paths = ["a.pts", "b.eds", "c.map"].map((name) => join(folder, name));
  writeFileSync(paths[0]!, writePts({ pixels: "2x2", words: [...sweep, ...sweep, ...sweep.slice(0, 5)], sweeps: 2 }));
  writeFileSync(paths[1]!, writeEds([0, 5, 0, 7]));
  writeFileSync(paths[2]!, writePicture("Fe K", 2, 1, [3, 4]));
  const [map, spectrum, picture] = runPython<[Reading, Reading, Reading]>(script, paths);
  expect(map.shape).toEqual([2, 2, 4096]);
  expect(map.entries).toEqual([
    [0, 0, 3, 2],
    [0, 0, 7, 4],
    [0, 1, 5, 2],
    [1, 1, 4095, 2],
  ]);
  expect(map.axes).toEqual([
    [2, 0],
    [2, 0],
    [0.01, 0.002 - 0.96],
  ]);
  expect(spectrum.entries).toEqual([
    [1, 5],
    [3, 7],
  ]);
  expect(spectrum.axes).toEqual([[0.01, -0.002]]);
  expect(picture).toMatchObject({
    title: "Fe K",
    entries: [
      [0, 0, 3],
      [0, 1, 4],
    ],
  });
});

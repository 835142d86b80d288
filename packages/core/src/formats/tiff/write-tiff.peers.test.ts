import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noPeers, peersNote, runPython } from "../../../test/peers-python.test-support.js";
import { writeTiff } from "./write-tiff.js";

const script = `
import json, sys, tifffile
with tifffile.TiffFile(sys.argv[1]) as t:
    p = t.pages[0]
    print(json.dumps({"pixels": p.asarray().tolist(), "dtype": str(p.dtype), "imagej": t.imagej_metadata, "resolution": p.resolution, "unit": int(p.resolutionunit), "pages": len(t.pages)}))
`;

test.skipIf(noPeers).each([
  ["uint8", Uint8Array.of(0, 10, 20, 30, 40, 50)],
  ["uint16", Uint16Array.of(0, 10, 20, 30, 40, 50_000)],
  ["float32", Float32Array.of(0, -1.5, 2, 3, 4, 0.25)],
])(`tifffile reads %s with its scale${peersNote}`, (dtype, data) => {
  const file = join(mkdtempSync(join(tmpdir(), "tiff-")), "map.tif");
  writeFileSync(file, writeTiff({ width: 3, height: 2, data, pixelSizeUm: [0.35, 0.35] }));
  const seen = runPython<{ pixels: number[][]; resolution: number[] }>(script, [file]);
  expect(seen).toMatchObject({
    dtype,
    pages: 1,
    unit: 1,
    imagej: { ImageJ: "1.54f", unit: "micron", min: data[1]! < 0 ? -1.5 : 0, max: Math.max(...data) },
  });
  expect(seen.pixels).toEqual([Array.from(data.subarray(0, 3)), Array.from(data.subarray(3))]);
  expect(seen.resolution[0]).toBeCloseTo(1 / 0.35, 6);
});

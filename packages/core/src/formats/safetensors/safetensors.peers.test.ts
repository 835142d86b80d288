import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSafetensors } from "./read-safetensors.js";
import { writeSafetensors } from "./safetensors.js";

const python = process.env["SIGMA_PEERS_PYTHON"];
const note = python === undefined ? " (skipped: set SIGMA_PEERS_PYTHON to a Python with safetensors)" : "";

const script = `
import json, sys
from safetensors import safe_open
from safetensors.numpy import save_file
with safe_open(sys.argv[1], "np") as f:
    tensors = {name: f.get_tensor(name) for name in f.keys()}
    metadata = f.metadata()
save_file(tensors, sys.argv[2], metadata)
print(json.dumps({"metadata": metadata, "tensors": {k: [str(v.dtype), list(v.shape), v.ravel().tolist()] for k, v in tensors.items()}}))
`;

test.skipIf(python === undefined)(`the safetensors package reads ours, and we read what it writes${note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
  const [ours, theirs] = [join(folder, "ours.safetensors"), join(folder, "theirs.safetensors")];
  const tensors = new Map([
    ["b", { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6.5) }],
    ["a", { shape: [2], data: Float64Array.of(0.1, -1) }],
    ["c", { shape: [3], data: Int32Array.of(1, -2, 3) }],
  ]);
  writeFileSync(ours, writeSafetensors({ tensors, metadata: { format: "ours" } }));
  const seen: unknown = JSON.parse(execFileSync(python!, ["-c", script, ours, theirs], { encoding: "utf8" }));
  expect(seen).toEqual({
    metadata: { format: "ours" },
    tensors: {
      a: ["float64", [2], [0.1, -1]],
      b: ["float32", [2, 3], [1, 2, 3, 4, 5, 6.5]],
      c: ["int32", [3], [1, -2, 3]],
    },
  });
  const back = readSafetensors(readFileSync(theirs));
  expect(Object.fromEntries(back.tensors)).toEqual(Object.fromEntries(tensors));
  expect(back.metadata).toEqual({ format: "ours" });
});

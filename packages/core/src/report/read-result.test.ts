import { expect, test } from "vitest";
import { writeMsa } from "../formats/msa/write-msa.js";
import { writeNpy } from "../formats/npy/npy.js";
import { readResultArchive } from "./read-result.js";
import { zipFiles } from "./zip-files.js";

const bytes = (text: string) => new TextEncoder().encode(text);

const files = [
  { path: "labels.npy", bytes: writeNpy({ shape: [2, 3], data: Int32Array.of(0, 0, 1, 1, 1, -1) }) },
  { path: "recipe.json", bytes: bytes('{"seed": 3}') },
  { path: "report.html", bytes: bytes("<p>") },
  ...[0, 1].map((id) => ({
    path: `spectra/class-${id}.msa`,
    bytes: writeMsa({ title: "x", values: [1, 2, id], energy: { offsetKev: 0, scaleKev: 0.01 } }),
  })),
  {
    path: "result.json",
    bytes: bytes('{"schemaVersion": 1, "phases": [{"id": 0, "name": "Quartz", "areaFraction": 0.4}, {"id": 1}], "files": []}'),
  },
];

test("a zip of a result is read as it was written, in a folder of the zip as well", async () => {
  for (const folder of ["", "dacite/"]) {
    const zip = await zipFiles(files.map((file) => ({ ...file, path: `${folder}${file.path}` })));
    const { labels, shape, classes, spectra, recipe } = await readResultArchive(zip, "a.zip");
    expect([...labels]).toEqual([0, 0, 1, 1, 1, -1]);
    expect(shape).toEqual([2, 3]);
    expect(classes).toEqual([
      { id: 0, name: "Quartz", areaFraction: 0.4 },
      { id: 1, name: "Class 1", areaFraction: 0 },
    ]);
    expect(spectra.map((spectrum) => spectrum[2])).toEqual([0, 1]);
    expect(recipe).toEqual({ seed: 3 });
  }
});

test("what is no zip, and a zip without a result, are refused in words", async () => {
  await expect(readResultArchive(bytes("nonsense"), "a.zip")).rejects.toThrow(/no zip of a result/);
  const zip = await zipFiles(files.filter(({ path }) => path !== "labels.npy"));
  await expect(readResultArchive(zip, "a.zip")).rejects.toThrow(/missing/);
});

import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { zipFiles } from "./zip-files.js";

const files = [
  { path: "result.json", bytes: new TextEncoder().encode('{"phases":[]}') },
  { path: "masks/class-0.tif", bytes: new Uint8Array(2000) },
  { path: "labels.png", bytes: Uint8Array.from({ length: 300 }, (_, i) => (i * 97) % 256) },
];

test("a zip holds every file with its path and bytes", async () => {
  const unzipped = unzipSync(await zipFiles(files));
  expect(Object.keys(unzipped)).toEqual(files.map(({ path }) => path));
  for (const { path, bytes } of files) expect(unzipped[path]).toEqual(bytes);
});

test("the same files give the same bytes, and what can be packed is", async () => {
  const zip = await zipFiles(files);
  expect(await zipFiles(files)).toEqual(zip);
  expect(zip.length).toBeLessThan(1200);
});

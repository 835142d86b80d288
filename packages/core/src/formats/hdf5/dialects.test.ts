import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { emdFormat } from "../emd/emd-format.js";
import { h5oinaFormat } from "../h5oina/h5oina-format.js";
import { hspyFormat } from "../hspy/hspy-format.js";
import { joined, smallImage } from "../hspy/hspy-images.test-support.js";
import { writeHspy } from "../hspy/write-hspy.js";

const formats = { hspy: hspyFormat, emd: emdFormat, h5oina: h5oinaFormat } as const;
const fixtures = join(import.meta.dirname, "../../../../../fixtures");
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(fixtures, path)));
const answers = (head: Uint8Array, name: string) =>
  Object.values(formats).map((format) => format.detect(head.subarray(0, 4096), name));

test.each([
  ["hspy/variants.hspy", ["yes", "no", "no"]],
  ["hspy/oldest.hdf5", ["yes", "no", "no"]],
  ["emd/velox.emd", ["no", "yes", "no"]],
  ["emd/ncem.emd", ["no", "yes", "no"]],
  ["h5oina/map-lzf.h5oina", ["no", "no", "yes"]],
])("%s is known by its first bytes, under any name", (path, expected) => {
  for (const name of [path, "renamed.bin", "renamed.h5"]) expect(answers(bytesOf(path), name)).toEqual(expected);
});

test("a file that is written here shows what it is in its first bytes, however long it is", async () => {
  expect(answers(joined(await writeHspy(smallImage())), "renamed.bin")).toEqual(["yes", "no", "no"]);
});

test("first bytes that show HDF5 only leave it to the name, and a name that says nothing to the reader of all", () => {
  const head = bytesOf("hdf5/v110.h5").subarray(0, 64);
  expect(answers(head, "a.emd")).toEqual(["no", "maybe", "no"]);
  expect(answers(head, "a.h5oina")).toEqual(["no", "no", "maybe"]);
  expect(answers(head, "a.bin")).toEqual(["maybe", "no", "no"]);
});

test("every reader opens every dialect as what it is", async () => {
  const source: ByteSource = bytesInMemory("misnamed.hspy", bytesOf("h5oina/map-lzf.h5oina"));
  for (const format of Object.values(formats)) expect((await (await format.reader()).open(source)).format).toBe("h5oina");
});

test("an HDF5 file of no known kind is refused, with what is in it", async () => {
  const opening = (await hspyFormat.reader()).open(bytesInMemory("other.h5", bytesOf("hdf5/v110.h5")));
  await expect(opening).rejects.toThrow(/no kind that is read\. Found groups attributes, chunked/);
});

import { expect, test } from "vitest";
import { readSessionArchive, writeSessionArchive } from "./session-archive.js";

const labels = Int32Array.from([0, 1, -1, 1]);
const tree = {
  name: "map.bcf",
  labels,
  again: { labels, spectra: [Float64Array.from([0.5, Number.NaN])] },
  odd: [undefined, Number.POSITIVE_INFINITY, -0, null],
  names: new Map([[1, "Quartz"]]),
  hidden: new Set([2]),
};

test("a session comes back as it was, and one array stays one", async () => {
  const back = (await readSessionArchive(await writeSessionArchive(tree), "test")) as typeof tree;
  expect(back).toEqual(tree);
  expect(back.again.labels).toBe(back.labels);
  expect(Object.is(back.odd[2], -0)).toBe(true);
});

test("the same session gives the same bytes", async () => {
  expect(await writeSessionArchive(tree)).toEqual(await writeSessionArchive(tree));
});

test("what is no session is refused with what was found", async () => {
  await expect(readSessionArchive(new TextEncoder().encode("hello"), "x.sigma")).rejects.toThrow(
    /x\.sigma: This is not a session/,
  );
  const bytes = await writeSessionArchive(tree);
  await expect(readSessionArchive(bytes.subarray(0, bytes.length - 30), "x.sigma")).rejects.toThrow(/not a session/);
  await expect(writeSessionArchive({ run: () => 1 })).rejects.toThrow(/plain values/);
});

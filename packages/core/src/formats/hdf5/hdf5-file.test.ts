import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { openHdf5 } from "./hdf5-file.js";

const folder = join(import.meta.dirname, "../../../../../fixtures/hdf5");
const expected: Record<string, Record<string, { shape: number[]; sum: number; sha256: string }>> = JSON.parse(
  readFileSync(join(folder, "expected.json"), "utf8"),
);
const open = (name: string) => openHdf5(bytesInMemory(name, new Uint8Array(readFileSync(join(folder, name)))));

test.each(Object.entries(expected))("%s holds the numbers that h5py wrote", async (name, datasets) => {
  const root = await open(name);
  for (const [path, { shape, sum, sha256 }] of Object.entries(datasets)) {
    const dataset = await root.dataset(path);
    expect(dataset?.shape, path).toEqual(shape);
    const values = Float64Array.from((await dataset?.numbers()) ?? []);
    expect(
      values.reduce((total, value) => total + value, 0),
      path,
    ).toBe(sum);
    expect(createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex"), path).toBe(sha256);
  }
});

describe.each(["earliest.h5", "v110.h5"])("%s", (name) => {
  test("gives any box of a dataset as a part of the whole", async () => {
    const root = await open(name);
    for (const path of ["chunked/gzip", "chunked/growing-both", "plain/little-i4", "plain/compact", "chunked/holes"]) {
      const dataset = (await root.dataset(path))!;
      const whole = await dataset.numbers();
      const start = dataset.shape.map((size) => Math.floor(size / 3));
      const count = dataset.shape.map((size, i) => Math.max(1, size - start[i]! - 1));
      const box = await dataset.numbers(start, count);
      const picked: number[] = [];
      whole.forEach((value, index) => {
        let rest = index;
        const at = dataset.shape.toReversed().map((size) => {
          const along = rest % size;
          rest = Math.floor(rest / size);
          return along;
        });
        if (at.reverse().every((along, i) => along >= start[i]! && along < start[i]! + count[i]!)) picked.push(value);
      });
      expect(Array.from(box), path).toEqual(picked);
    }
  });

  test("gives text, lists and compounds as plain values", async () => {
    const root = await open(name);
    const plain = async (path: string) => (await root.dataset(path))?.plain();
    expect(await plain("text/fixed")).toEqual(["Fe", "Si", "O"]);
    expect(await plain("text/variable")).toEqual(["Fe_Ka", "µm", ""]);
    expect(await plain("text/ragged")).toEqual([[0], [0, 1], [0, 1, 2]]);
    expect(await plain("text/compound")).toEqual([
      { name: "Fe", energy: 6.4, window: [1, 2] },
      { name: "O", energy: 0.525, window: [3, 4] },
    ]);
    expect(await plain("plain/bool")).toEqual([true, false, true]);
    expect(await plain("plain/empty")).toEqual([]);
  });

  test("gives attributes of every kind, few or many", async () => {
    const root = await open(name);
    expect(await (await root.group("attributes"))?.attributes()).toEqual({
      text: "a µm",
      bytes: "fixed",
      integer: 42,
      float: 0.25,
      yes: true,
      list: [1, 2, 3],
      texts: ["a", "bc"],
      nothing: null,
    });
    const { huge, ...many } = (await (await root.group("many-attributes"))?.attributes()) ?? {};
    expect(Object.entries(many)).toEqual(
      Array.from({ length: 40 }, (_, i) => [`name-${String(i).padStart(2, "0")}`, `value ${i}`]),
    );
    if (name === "v110.h5") expect(huge).toEqual(Array.from({ length: 1500 }, (_, i) => i));
  });

  test("follows hard and soft links, and gives nothing for broken, foreign and absent ones", async () => {
    const links = (await (await open(name)).group("links"))!;
    expect((await links.dataset("hard"))?.shape).toEqual([3, 5]);
    expect((await links.dataset("soft"))?.shape).toEqual([3, 5]);
    expect((await links.group("relative"))?.names).toEqual([]);
    expect(await links.get("broken")).toBeUndefined();
    expect(await links.get("elsewhere")).toBeUndefined();
    expect(await links.get("absent/too")).toBeUndefined();
    expect(await (await open(name)).get("named-type")).toBeUndefined();
    expect(links.names).not.toContain("elsewhere");
    await expect(links.get("circle")).rejects.toThrow("Links lead in a circle");
  });
});

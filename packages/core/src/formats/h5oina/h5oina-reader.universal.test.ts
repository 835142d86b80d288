import { expect, test } from "vitest";
import expected from "../../../../../fixtures/h5oina/expected.json";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { h5oinaFormat } from "./h5oina-format.js";

const location = new URL("../../../../../fixtures/h5oina/map-lzf.h5oina", import.meta.url);

async function fixtureBytes(): Promise<Uint8Array> {
  if (location.protocol !== "file:") return new Uint8Array(await (await fetch(location)).arrayBuffer());
  const { readFileSync } = await import("node:fs");
  return new Uint8Array(readFileSync(location));
}

test("an LZF-packed map of an irregular area gives the counts that h5py wrote", async () => {
  const { datasets } = await (await h5oinaFormat.reader()).open(bytesInMemory("map.h5oina", await fixtureBytes()));
  const [spectrum, map] = await pass(datasets[0]!.counts, [sumSpectrum(datasets[0]!.counts), countMap(datasets[0]!.counts)]);
  expect(Array.from(spectrum)).toEqual(expected["map-lzf.h5oina"][0]!.sumSpectrum);
  expect(Array.from(map)).toEqual(expected["map-lzf.h5oina"][0]!.countMap);
});

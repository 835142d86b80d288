import { expect, test } from "vitest";
import fixture from "../../../../../fixtures/zspy/expected.json";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { openZip } from "./zip-archive.js";
import { fixtureBytes } from "./zspy-fixture.test-support.js";
import { zspyFormat } from "./zspy-format.js";

const expected: Readonly<Record<string, { sumSpectrum: number[]; countMap: number[] }>> = fixture;
const open = async (source: ByteSource) => (await zspyFormat.reader()).open(source);

test("every compressor, chunking and kind of number gives the counts that zarr-python wrote", async () => {
  const { datasets, format } = await open(bytesInMemory("signals.zspy", await fixtureBytes()));
  expect(format).toBe("zspy");
  expect(datasets.map(({ title }) => title)).toEqual(Object.keys(expected).sort());
  for (const { title, counts, metadata, energyAxis, navigationAxes } of datasets) {
    const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
    expect(counts.kind).toBe("counts");
    expect(Array.from(spectrum), title).toEqual(expected[title]!.sumSpectrum);
    expect(Array.from(map), title).toEqual(expected[title]!.countMap);
    expect(metadata).toMatchObject({ instrument: "SEM", beamEnergyKev: 15, elements: ["Fe", "O"] });
    expect(energyAxis).toMatchObject({ name: "energy", scale: 0.01, offset: 0, units: "keV" });
    expect(navigationAxes.map(({ scale, units }) => [scale, units])).toEqual([
      [0.002, "um"],
      [0.003, "um"],
    ]);
  }
});

test("a folder is read through its list of documents and the paths of its chunks", async () => {
  const zip = await openZip(bytesInMemory("signals.zspy", await fixtureBytes()));
  const metadata: Record<string, unknown> = {};
  for (const name of zip.names) {
    if (/\.z(group|attrs|array)$/.test(name)) metadata[name] = JSON.parse(new TextDecoder().decode(await zip.read(name)));
  }
  const root: ByteSource = {
    ...bytesInMemory(".zmetadata", new TextEncoder().encode(JSON.stringify({ zarr_consolidated_format: 1, metadata }))),
    async sibling(name) {
      const bytes = await zip.read(name);
      return bytes === undefined ? undefined : bytesInMemory(name, bytes);
    },
  };
  expect(zspyFormat.detect(await root.read(0, 200), root.name)).toBe("yes");
  const { datasets } = await open(root);
  const [spectrum] = await pass(datasets[0]!.counts, [sumSpectrum(datasets[0]!.counts)]);
  expect(Array.from(spectrum)).toEqual(expected[datasets[0]!.title]!.sumSpectrum);
  const alone = bytesInMemory(".zgroup", new TextEncoder().encode('{"zarr_format": 2}'));
  await expect(open(alone)).rejects.toThrow(/Zip the folder/);
});

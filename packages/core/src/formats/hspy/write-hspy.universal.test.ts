import { expect, test } from "vitest";
import { bytesInMemory, bytesOfBlob } from "../../spectrum-image/byte-source.js";
import { collectCounts, countsFromDense } from "../../spectrum-image/counts.js";
import { hspyFormat } from "./hspy-format.js";
import { joined, smallImage } from "./hspy-images.test-support.js";
import { writeHspy } from "./write-hspy.js";

const reread = async (pieces: readonly Uint8Array[]) => {
  const { datasets } = await (await hspyFormat.reader()).open(bytesInMemory("a.hspy", joined(pieces)));
  return datasets[0]!;
};
const flat = async (image: ReturnType<typeof smallImage>) => {
  const { stored } = await collectCounts(image.counts);
  return stored.flatMap(({ firstPixel, pixels, rowStart, channel, count }) =>
    Array.from({ length: pixels }, (_, p) =>
      Array.from(channel.subarray(rowStart[p], rowStart[p + 1]), (c, i) => [firstPixel + p, c, count[rowStart[p]! + i]]),
    ).flat(),
  );
};

test.each([9, 300, 70_000, 5_000_000_000])("counts up to %d come back as they were", async (largest) => {
  const image = smallImage(largest);
  const again = await reread(await writeHspy(image));
  expect(again.counts.kind).toBe("counts");
  expect(again.counts.navigationShape).toEqual([3, 5]);
  expect(await flat(again)).toEqual(await flat(image));
});

test("intensities come back as they were", async () => {
  const image = smallImage(9, "intensity");
  const again = await reread(await writeHspy(image));
  expect(again.counts.kind).toBe("intensity");
  expect(await flat(again)).toEqual(await flat(image));
});

test("axes and metadata come back; the times of a map are not used, because HyperSpy leaves open whose they are", async () => {
  const image = smallImage();
  const again = await reread(await writeHspy(image));
  const { liveTimeS: _live, realTimeS: _real, ...detector } = image.metadata.detector;
  expect(again.title).toBe(image.title);
  expect(again.navigationAxes).toEqual(image.navigationAxes);
  expect(again.energyAxis).toEqual(image.energyAxis);
  expect(again.metadata).toEqual({ ...image.metadata, detector: { ...detector, liveTimeS: undefined, realTimeS: undefined } });
  expect(again.loadReport.findings.map(({ code }) => code)).toContain("live-time-unclear");
});

test.each([
  ["its beam says SEM", { beamEnergyKev: 15 }, "EDS_SEM", "SEM"],
  ["its beam says TEM", { beamEnergyKev: 200 }, "EDS_TEM", "TEM"],
  ["its detector alone is known", { beamEnergyKev: undefined }, "EDS_SEM", "SEM"],
] as const)("an instrument that the file does not name is written where %s", async (_, known, type, instrument) => {
  const image = smallImage();
  const unnamed = { ...image, metadata: { ...image.metadata, instrument: undefined, ...known } };
  const pieces = await writeHspy(unnamed);
  expect(new TextDecoder("latin1").decode(joined(pieces))).toContain(type);
  expect((await reread(pieces)).metadata.instrument).toBe(instrument);
});

test("of a file that says nothing of an instrument, no kind of spectrum is claimed", async () => {
  const image = smallImage();
  const pieces = await writeHspy({ ...image, metadata: { detector: {}, elements: [] } });
  expect(new TextDecoder("latin1").decode(joined(pieces))).not.toContain("EDS_");
});

test("a dataset of more chunks than a node of their index holds is read back whole", async () => {
  const [pixels, channels] = [9000, 3];
  const values = Array.from({ length: pixels * channels }, (_, i) => i % 5);
  const image = { ...smallImage(), counts: countsFromDense([pixels, 1], channels, values) };
  const axes = [
    { name: "y", size: pixels, offset: 0, scale: 1, units: "um" },
    { name: "x", size: 1, offset: 0, scale: 1, units: "um" },
  ];
  const energyAxis = { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" };
  const sized = { ...image, navigationAxes: axes, energyAxis };
  expect(await flat(await reread(await writeHspy(sized)))).toEqual(await flat(sized));
});

test("single spectra and stacks are written with their own number of axes", async () => {
  const stack = {
    ...smallImage(),
    counts: countsFromDense(
      [2, 2, 3],
      10,
      Array.from({ length: 120 }, (_, i) => i % 3),
    ),
    navigationAxes: ["tilt", "y", "x"].map((name, i) => ({ name, size: [2, 2, 3][i]!, offset: 0, scale: 1, units: "um" })),
    energyAxis: { name: "energy", size: 10, offset: 0, scale: 0.01, units: "keV" },
  };
  expect((await reread(await writeHspy(stack))).counts.navigationShape).toEqual([2, 2, 3]);
  const single = {
    ...stack,
    navigationAxes: [],
    counts: countsFromDense([], 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  };
  const again = await reread(await writeHspy(single));
  expect(again.counts.navigationShape).toEqual([]);
  expect(again.metadata.detector.liveTimeS).toBe(30);
});

test("a file is read from a Blob, range by range", async () => {
  const blob = new Blob((await writeHspy(smallImage())) as BlobPart[]);
  const { datasets } = await (await hspyFormat.reader()).open(bytesOfBlob("a.hspy", blob));
  expect(await flat(datasets[0]!)).toEqual(await flat(smallImage()));
});

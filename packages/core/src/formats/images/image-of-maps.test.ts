import { describe, expect, it } from "vitest";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { imageOfMaps } from "./image-of-maps.js";
import { withMapsAsDataset } from "./map-contents.js";
import { mapSetOf } from "./open-maps.js";

const picture = (name: string, data: NavigationImage["data"]): NavigationImage => ({
  name,
  width: 3,
  height: 2,
  data,
  pixelSizeUm: [0.5, 0.5],
});
const fe = picture("Fe Ka1", Uint16Array.of(0, 1, 2, 3, 4, 5));
const si = picture("map-Si", Uint8Array.of(9, 0, 0, 0, 0, 7));
const codes = (image: { loadReport: { findings: readonly { code: string }[] } }) =>
  image.loadReport.findings.map(({ code }) => code);

describe("a set of element maps as an image", () => {
  it("has a channel per map, named by line or element, and the electron images as pictures", async () => {
    const image = imageOfMaps(mapSetOf([fe, si, picture("BSE", Uint8Array.of(1, 2, 3, 4, 5, 6))]), "site");
    expect(image.channelLines).toEqual(["Fe_Ka", "Si"]);
    expect(image.images.map(({ name }) => name)).toEqual(["BSE"]);
    expect(image.metadata.elements).toEqual(["Fe", "Si"]);
    expect(image.navigationAxes).toMatchObject([
      { name: "y", size: 2, scale: 0.5 },
      { name: "x", size: 3, scale: 0.5, units: "um" },
    ]);
    expect([...(await pass(image.counts, [sumSpectrum(image.counts)]))[0]]).toEqual([15, 16]);
    const rows = [];
    for await (const { firstPixel, pixels, channel, count } of image.counts.blocks())
      rows.push([firstPixel, pixels, [...channel], [...count]]);
    expect(rows).toEqual([
      [0, 3, [1, 0, 0], [9, 1, 2]],
      [3, 3, [0, 0, 0, 1], [3, 4, 5, 7]],
    ]);
  });

  it.each([
    ["whole numbers", Uint16Array.of(1, 2, 3, 4, 5, 6), "counts"],
    ["fractions", Float32Array.of(1, 2, 3, 4, 5, 6.5), "intensity"],
    ["a picture stretched to the full range", Uint8Array.of(0, 2, 3, 4, 5, 255), "intensity"],
  ] as const)("takes %s as %s", (_, data, kind) => {
    const image = imageOfMaps(mapSetOf([picture("Fe", data), si]), "site");
    expect(image.counts.kind).toBe(kind);
    expect(codes(image)).toContain(kind === "counts" ? "maps-are-counts" : "maps-are-intensities");
  });

  it("counts what is no number or below 0 as 0, and says so", async () => {
    const image = imageOfMaps(mapSetOf([picture("Fe", Float32Array.of(Number.NaN, -1, -2, 1, 1, 1)), si]), "site");
    expect([...(await pass(image.counts, [sumSpectrum(image.counts)]))[0]]).toEqual([3, 16]);
    const messages = image.loadReport.findings.map(({ message }) => message).join(" ");
    expect(messages).toMatch(/Fe: 1 of 6 values are no numbers.*Fe: 2 of 6 values are below 0/);
  });

  it("keeps two maps of one element apart, and says which pictures are left out", () => {
    const image = imageOfMaps(
      mapSetOf([
        { ...si, name: "Si 1" },
        { ...si, name: "Si 2" },
        { ...si, name: "legend" },
      ]),
      "site",
    );
    expect(image.channelLines).toEqual(["Si", "Si (Si 2)"]);
    expect(codes(image)).toContain("pictures-left-out");
  });
});

describe("a file of pictures", () => {
  it("with two element maps or more is a dataset", async () => {
    const contents = await withMapsAsDataset({ format: "images", datasets: [], images: [fe, si] }, "maps.npz");
    expect(contents.datasets[0]).toMatchObject({ title: "maps.npz", channelLines: ["Fe_Ka", "Si"] });
    expect(contents.images).toEqual([]);
  });

  it("with fewer stays a file of pictures", async () => {
    const contents = { format: "images", datasets: [], images: [fe, picture("BSE", si.data)] };
    expect(await withMapsAsDataset(contents, "x")).toBe(contents);
  });
});

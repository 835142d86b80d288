import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { dataFolder, dataNote, hasData } from "../expected-readings.test-support.js";
import { imageTotal, realFileInFolder } from "../real-files.test-support.js";
import { writeTiff } from "../tiff/write-tiff.js";
import { roleOfPicture } from "./map-names.js";
import { openMaps } from "./open-maps.js";

describe("what a picture shows, by its name", () => {
  test.each([
    ["map-Fe", "Fe", undefined],
    ["map_short_atom_Si", "Si", undefined],
    ["Fe Kα1", "Fe", "Fe_Ka"],
    ["Si Kα1_10", "Si", "Si_Ka"],
    ["Fe K series", "Fe", "Fe_Ka"],
    ["FeKa", "Fe", "Fe_Ka"],
    ["Au_Ma", "Au", "Au_Ma"],
    ["O", "O", undefined],
    ["K", "K", undefined],
    ["C K", "C", "C_Ka"],
    ["iron", "Fe", undefined],
    ["Se", "Se", undefined],
    ["Ca in site 3", "Ca", undefined],
  ])("%s is an element", (name, element, line) => {
    expect(roleOfPicture(name)).toEqual({ kind: "element", element, line });
  });

  test.each([
    ["map_short_atom_BSE", "BSE"],
    ["SE", "SE"],
    ["HAADF 1", "HAADF"],
    ["site3_bsd_backscatter", "BSE"],
    ["Electron Image 1", "electrons"],
  ])("%s is an electron image", (name, detector) => {
    expect(roleOfPicture(name)).toEqual({ kind: "electrons", detector });
  });

  test.each(["phases", "si", "image 3", "overview"])("%s is neither", (name) => {
    expect(roleOfPicture(name)).toEqual({ kind: "other" });
  });
});

const picture = (name: string, width: number, height: number) =>
  bytesInMemory(name, writeTiff({ width, height, data: Uint8Array.from({ length: width * height }, (_, i) => i) }));

describe("sets of maps", () => {
  test("come by name, whatever the order of the files", async () => {
    const files = ["map 10 Si.tif", "map 2 Fe.tif", "BSE.tif", "notes.tif", "map 2 Al.tif"].map((name) => picture(name, 4, 3));
    const set = await openMaps(files);
    expect(set.maps.map(({ element }) => element)).toEqual(["Al", "Fe", "Si"]);
    expect(set.electrons.map(({ detector }) => detector)).toEqual(["BSE"]);
    expect(set.others.map(({ name }) => name)).toEqual(["notes"]);
    expect(await openMaps([...files].reverse())).toEqual(set);
  });

  test("that differ by a row are cut, and say so; that differ by more are refused; electron images may differ", async () => {
    const set = await openMaps([picture("Fe.tif", 4, 3), picture("Si.tif", 5, 4), picture("SE.tif", 40, 30)]);
    expect([set.width, set.height]).toEqual([4, 3]);
    expect([...set.maps[1]!.image.data]).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13]);
    expect(set.findings.map(({ code }) => code)).toEqual(["maps-cut"]);
    await expect(openMaps([picture("Fe.tif", 4, 3), picture("Si.tif", 8, 3)])).rejects.toMatchObject({
      tag: "data-check",
      facts: { field: "size" },
    });
  });

  test("without an element are refused", async () => {
    await expect(openMaps([picture("picture.tif", 4, 3)])).rejects.toMatchObject({
      tag: "data-check",
      facts: { field: "names", found: "picture" },
    });
  });
});

describe.runIf(hasData)(`real maps${dataNote}`, () => {
  const folder = (name: string) =>
    readdirSync(`${dataFolder}/maps/${name}`).map((file) => realFileInFolder(`maps/${name}/${file}`));

  test("NumPy maps of atomic fractions with a BSE image", async () => {
    const set = await openMaps(folder("edxia"));
    expect(set.maps.map(({ element }) => element)).toEqual(["Ca", "Fe", "Mg", "O", "Si"]);
    expect(set.electrons.map(({ detector }) => detector)).toEqual(["BSE"]);
    expect([set.width, set.height]).toEqual([225, 150]);
    // numpy.load("map_short_atom_Ca.npy").sum(); the file of the BSE image is in Fortran order.
    expect(imageTotal([set.maps[0]!.image])).toBeCloseTo(6781.43, 2);
  });

  test("JPEG maps, one a row shorter than the others", async () => {
    const set = await openMaps(folder("eds-phase"));
    expect(set.maps.map(({ element }) => element)).toEqual(["Al", "Co", "Cr", "Fe", "Ni"]);
    expect([set.width, set.height]).toEqual([814, 637]);
    expect(new Set(set.findings.map(({ code }) => code))).toEqual(new Set(["lossy-picture", "colours", "maps-cut"]));
  });
});

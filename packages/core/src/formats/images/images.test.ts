import { encode as encodePng } from "fast-png";
import { zipSync } from "fflate";
import jpeg from "jpeg-js";
import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { writeNpy } from "../npy/npy.js";
import { openFile } from "../registry.js";
import { writeTiff } from "../tiff/write-tiff.js";
import { imagesFormat } from "./images-format.js";

const { open } = await imagesFormat.reader();
const text = (content: string) => new TextEncoder().encode(content);

async function only(source: ByteSource) {
  const { images, findings = [] } = await open(source);
  expect(images).toHaveLength(1);
  return { ...images[0]!, data: [...images[0]!.data], codes: findings.map(({ code }) => code) };
}

describe("pictures", () => {
  test("TIFF with its scale", async () => {
    const bytes = writeTiff({ width: 3, height: 2, data: Uint16Array.of(1, 2, 3, 4, 5, 60000), pixelSizeUm: [0.5, 0.5] });
    const image = await only(bytesInMemory("folder/map-Fe.tif", bytes));
    expect(image).toMatchObject({ name: "map-Fe", width: 3, height: 2, data: [1, 2, 3, 4, 5, 60000], codes: [] });
    expect(image.pixelSizeUm![0]).toBeCloseTo(0.5, 9);
  });

  test("PNG of 8 and 16 bits, in grey and in colour", async () => {
    const grey = encodePng({ width: 3, height: 1, channels: 1, depth: 16, data: Uint16Array.of(1, 256, 65535) });
    expect(await only(bytesInMemory("Si.png", grey))).toMatchObject({
      name: "Si",
      width: 3,
      height: 1,
      data: [1, 256, 65535],
      codes: [],
    });
    const red = encodePng({ width: 2, height: 1, channels: 3, depth: 8, data: Uint8Array.of(200, 0, 0, 7, 9, 8) });
    expect(await only(bytesInMemory("Fe.png", red))).toMatchObject({ data: [200, 9], codes: ["colours"] });
    const same = encodePng({ width: 2, height: 1, channels: 4, depth: 8, data: Uint8Array.of(5, 5, 5, 255, 7, 7, 7, 0) });
    expect(await only(bytesInMemory("Fe.png", same))).toMatchObject({ data: [5, 7], codes: [] });
  });

  test("PNG of fewer bits and with a palette", async () => {
    const palette = encodePng({
      width: 4,
      height: 1,
      channels: 1,
      depth: 2,
      data: Uint8Array.of(0b00011011),
      palette: [
        [0, 0, 0],
        [0, 9, 0],
        [0, 99, 0],
        [0, 255, 0],
      ],
    });
    expect(await only(bytesInMemory("Fe.png", palette))).toMatchObject({ width: 4, data: [0, 9, 99, 255], codes: ["colours"] });
    const bits = encodePng({ width: 5, height: 2, channels: 1, depth: 1, data: Uint8Array.of(0b10110000, 0b01001000) });
    expect(await only(bytesInMemory("mask.png", bits))).toMatchObject({ data: [1, 0, 1, 1, 0, 0, 1, 0, 0, 1] });
  });

  test("JPEG with a warning", async () => {
    const data = new Uint8Array(16 * 16 * 4).fill(128);
    const bytes = new Uint8Array(jpeg.encode({ width: 16, height: 16, data }, 90).data);
    const image = await only(bytesInMemory("eds-map-Ni.jpg", bytes));
    expect(image).toMatchObject({ name: "eds-map-Ni", width: 16, height: 16, codes: ["lossy-picture"] });
    for (const value of image.data) expect(Math.abs(value - 128)).toBeLessThanOrEqual(2);
  });
});

describe("tables", () => {
  test.each([
    ["1,2,3\n4,5,6\n", [1, 2, 3, 4, 5, 6]],
    ["Fe K counts\nwidth 3\n\n1;2,5;3\r\n4;5;-6;\r\n", [1, 2.5, 3, 4, 5, -6]],
    ["1\t2\t3\n4\t5\t600000", [1, 2, 3, 4, 5, 600000]],
    ['"1","2","3"\n"4","5","6"', [1, 2, 3, 4, 5, 6]],
    ["1.5e2  2 3\n 4 5 6\n", [150, 2, 3, 4, 5, 6]],
  ])("%j", async (content, data) => {
    expect(await only(bytesInMemory("Fe.csv", text(content)))).toMatchObject({ width: 3, height: 2, data });
  });

  test("rows that differ, words among numbers, and single numbers are errors that name the line", async () => {
    const opening = (content: string) => open(bytesInMemory("Fe.csv", text(content)));
    await expect(opening("1,2,3\n4,5\n")).rejects.toMatchObject({
      tag: "format",
      facts: { field: "line 2", expected: "3, as in line 1" },
    });
    await expect(opening("1,2,3\n4,x,6\n")).rejects.toMatchObject({ tag: "format", facts: { field: "line 2" } });
    await expect(opening("no table\n")).rejects.toMatchObject({ tag: "format" });
  });
});

describe("arrays", () => {
  const values = Uint16Array.from({ length: 24 }, (_, i) => (i * 5) % 7);
  const npy = (shape: number[]) => writeNpy({ shape, data: values });
  const cube = async (source: ByteSource, axes: string[]) => {
    const { datasets } = await open(source, { axes });
    const { counts, navigationAxes } = datasets[0]!;
    const [sum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
    return { kind: counts.kind, axes: navigationAxes.map(({ name, size }) => `${name} ${size}`), sum: [...sum], map: [...map] };
  };
  const sumOf = (take: (i: number) => boolean) => values.reduce((sum, value, i) => sum + (take(i) ? value : 0), 0);

  test("two axes are a picture", async () => {
    expect(await only(bytesInMemory("Mg.npy", npy([4, 6])))).toMatchObject({
      name: "Mg",
      width: 6,
      height: 4,
      data: [...values],
    });
  });

  test("three axes are what the user says: a cube of spectra in either order, or a stack of maps", async () => {
    const source = bytesInMemory("cube.npy", npy([2, 3, 4]));
    expect(await cube(source, ["y", "x", "energy"])).toEqual({
      kind: "counts",
      axes: ["y 2", "x 3"],
      sum: [0, 1, 2, 3].map((c) => sumOf((i) => i % 4 === c)),
      map: [0, 1, 2, 3, 4, 5].map((p) => sumOf((i) => Math.floor(i / 4) === p)),
    });
    expect(await cube(source, ["energy", "y", "x"])).toEqual({
      kind: "counts",
      axes: ["y 3", "x 4"],
      sum: [0, 1].map((c) => sumOf((i) => Math.floor(i / 12) === c)),
      map: Array.from({ length: 12 }, (_, p) => sumOf((i) => i % 12 === p)),
    });
    const { images } = await open(source, { axes: ["map", "y", "x"] });
    expect(images.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["cube 1", 4, 3],
      ["cube 2", 4, 3],
    ]);
    expect([...images[1]!.data]).toEqual([...values.subarray(12)]);
  });

  test("an array in Fortran order is turned round", async () => {
    const header = `${"{'descr': '>u2', 'fortran_order': True, 'shape': (2, 3, 4), }".padEnd(117)}\n`;
    const bytes = Uint8Array.from([
      0x93,
      ...text("NUMPY"),
      1,
      0,
      118,
      0,
      ...text(header),
      ...Array.from(values).flatMap((value) => [value >> 8, value & 255]),
    ]);
    const found = await cube(bytesInMemory("f.npy", bytes), ["y", "x", "energy"]);
    expect(found.sum).toEqual([0, 1, 2, 3].map((c) => sumOf((i) => Math.floor(i / 6) === c)));
    expect(found.map).toEqual([0, 1].flatMap((y) => [0, 1, 2].map((x) => sumOf((i) => i % 6 === y + 2 * x))));
  });

  test("without axes, or with others than it has, the array is refused with what to say", async () => {
    const source = bytesInMemory("cube.npy", npy([2, 3, 4]));
    await expect(open(source)).rejects.toThrow(/y,x,energy/);
    for (const axes of [
      ["y", "x"],
      ["y", "y", "energy"],
      ["a", "b", "c"],
    ]) {
      await expect(open(source, { axes })).rejects.toMatchObject({ tag: "unsupported", facts: { field: "axes" } });
    }
    await expect(open(source, { axes: ["y", "energy", "x"] })).rejects.toThrow(/between the others/);
  });

  test("all arrays of a .npz file, by name", async () => {
    const zip = zipSync({ "Si.npy": npy([4, 6]), "BSE.npy": npy([6, 4]), "readme.txt": text("x") });
    const { images } = await open(bytesInMemory("maps.npz", zip));
    expect(images.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["BSE", 4, 6],
      ["Si", 6, 4],
    ]);
  });
});

test("detection is by content", () => {
  const detect = (bytes: Uint8Array, name: string) => imagesFormat.detect(bytes, name);
  expect(detect(writeTiff({ width: 1, height: 1, data: Uint8Array.of(1) }), "x")).toBe("yes");
  expect(detect(encodePng({ width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(1) }), "x")).toBe("yes");
  expect(detect(zipSync({ "a.npy": new Uint8Array(1) }), "x")).toBe("yes");
  expect(detect(zipSync({ "a.xml": new Uint8Array(1) }), "x.npz")).toBe("no");
  expect(detect(text("1,2\n3,4"), "x.csv")).toBe("maybe");
  expect(detect(text("1,2\n3,4"), "x.bin")).toBe("no");
  expect(detect(text("words and more"), "x.csv")).toBe("no");
});

test("any damage gives a result or a typed error", async () => {
  const data = Uint8Array.from({ length: 240 }, (_, i) => (i * i) % 251);
  const picture = encodePng({ width: 20, height: 12, channels: 1, depth: 8, data });
  const photo = new Uint8Array(
    jpeg.encode({ width: 20, height: 12, data: Uint8Array.from({ length: 960 }, (_, i) => (i * i) % 251) }, 50).data,
  );
  await expectSoundUnderDamage(imagesFormat, "a.png", picture, { runs: 100, headerBytes: 40 });
  await expectSoundUnderDamage(imagesFormat, "a.jpg", photo, { runs: 150, headerBytes: 600 });
  await expectSoundUnderDamage(imagesFormat, "a.tif", writeTiff({ width: 20, height: 12, data }), {
    runs: 100,
    headerBytes: 300,
  });
  await expectSoundUnderDamage(imagesFormat, "a.npy", writeNpy({ shape: [12, 20], data }), { runs: 100, headerBytes: 100 });
  await expectSoundUnderDamage(imagesFormat, "a.npz", zipSync({ "a.npy": writeNpy({ shape: [12, 20], data }) }), {
    runs: 100,
    headerBytes: 100,
  });
  await expectSoundUnderDamage(imagesFormat, "a.csv", text("1,2,3\n4,5,6\n".repeat(20)), { runs: 50 });
});

test("a JPEG picture of more pixels than its file can hold is refused before memory is taken", async () => {
  const bytes = new Uint8Array(jpeg.encode({ width: 16, height: 16, data: new Uint8Array(1024).fill(90) }, 90).data);
  const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
  bytes.set([0x1f, 0xff, 0x1f, 0xff], frame + 5);
  await expect(openFile(bytesInMemory("a.jpg", bytes))).rejects.toThrow(/8191 x 8191 pixels in \d+ bytes/);
});

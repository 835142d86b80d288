import { createHash } from "node:crypto";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { base64, dataUri, encodeIndexedPng, encodePng, type Picture } from "./png.js";
import { pngWithResolution } from "./png-resolution.js";

describe("encodePng", () => {
  test.each<[string, Picture]>([
    ["grey", { width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 1, 2, 253, 254, 255) }],
    ["grey, 16 bits", { width: 3, height: 1, channels: 1, data: Uint16Array.of(0, 258, 65535) }],
    ["RGB", { width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }],
    ["RGBA", { width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
    ["RGB, 16 bits", { width: 1, height: 1, channels: 3, data: Uint16Array.of(1, 2000, 30000) }],
  ])("%s comes back as it was", (_, picture) => {
    const seen = decode(encodePng(picture));
    expect({ width: seen.width, height: seen.height, channels: seen.channels }).toEqual({
      width: picture.width,
      height: picture.height,
      channels: picture.channels,
    });
    expect(Array.from(seen.data)).toEqual(Array.from(picture.data));
  });

  test("says its resolution where it is given one, and is read as before", () => {
    const png = encodePng({ width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    const tagged = decode(pngWithResolution(png, 600), { checkCrc: true });
    expect(tagged.resolution).toEqual({ x: 23622, y: 23622, unit: 1 });
    expect([...tagged.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("gives the same bytes for the same picture", () => {
    const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i) % 251);
    const hash = createHash("sha256")
      .update(encodePng({ width: 64, height: 64, channels: 3, data }))
      .digest("hex");
    expect(hash).toBe("ca3139c2b440b8fa39ad44a3834c5fdfc11f5fb4895d3187424f26ce16d782f4");
  });

  test("refuses a size that does not fit", () => {
    expect(() => encodePng({ width: 2, height: 2, channels: 3, data: new Uint8Array(4) })).toThrow(/2 x 2 x 3/);
  });
});

test("base64 agrees with the platform for every length", () => {
  for (let length = 0; length < 9; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - 31 * i);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
  expect(dataUri(encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(9) }))).toMatch(
    /^data:image\/png;base64,iVBOR/,
  );
});

test("an indexed picture keeps its indices and colours", () => {
  const palette = Uint8Array.of(0, 0, 0, 255, 128, 1, 7, 8, 9);
  const seen = decode(encodeIndexedPng({ width: 3, height: 2, indices: Uint8Array.of(0, 1, 2, 2, 1, 0), palette }));
  expect(Array.from(seen.data)).toEqual([0, 1, 2, 2, 1, 0]);
  expect(seen.palette?.map((colour) => [...colour])).toEqual([
    [0, 0, 0],
    [255, 128, 1],
    [7, 8, 9],
  ]);
  expect(() => encodeIndexedPng({ width: 2, height: 2, indices: new Uint8Array(3), palette })).toThrow(/2 x 2/);
});

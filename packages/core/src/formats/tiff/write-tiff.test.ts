import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TiffImage, writeTiff } from "./write-tiff.js";

/** A reader of baseline TIFF of its own, for the test: the directory as numbers and text. */
function directory(bytes: Uint8Array): Map<number, number | string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(String.fromCharCode(bytes[0]!, bytes[1]!)).toBe("II");
  expect(view.getUint16(2, true)).toBe(42);
  const start = view.getUint32(4, true);
  const tags = new Map<number, number | string>();
  for (let i = 0; i < view.getUint16(start, true); i++) {
    const at = start + 2 + 12 * i;
    const [tag, type, count] = [view.getUint16(at, true), view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
    const pointer = view.getUint32(at + 8, true);
    if (type === 2) tags.set(tag, String.fromCharCode(...bytes.subarray(pointer, pointer + count - 1)));
    else if (type === 5) tags.set(tag, view.getUint32(pointer, true) / view.getUint32(pointer + 4, true));
    else tags.set(tag, type === 3 ? view.getUint16(at + 8, true) : pointer);
  }
  return tags;
}

function pixels(bytes: Uint8Array): Uint8Array {
  const tags = directory(bytes);
  return bytes.slice(tags.get(273) as number, (tags.get(273) as number) + (tags.get(279) as number));
}

describe("writeTiff", () => {
  test.each([
    [Uint8Array.of(0, 1, 2, 3, 254, 255), 8, 1],
    [Uint16Array.of(0, 1, 2, 3, 65534, 65535), 16, 1],
    [Float32Array.of(0, -1.5, 2, Number.NaN, 1e10, 0.125), 32, 3],
  ])("writes %o as it is", (data, bits, sampleFormat) => {
    const bytes = writeTiff({ width: 3, height: 2, data });
    const tags = directory(bytes);
    expect([tags.get(256), tags.get(257), tags.get(258), tags.get(339), tags.get(262), tags.get(259)]).toEqual([
      3,
      2,
      bits,
      sampleFormat,
      1,
      1,
    ]);
    expect(pixels(bytes)).toEqual(new Uint8Array(data.buffer));
  });

  test("tags come in rising order and values at even offsets", () => {
    const tags = directory(writeTiff({ width: 1, height: 1, data: Uint8Array.of(7), pixelSizeUm: [0.35, 0.35] }));
    expect([...tags.keys()]).toEqual([...tags.keys()].sort((a, b) => a - b));
    expect((tags.get(273) as number) % 8).toBe(0);
  });

  test("says the scale as ImageJ does", () => {
    const tags = directory(writeTiff({ width: 1, height: 1, data: Uint8Array.of(7), pixelSizeUm: [0.35, 0.7] }));
    expect(tags.get(270)).toBe("ImageJ=1.54f\nunit=micron\nloop=false\nmin=7\nmax=7\n");
    expect(tags.get(296)).toBe(1);
    expect(tags.get(282)).toBeCloseTo(1 / 0.35, 9);
    expect(tags.get(283)).toBeCloseTo(1 / 0.7, 9);
  });

  test("leaves the unit out where the scale is unknown", () => {
    const tags = directory(writeTiff({ width: 1, height: 1, data: Uint16Array.of(3), displayRange: [0, 9] }));
    expect(tags.get(270)).toBe("ImageJ=1.54f\nloop=false\nmin=0\nmax=9\n");
    expect(tags.get(282)).toBe(1);
  });

  test("keeps any pixel size to nine digits", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e5, noNaN: true }), (size) => {
        const stored = directory(writeTiff({ width: 1, height: 1, data: Uint8Array.of(0), pixelSizeUm: [size, size] })).get(
          282,
        ) as number;
        expect(Math.abs(stored * size - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  test.each<[string, TiffImage]>([
    ["a size that does not fit", { width: 2, height: 2, data: new Uint8Array(3) }],
    ["a size that is not whole", { width: 1.5, height: 2, data: new Uint8Array(3) }],
    ["a pixel size of nothing", { width: 1, height: 1, data: new Uint8Array(1), pixelSizeUm: [0, 1] }],
  ])("refuses %s", (_, image) => {
    expect(() => writeTiff(image)).toThrow(/picture|pixel size/);
  });
});

import { expect, test } from "vitest";
import { pixelsAt, rgbTiff, svgAtWidth, svgSize } from "./picture-files.js";

test("a width on paper in pixels", () => {
  expect(pixelsAt(25.4, 300)).toBe(300);
  expect(pixelsAt(90, 600)).toBe(2126);
});

test("a figure gets its size in millimetres and keeps its drawing", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320" viewBox="0 0 640 320"><rect width="5" height="5"/></svg>';
  expect(svgSize(svg)).toEqual({ width: 640, height: 320 });
  const sized = svgAtWidth(svg, 90);
  expect(sized).toContain('width="90mm" height="45mm" viewBox="0 0 640 320"');
  expect(sized).toContain('<rect width="5" height="5"/>');
});

test("a TIFF holds its pixels and its resolution where its directory says", () => {
  const tiff = rgbTiff(2, 1, Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255), 300);
  const view = new DataView(tiff.buffer);
  const entry = (tag: number): number => {
    for (let i = 0; i < view.getUint16(8, true); i++)
      if (view.getUint16(10 + 12 * i, true) === tag) return view.getUint32(18 + 12 * i, true);
    return -1;
  };
  expect([entry(256), entry(257), entry(279)]).toEqual([2, 1, 6]);
  expect([...tiff.subarray(entry(273))]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(view.getUint32(entry(282), true) / view.getUint32(entry(282) + 4, true)).toBe(300);
  expect(view.getUint16(entry(258), true)).toBe(8);
});

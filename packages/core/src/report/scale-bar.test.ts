import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseScaleBar, lengthText, pixelSizeText } from "./scale-bar.js";

test.each([
  [512, 0.35, "50 µm"],
  [100, 0.01, "200 nm"],
  [1024, 10, "2 mm"],
  [100, undefined, "20 pixels"],
  [3, undefined, "1 pixel"],
])("a map of %d pixels of %s µm has a bar of %s", (width, size, text) => {
  expect(chooseScaleBar(width, size).text.replaceAll("\u202f", " ")).toBe(text);
});

test("bars are 1, 2 or 5 times a power of ten and take 12 to 30 % of the width", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 8192 }), fc.double({ min: 1e-4, max: 1e3, noNaN: true }), (width, size) => {
      const { mapPixels } = chooseScaleBar(width, size);
      expect(mapPixels / width).toBeGreaterThan(0.1199);
      expect(mapPixels / width).toBeLessThanOrEqual(0.3 + 1e-9);
      expect((mapPixels * size).toExponential(6)).toMatch(/^[125]\.000000e/);
    }),
  );
});

test("lengths choose their unit", () => {
  expect(
    [lengthText(0.5), lengthText(1), lengthText(500), lengthText(1000)].map((text) => text.replaceAll("\u202f", " ")),
  ).toEqual(["500 nm", "1 µm", "500 µm", "1 mm"]);
});

test("pixels are micrometres down to a tenth, and nanometres below", () => {
  expect([0.01308, 0.0131, 0.1, 0.5, 8.737].map(pixelSizeText).map((text) => text.replace("\u202f", " "))).toEqual([
    "13.1 nm",
    "13.1 nm",
    "0.1 µm",
    "0.5 µm",
    "8.74 µm",
  ]);
});

import { expect, test } from "vitest";
import type { PhaseClass } from "../pipeline/analysis.js";
import { classColours } from "../pipeline/colours/palette.js";
import { labelPicture } from "./label-picture.js";
import { rgbOf, textWidth } from "./raster.js";

function phaseClass(id: number, name: string, colour: string): PhaseClass {
  return { id, name, colour, pixels: 2, areaFraction: 0.5, areaUm2: undefined, counts: 10, countsPerPixel: 5, dominantLines: [] };
}

const classes = [phaseClass(0, "Quartz", "#ff0000"), phaseClass(1, "Albite", "#0000ff")];
const picture = labelPicture(Int32Array.from([0, 1, 1, -1]), 2, 2, classes, { mapPixels: 1, text: "10 µm" });

function pixel(x: number, y: number): number[] {
  return [...picture.data.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3)];
}

test("each pixel of the map is a square of its class's colour", () => {
  expect(pixel(16, 16)).toEqual([255, 0, 0]);
  expect(pixel(16 + 15, 16 + 15)).toEqual([255, 0, 0]);
  expect(pixel(16 + 16, 16)).toEqual([0, 0, 255]);
  const unassigned = Array.from({ length: 16 * 16 }, (_, i) => pixel(32 + (i % 16), 32 + Math.floor(i / 16)).join());
  const [grey, hatch] = [
    [0x8a, 0x8d, 0x91],
    [0x44, 0x46, 0x48],
  ].map((colour) => unassigned.filter((seen) => seen === colour.join()).length);
  expect(grey! + hatch!).toBe(16 * 16);
  expect(hatch! / 256).toBeCloseTo(1 / 6, 1);
});

test("the scale bar is as long as the map pixels it stands for", () => {
  const row = 16 + 32 + 8 + 12;
  const dark = Array.from({ length: picture.width }, (_, x) => pixel(x, row)).filter(([r]) => r === 0x1a).length;
  expect(dark).toBeGreaterThanOrEqual(16);
  expect(pixel(16, row)).toEqual([0x1a, 0x1a, 0x1a]);
  expect(pixel(16 + 16, row)).toEqual([255, 255, 255]);
});

test.each([
  [0, false],
  [12, true],
])("colour %d of the palette has a pattern in map and legend: %s", (order, patterned) => {
  const colour = classColours[order]!;
  const one = labelPicture(Int32Array.of(0), 1, 1, [phaseClass(0, "Quartz", colour)], { mapPixels: 1, text: "" });
  const inked = (left: number, top: number) =>
    Array.from({ length: 144 }, (_, i) => ((top + Math.floor(i / 12)) * one.width + left + (i % 12)) * 3).some(
      (at) => one.data.subarray(at, at + 3).join() !== rgbOf(colour).join(),
    );
  expect([inked(16, 16), inked(16 + 32, 16 + 3)]).toEqual([patterned, patterned]);
});

test("areas are written as everywhere else", () => {
  const rare = { ...phaseClass(0, "Zircon", "#ff0000"), areaFraction: 0.0028 };
  const width = (areaFraction: number) =>
    labelPicture(Int32Array.of(0), 1, 1, [{ ...rare, areaFraction }], { mapPixels: 1, text: "" }).width;
  expect(width(0.0028) - width(0.5)).toBe(textWidth("0.28 %") - textWidth("50.0 %"));
});

test("the legend fits the picture and names what is unassigned", () => {
  expect(picture.width).toBeGreaterThan(2 * 16 + textWidth("Unassigned  25.0 %"));
});

test("where there are more classes than colours the smallest are one grey", () => {
  const many = Array.from({ length: 26 }, (_, id) => ({
    ...phaseClass(id, `Class ${id}`, "#ff0000"),
    areaFraction: (id + 1) / 351,
  }));
  const { data, width } = labelPicture(Int32Array.from([0, 1, 2]), 3, 1, many, { mapPixels: 1, text: "1 px" });
  const at = (x: number): number[] => [...data.subarray((20 * width + x) * 3, (20 * width + x) * 3 + 3)];
  expect([at(18), at(18 + 16), at(18 + 32)]).toEqual([...Array(2).fill([0xb6, 0xb9, 0xbc]), [255, 0, 0]]);
});

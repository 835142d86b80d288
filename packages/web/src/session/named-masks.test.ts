import { expect, test } from "vitest";
import { namedMasks } from "./named-masks.js";

const file = (path: string) => ({ path, bytes: new Uint8Array(1) });
const classes = [
  { id: 4, name: "Si-O-Al" },
  { id: 0, name: 'Fe/Ti "rim"?' },
];

test("masks have number and name of their class, and nothing else of the result is among them", () => {
  const files = ["labels.tif", "masks/class-0.tif", "masks/class-4.tif", "masks/class-4-tilt2.tif", "masks/classes.csv"].map(
    file,
  );
  expect(namedMasks(files, classes).map(({ path }) => path)).toEqual([
    "masks/2-Fe_Ti _rim__.tif",
    "masks/1-Si-O-Al.tif",
    "masks/1-Si-O-Al-tilt2.tif",
  ]);
});

test("a name of nothing that a file may be called is still a file", () => {
  expect(namedMasks([file("masks/class-1.tif")], [{ id: 1, name: "..." }])[0]!.path).toBe("masks/1-class.tif");
});

import { describe, expect, it } from "vitest";
import { ShapeError } from "../errors.js";
import { resampledPicture } from "./resample-image.js";

const picture = (width: number, height: number, value: (x: number, y: number) => number) => ({
  width,
  height,
  data: Float64Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
});

describe("pictures on another grid", () => {
  it("averages whole blocks", () => {
    expect([
      ...resampledPicture(
        picture(4, 2, (x, y) => x + 10 * y),
        2,
        1,
      ),
    ]).toEqual([5.5, 7.5]);
  });

  it("cuts pixels at the border of a cell by their area", () => {
    // Three pixels over two cells: the middle one is halved.
    expect([
      ...resampledPicture(
        picture(3, 1, (x) => [2, 8, 5][x]!),
        2,
        1,
      ),
    ]).toEqual([4, 6]);
  });

  it("keeps the mean at any size, as an average over areas does", () => {
    const source = picture(17, 11, (x, y) => ((x * 7 + y * 13) % 23) + 1);
    const mean = source.data.reduce((a, b) => a + b, 0) / source.data.length;
    for (const [width, height] of [
      [17, 11],
      [5, 4],
      [40, 23],
      [1, 1],
      [16, 12],
    ] as const) {
      const result = resampledPicture(source, width, height);
      expect(result.reduce((a, b) => a + b, 0) / result.length).toBeCloseTo(mean, 4);
    }
  });

  it("repeats pixels when it grows", () => {
    expect([
      ...resampledPicture(
        picture(2, 1, (x) => x),
        4,
        2,
      ),
    ]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });

  it("leaves out values that are not finite", () => {
    const source = picture(4, 1, (x) => [1, Number.NaN, Number.NaN, Number.NaN][x]!);
    expect([...resampledPicture(source, 2, 1)]).toEqual([1, Number.NaN]);
  });

  it("refuses a picture that does not fill its size", () => {
    expect(() => resampledPicture({ width: 2, height: 2, data: [1] }, 1, 1)).toThrow(ShapeError);
  });
});

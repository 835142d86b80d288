import { randomStream } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { brushSize, paintStroke } from "./brush.js";
import { countPixels } from "./masks.js";
import { wandMask } from "./wand.js";

describe("brush", () => {
  const frame = { width: 40, height: 30 };

  test("a dot is the disk of its diameter", () => {
    const mask = new Uint8Array(1200);
    paintStroke(mask, frame, { x: 20, y: 15 }, { x: 20, y: 15 }, 16);
    const expected = Uint8Array.from(mask, (_, p) =>
      ((p % 40) + 0.5 - 20) ** 2 + (Math.floor(p / 40) + 0.5 - 15) ** 2 <= 64 ? 1 : 0,
    );
    expect(mask).toEqual(expected);
  });

  test("a stroke is the union of the disks on its way", () => {
    const [stroke, dots] = [new Uint8Array(1200), new Uint8Array(1200)];
    const [from, to] = [
      { x: 4.2, y: 25.1 },
      { x: 33.9, y: 6.4 },
    ];
    paintStroke(stroke, frame, from, to, 7);
    for (let i = 0; i <= 4000; i++) {
      const at = { x: from.x + (i / 4000) * (to.x - from.x), y: from.y + (i / 4000) * (to.y - from.y) };
      paintStroke(dots, frame, at, at, 7);
    }
    const missing = stroke.filter((value, p) => value !== dots[p]).length;
    expect(missing).toBeLessThanOrEqual(2);
    expect(countPixels(stroke)).toBeGreaterThan(200);
  });

  test("the smallest brush takes the pixel under it; outside the map nothing happens", () => {
    const mask = new Uint8Array(1200);
    paintStroke(mask, frame, { x: 3.05, y: 4.95 }, { x: 3.05, y: 4.95 }, 1);
    expect([countPixels(mask), mask[4 * 40 + 3]]).toEqual([1, 1]);
    paintStroke(mask, frame, { x: -50, y: 90 }, { x: 90, y: 90 }, 9);
    expect(countPixels(mask)).toBe(1);
  });

  test("its size stays between 1 and 200", () => {
    expect([brushSize(1, -1), brushSize(1, 1), brushSize(190, 1), brushSize(50, -1)]).toEqual([1, 2, 200, 40]);
  });
});

describe("wand", () => {
  const frame = { width: 30, height: 20 };
  const random = randomStream(7, "wand");
  const isLeft = (p: number) => p % 30 < 12 || p % 30 >= 27;
  const lines = [12, 3, 30, 8].map((mean, l) =>
    Float32Array.from({ length: 600 }, (_, p) => random.poisson(isLeft(p) ? mean : mean * (l === 2 ? 0.2 : 1.6))),
  );

  test("takes the like and leaves the unlike; connected only by default", () => {
    const seed = 10 * 30 + 5;
    const mask = wandMask(seed, frame, lines);
    const share = (from: number, to: number) => {
      const inside = Array.from(mask).filter((_, p) => p % 30 >= from && p % 30 < to);
      return inside.reduce((sum, value) => sum + value, 0) / inside.length;
    };
    expect(share(0, 12)).toBeGreaterThan(0.95);
    expect(share(13, 26)).toBeLessThan(0.02);
    expect(share(27, 30)).toBeLessThan(0.02);
    const everywhere = wandMask(seed, frame, lines, { connected: false });
    expect(Array.from(everywhere).filter((value, p) => value === 1 && p % 30 >= 27).length).toBeGreaterThan(55);
  });

  test("tells phases apart that single spectra cannot, up to their edge, and does not leak along it", () => {
    const [width, height] = [60, 40];
    // A disk of another composition, 80 counts a pixel: 11 against 6 of one line, 4 against 8 of another.
    const isDisk = (p: number) => ((p % width) - 30) ** 2 + (Math.floor(p / width) - 20) ** 2 < 144;
    const counts = [40, 12, 11, 4, 3, 2, 1, 1, 1, 1].map((mean, l) => {
      const inDisk = l === 2 ? 6 : l === 3 ? 8 : mean;
      return Float32Array.from({ length: width * height }, (_, p) => random.poisson(isDisk(p) ? inDisk : mean));
    });
    const share = (mask: Uint8Array, inside: boolean) => {
      const own = Array.from(mask).filter((_, p) => isDisk(p) === inside);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const disk = wandMask(20 * width + 30, { width, height }, counts);
    expect(share(disk, true)).toBeGreaterThan(0.9);
    expect(share(disk, false)).toBeLessThan(0.05);
    const around = wandMask(5 * width + 5, { width, height }, counts);
    expect(share(around, true)).toBeLessThan(0.15);
    expect(share(around, false)).toBeGreaterThan(0.9);
  });

  test("at the corner of a later frame the window is what lies on that frame", () => {
    const frames = [9, 1, 4].map((mean) => Float32Array.from({ length: 200 }, () => random.poisson(mean)));
    const pair = frames.map((line, l) => Float32Array.from([...line.map(() => (l === 0 ? 1 : 9)), ...line]));
    const frame = { width: 20, height: 10 };
    for (const corner of [0, 19, 180, 199]) {
      expect(wandMask(200 + corner, frame, pair)).toEqual(wandMask(corner, frame, frames));
    }
  });

  test("a larger sigma takes more, and the clicked pixel always", () => {
    const sizes = [-100, 0, 3, 1000].map((sigma) => countPixels(wandMask(0, frame, lines, { sigma, connected: false })));
    expect(sizes[0]).toBe(1);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[3]).toBe(600);
  });
});

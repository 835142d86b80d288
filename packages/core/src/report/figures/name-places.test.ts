import { expect, test } from "vitest";
import { namePlaces } from "./name-places.js";

const bounds = { left: 0, right: 400, top: 0, bottom: 300 };

test("names beside each other's discs lie on none of them, nor on each other, nor on what is there", () => {
  const discs = [0, 1, 2, 3, 4, 5].map((i) => ({ x: 150 + 6 * i, y: 150 + (i % 2), width: 70 }));
  const taken = [{ left: 160, right: 260, top: 120, bottom: 135 }];
  const places = namePlaces(discs, taken, bounds);
  const boxes = [...taken, ...discs.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }))];
  for (const { box } of places) {
    for (const other of boxes) {
      const apart = box.left >= other.right || box.right <= other.left || box.top >= other.bottom || box.bottom <= other.top;
      expect(apart).toBe(true);
    }
    boxes.push(box);
  }
  expect(places.some(({ leader }) => leader !== undefined)).toBe(true);
});

test("a name alone stands at its disc, on the side with room, within the figure", () => {
  const [left, right] = namePlaces(
    [
      { x: 50, y: 50, width: 60 },
      { x: 390, y: 250, width: 60 },
    ],
    [],
    bounds,
  );
  expect(left).toMatchObject({ box: { left: 60, right: 120 }, leader: undefined });
  expect(right).toMatchObject({ box: { left: 320, right: 380 }, leader: undefined });
});

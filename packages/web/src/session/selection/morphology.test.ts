import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invertMask } from "./masks.js";
import { boundaryMask, connectedFrom, fillHoles, growMask, largestGrain, shrinkMask } from "./morphology.js";

const frame = { width: 7, height: 5 };

const picture = (text: string) => Uint8Array.from(text.replace(/\s/g, ""), (letter) => (letter === "#" ? 1 : 0));
const drawn = (mask: Uint8Array) =>
  Array.from(mask, (value) => (value === 1 ? "#" : "."))
    .join("")
    .match(/.{7}/g);
const mask = fc.array(fc.constantFrom(0, 1), { minLength: 35, maxLength: 35 }).map((values) => Uint8Array.from(values));

describe("sets of pixels", () => {
  test("grow over edges, not over corners", () => {
    const start = picture("....... ....... ...#... ....... #......");
    expect(drawn(growMask(start, frame))).toEqual([".......", "...#...", "..###..", "#..#...", "##....."]);
  });

  test("shrink is to grow the others; the edge of the map takes nothing away", () => {
    fc.assert(
      fc.property(mask, (m) => {
        expect(shrinkMask(m, frame)).toEqual(invertMask(growMask(invertMask(m), frame)));
      }),
    );
    expect(drawn(shrinkMask(new Uint8Array(35).fill(1), frame))).toEqual(Array(5).fill("#######"));
  });

  test("the boundary is what shrinking takes", () => {
    fc.assert(
      fc.property(mask, (m) => {
        const [less, edge] = [shrinkMask(m, frame), boundaryMask(m, frame)];
        expect([...less].map((value, p) => value + edge[p]!)).toEqual([...m]);
      }),
    );
  });

  test("holes are filled, bays are not", () => {
    const start = picture(".###### .#....# .#.##.# .#..#.. .###.#.");
    expect(drawn(fillHoles(start, frame))).toEqual([".######", ".#....#", ".#.##.#", ".#..#..", ".###.#."]);
    const closed = picture(".###### .#....# .#.##.# .#..### .####..");
    expect(drawn(fillHoles(closed, frame))).toEqual([".######", ".######", ".######", ".######", ".####.."]);
  });

  test("the largest grain hangs together over corners", () => {
    const start = picture("##..... ##..#.. ...#... ..#..## .##..##");
    expect(drawn(largestGrain(start, frame))).toEqual([".......", "....#..", "...#...", "..#....", ".##...."]);
    expect(largestGrain(new Uint8Array(35), frame)).toEqual(new Uint8Array(35));
  });

  test("frames of a stack do not touch", () => {
    const two = new Uint8Array(70);
    two[35 + 3] = 1;
    expect(growMask(two, frame).subarray(0, 35)).toEqual(new Uint8Array(35));
    const full = new Uint8Array(70).fill(1);
    expect(connectedFrom(36, frame, (p) => full[p] === 1)).toEqual(new Uint8Array(35).fill(1));
    expect(fillHoles(two, frame)).toEqual(two);
  });
});

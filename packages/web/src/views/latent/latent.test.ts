import { readFileSync } from "node:fs";
import { classColours, randomStream } from "@sigma-eds/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classShapes } from "../../session/derived/class-shapes.js";
import { latentIndex, nearestPoint } from "../../session/selection/latent-index.js";
import { toPlane, toPoints } from "../../ui/plane/point-plane.js";
import { packColour, packHex } from "../../ui/raster/colour-table.js";
import { contrast } from "../../ui/raster/contrast.js";
import { densityField } from "./density-field.js";
import { densityOfCells, densityRaster, pointCells, spreadOf } from "./density-raster.js";
import { grounds } from "./draw-latent.js";
import { edgeMarks } from "./edge-marks.js";
import { innerBounds, MOST_OUTSIDE, pointsOutside } from "./inner-bounds.js";
import { latentPlane } from "./latent-plane.js";
import { layOutNames, NAME_HEIGHT } from "./name-layout.js";
import { classPoints, pointColours } from "./point-colours.js";
import { LEAST_CONTRAST, withEdges } from "./point-edges.js";

describe("plane", () => {
  test("there and back, y turned round, all points within the margin", () => {
    const plane = latentPlane({ left: -3, right: 5, bottom: 10, top: 14 });
    const { x, y } = toPlane(plane, 5, 14);
    expect([x, y]).toEqual([expect.closeTo(1070, 9), expect.closeTo(70, 9)]);
    expect(toPoints(plane, { x, y })).toEqual([expect.closeTo(5, 9), expect.closeTo(14, 9)]);
    expect([plane.width, plane.height]).toEqual([1140, 640]);
  });

  test("spans of very different length fill the plane both", () => {
    const plane = latentPlane({ left: 0, right: 100, bottom: 0, top: 1 });
    expect(plane.width).toBeCloseTo(plane.height, 9);
  });
});

describe("density", () => {
  const request = { width: 4, height: 3, scaleX: 1, scaleY: 1, left: 0, top: 0 };

  test("a point in the middle of a cell is in this cell alone, in its colour", () => {
    const words = densityRaster({
      ...request,
      x: Float32Array.of(1.5),
      y: Float32Array.of(1.5),
      colours: Uint32Array.of(packColour(9, 8, 7)),
    });
    expect([...words].map((word) => word & 0xffffff)).toEqual([0, 0, 0, 0, 0, packColour(9, 8, 7, 0), 0, 0, 0, 0, 0, 0]);
  });

  test("colours of a cell are averaged, more points are more opaque, points without a place are nowhere", () => {
    const x = Float32Array.of(1.5, 1.5, 2.5, Number.NaN, 99);
    const y = Float32Array.of(1.5, 1.5, 1.5, 1, 1);
    const colours = Uint32Array.of(
      packColour(200, 0, 0),
      packColour(100, 0, 50),
      packColour(1, 2, 3),
      packColour(0, 0, 0),
      packColour(0, 0, 0),
    );
    const words = densityRaster({ ...request, x, y, colours });
    expect(words[5]! & 0xffffff).toBe(packColour(150, 0, 25, 0));
    expect(words[5]! >>> 24).toBeGreaterThan(words[6]! >>> 24);
    expect(words.filter((word) => word !== 0).length).toBe(2);
  });
});

describe("few points", () => {
  const size = { width: 9, height: 9, scaleX: 1, scaleY: 1, left: 0, top: 0 };
  const opacities = (places: readonly number[], spread: number) => {
    const request = { ...size, x: Float32Array.from(places, (x) => x), y: new Float32Array(places.length).fill(4.5) };
    const colours = new Uint32Array(places.length).fill(packColour(9, 8, 7));
    return [...densityOfCells(pointCells(request), colours, 9, 9, spread)].map((word) => word >>> 24);
  };

  test("are disks, the wider the fewer there are, alike to all sides and faintest at their rim", () => {
    const one = opacities([4.5], 2);
    const at = (x: number, y: number): number => one[y * 9 + x]!;
    expect(one.filter((opacity) => opacity > 0).length).toBe(25);
    expect(at(4, 4)).toBeGreaterThan(at(5, 4));
    expect(at(5, 4)).toBeGreaterThan(at(6, 4));
    expect([at(2, 4), at(6, 4), at(4, 2)]).toEqual([at(4, 6), at(4, 6), at(4, 6)]);
    expect([spreadOf(7500, 300_000), spreadOf(30_000, 300_000), spreadOf(100_000, 300_000)]).toEqual([2, 1, 0]);
  });

  test("do not reach round the edge of the raster", () => {
    const opacity = opacities([0.5], 2);
    expect(opacity[4 * 9 + 8]).toBe(0);
    expect(opacity[3 * 9 + 8]).toBe(0);
  });

  test("where more of them are, more is to be seen", () => {
    const two = opacities([2.5, 2.5, 7.5], 1);
    expect(two[4 * 9 + 2]!).toBeGreaterThan(two[4 * 9 + 7]!);
  });
});

describe.each(["dark", "light"] as const)("edges of points on the %s ground", (theme) => {
  const ground = grounds[theme];
  const size = { width: 7, height: 5 };
  /** 3 x 3 points in the middle of the raster and one alone at its right, all of one colour. */
  const place = (colour: string, alpha = 255) => {
    const block = Array.from({ length: 9 }, (_, i) => [1 + (i % 3), 1 + Math.floor(i / 3)] as const);
    const points = [...block, [5, 2] as const];
    const request = {
      ...{ ...size, scaleX: 1, scaleY: 1, left: 0, top: 0 },
      x: Float32Array.from(points, ([x]) => x + 0.5),
      y: Float32Array.from(points, ([, y]) => y + 0.5),
    };
    const cells = pointCells(request);
    const colours = new Uint32Array(points.length).fill(packHex(colour, alpha));
    const words = densityOfCells(cells, colours, size.width, size.height);
    const plain = words.slice();
    withEdges(words, cells, colours, { ...size, ground });
    return { words, plain };
  };
  const at = (x: number, y: number): number => y * size.width + x;
  const onGround = (word: number): number => {
    const share = (word >>> 24) / 255;
    const over = (shift: number): number => share * ((word >> shift) & 255) + (1 - share) * ((ground >> shift) & 255);
    return packColour(over(0), over(8), over(16));
  };

  test("the edge of an island and a point alone stand out of it, of every class colour; the inside keeps its colour", () => {
    for (const colour of classColours) {
      const { words, plain } = place(colour);
      for (const edge of [at(1, 1), at(2, 1), at(3, 3), at(5, 2)]) {
        const isFaint = contrast(packHex(colour), ground) < LEAST_CONTRAST;
        if (isFaint) expect(contrast(onGround(words[edge]!), ground)).toBeGreaterThan(LEAST_CONTRAST);
        else expect(words[edge]).toBe(plain[edge]);
      }
      expect(words[at(2, 2)]).toBe(plain[at(2, 2)]);
    }
  });

  test("colours of classes as points stand out by themselves, so that a dense place is never fainter than a thin one", () => {
    const classes = classColours.map((colour, id) => ({ id, colour }));
    for (const colour of classPoints(classes, theme).values()) {
      expect(contrast(packHex(colour), ground)).toBeGreaterThan(LEAST_CONTRAST);
      const { words, plain } = place(colour);
      expect(words).toEqual(plain);
      const from = (word: number): number => contrast(onGround(word), ground);
      // The middle of the block takes part in as many points as the corner, or more.
      expect(from(words[at(2, 2)]!)).toBeGreaterThanOrEqual(from(words[at(1, 1)]!));
    }
  });

  test("without it the faintest would not be seen; what is hidden gets no edge", () => {
    const faintest = theme === "light" ? "#F9D5B7" : "#54126c";
    const { plain } = place(faintest);
    expect(contrast(onGround(plain[at(5, 2)]!), ground)).toBeLessThan(1.5);
    const hidden = place(faintest, 20);
    expect(hidden.words).toEqual(hidden.plain);
  });

  test("the ground is the panel of the theme", () => {
    const tokens = readFileSync(new URL("../../ui/tokens.css", import.meta.url), "utf8");
    const block = tokens.slice(tokens.indexOf(`[data-theme="${theme}"]`));
    expect(packHex(/--panel: (#\w+)/.exec(block)![1]!)).toBe(ground);
  });
});

describe("colours of points", () => {
  const labels = Int32Array.of(0, 1, -1);
  const by = { kind: "classes", labels, colours: new Map([[0, "#010203"], [1, "#0a0b0c"]]) } as const; // biome-ignore format: pairs

  test("selected ones are white on dark and black on light, hidden ones fade", () => {
    const request = {
      points: 3,
      by,
      labels,
      isShown: (id: number) => id !== 1,
      selected: Uint8Array.of(1, 0, 0),
      theme: "dark",
    } as const;
    const [chosen, hidden, none] = pointColours(request);
    expect([chosen, hidden! >>> 24, none! >>> 24]).toEqual([packColour(255, 255, 255), 20, 170]);
    expect(pointColours({ ...request, theme: "light" })[0]).toBe(packColour(0, 0, 0));
    expect(pointColours({ ...request, selected: undefined })[0]).toBe(packColour(1, 2, 3));
  });
});

describe("shapes of classes", () => {
  test("a turned normal cloud has its ellipse and its median", () => {
    const random = randomStream(5, "cloud");
    const [x, y] = [new Float32Array(20_000), new Float32Array(20_000)];
    for (let i = 0; i < x.length; i++) {
      const [along, across] = [3 * random.normal(), 0.5 * random.normal()];
      x[i] = 2 + along * Math.cos(0.6) - across * Math.sin(0.6);
      y[i] = -1 + along * Math.sin(0.6) + across * Math.cos(0.6);
    }
    const [shape] = classShapes({ x, y, left: -15, right: 15, bottom: -15, top: 15 }, new Int32Array(20_000), [0]);
    expect(shape!.deviations[0]).toBeCloseTo(3, 1);
    expect(shape!.deviations[1]).toBeCloseTo(0.5, 1);
    expect(shape!.angle).toBeCloseTo(0.6, 1);
    expect(Math.hypot(shape!.median[0] - 2, shape!.median[1] + 1)).toBeLessThan(0.15);
  });

  test("a class without a point has none", () => {
    const one = { x: Float32Array.of(1), y: Float32Array.of(1), left: 0, right: 2, bottom: 0, top: 2 };
    expect(classShapes(one, Int32Array.of(3), [2, 3]).map(({ id, points }) => [id, points])).toEqual([[3, 1]]);
  });
});

describe("names", () => {
  const view = { width: 400, height: 300 };
  const one = (text: string, x: number, y: number) => ({ text, width: 60, x, y, lift: 12 });

  test("never overlap and stay in the view", () => {
    const name = fc.record({
      text: fc.constant("x"),
      width: fc.integer({ min: 20, max: 120 }),
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 300 }),
      lift: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 14 }), (requests) => {
        const named = requests.map((request, i) => ({ ...request, text: `${i}` }));
        const placed = layOutNames(named, view);
        for (const [i, a] of placed.entries()) {
          const width = (text: string) => named[Number(text)]!.width;
          expect(a.y).toBeGreaterThanOrEqual(NAME_HEIGHT / 2);
          for (const b of placed.slice(i + 1)) {
            expect(Math.abs(a.y - b.y) >= NAME_HEIGHT || Math.abs(a.x - b.x) >= (width(a.text) + width(b.text)) / 2).toBe(true);
          }
        }
      }),
    );
  });

  test("with room stand above, without a leader", () => {
    expect(layOutNames([one("a", 100, 100)], view)).toEqual([{ text: "a", x: 100, y: 88, leader: undefined }]);
  });

  test("of eight classes at nearly the same place are all there, those that moved with a leader to their own middle", () => {
    const requests = Array.from({ length: 8 }, (_, i) => one(`${i}`, 200 + 6 * (i % 3), 150 + 5 * Math.floor(i / 3)));
    const placed = layOutNames(requests, view);
    expect(placed.map(({ text }) => text)).toEqual(requests.map(({ text }) => text));
    const led = placed.filter(({ leader }) => leader !== undefined);
    expect(led.length).toBeGreaterThan(4);
    for (const { text, leader } of led)
      expect(leader![1]).toEqual({ x: requests[Number(text)]!.x, y: requests[Number(text)]!.y });
  });

  test("leave what is not theirs of the view free, with a leader into it", () => {
    const [moved] = layOutNames([one("a", 380, 100)], view, { width: 320, height: 300 });
    expect(moved!.x + 30).toBeLessThanOrEqual(320);
    expect(moved!.leader?.[1]).toEqual({ x: 380, y: 100 });
  });

  test("leave the middle of another class free", () => {
    const [below] = layOutNames([one("a", 100, 100), one("b", 104, 88)], view);
    expect(Math.abs(below!.y - 88)).toBeGreaterThan(8);
  });
});

describe("what is in view", () => {
  const random = randomStream(7, "islands");
  const cloud = (n: number, x: number, y: number) => Array.from({ length: n }, () => [x + random.normal(), y + random.normal()]);
  const indexOf = (points: number[][]) => latentIndex({ data: Float32Array.from(points.flat()), dimensions: 2 }, [0, 1]);

  test("a few points far from all others are left out, and only they", () => {
    const index = indexOf([...cloud(3000, 0, 0), ...cloud(1000, 9, 4), [400, 0], [0, -300], [60, 60]]);
    const bounds = innerBounds(index);
    expect(bounds.right).toBeLessThan(15);
    expect(bounds.bottom).toBeGreaterThan(-6);
    const outside = pointsOutside(index, bounds);
    expect([...outside]).toEqual(expect.arrayContaining([4000, 4001, 4002]));
    expect(outside.length).toBeLessThanOrEqual(MOST_OUTSIDE * 4003);
  });

  test("a small island far away stays in view", () => {
    const index = indexOf([...cloud(8000, 0, 0), ...cloud(16, 70, 0).map(([x, y]) => [x!, 0.2 * y!])]);
    expect(innerBounds(index).right).toBe(index.right);
  });

  test("without strays all is in view, and points that have no place are nowhere", () => {
    const index = indexOf([...cloud(2000, 0, 0), [Number.NaN, 3]]);
    const { left, right, bottom, top } = index;
    expect(innerBounds(index)).toEqual({ left, right, bottom, top });
    expect(pointsOutside(index, innerBounds(index)).length).toBe(0);
    expect(innerBounds(indexOf([[1, 1]]))).toEqual({ left: 1, right: 1, bottom: 1, top: 1 });
  });

  test("more than the permitted share is never left out", () => {
    const strays = Array.from({ length: 60 }, (_, i) => [50 * Math.cos(i) * (1 + i), 50 * Math.sin(i) * (1 + i)]);
    const index = indexOf([...cloud(4000, 0, 0), ...strays]);
    expect(pointsOutside(index, innerBounds(index)).length).toBeLessThanOrEqual(MOST_OUTSIDE * 4060);
  });

  test("points beyond have one mark for each place of the edge, which points to them", () => {
    const marks = edgeMarks(
      [
        { x: 500, y: 70 },
        { x: 900, y: 71 },
        { x: 50, y: 60 },
        { x: 30, y: -80 },
      ],
      { width: 200, height: 100 },
    );
    expect(marks.map(({ points }) => points)).toEqual([2, 1]);
    expect(marks[0]).toMatchObject({ x: 193, y: 70, angle: 0 });
    expect(marks[1]!.angle).toBeCloseTo(-Math.PI / 2, 6);
  });

  test("density is that of the cell and those around it; strays have none", () => {
    const index = indexOf([
      [0, 0],
      [0, 0],
      [0, 0],
      [10, 10],
      [900, 5],
    ]);
    const { data, fixed } = densityField(index, { left: 0, right: 10, bottom: 0, top: 10 });
    expect([...data]).toEqual([3, 3, 3, 1, 0]);
    expect(fixed).toEqual([0, 3]);
  });
});

test("the nearest point is the nearest of those that are wanted", () => {
  const spot = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 60 }), spot, (points, at) => {
      const index = latentIndex({ data: Float32Array.from(points.flat()), dimensions: 2 }, [0, 1]);
      const distance = (i: number): number => Math.hypot(points[i]![0] - at[0], points[i]![1] - at[1]);
      const near = points.map((_, i) => i).filter((i) => i % 2 === 0 && distance(i) < 9);
      const found = nearestPoint(index, at, [9, 9], (i) => i % 2 === 0);
      expect(found === undefined ? Number.POSITIVE_INFINITY : distance(found)).toBe(Math.min(...near.map(distance)));
    }),
  );
});

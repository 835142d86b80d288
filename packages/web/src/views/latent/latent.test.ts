import { readFileSync } from "node:fs";
import { classColours, randomStream } from "@sigma-eds/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classShapes } from "../../session/derived/class-shapes.js";
import { latentIndex, nearestPoint } from "../../session/selection/latent-index.js";
import { toPlane, toPoints } from "../../ui/plane/point-plane.js";
import { packColour, packHex } from "../../ui/raster/colour-table.js";
import { contrast } from "../../ui/raster/contrast.js";
import { densityOfCells, densityRaster, pointCells } from "./density-raster.js";
import { grounds } from "./draw-latent.js";
import { latentPlane } from "./latent-plane.js";
import { layOutNames, NAME_HEIGHT } from "./name-layout.js";
import { pointColours } from "./point-colours.js";
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

test("names never overlap and stay in the view", () => {
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
      const placed = layOutNames(named, { width: 400, height: 300 });
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

import { expect, test } from "vitest";
import { mapGridFigure } from "./map-grid.js";

const geometry = { width: 40, height: 30, pixelSizeUm: [0.5, 0.5] as const };
const map = (title: string, from: number) => ({
  ...({ geometry, title, unit: "counts", colours: "inferno", contrast: "percentile", description: title } as const),
  data: Float32Array.from({ length: 1200 }, (_, p) => from + p),
});
const maps = ["O Kα", "Al Kα", "Si Kα", "Fe Kα", "Ca Kα"].map((title, i) => map(title, 1000 * i));

test.each([317, 680])("maps stand in rows within %d pixels, with letters, a colour bar each and one scale bar", (width) => {
  const svg = mapGridFigure({ maps, width, description: "Maps" });
  const places = [...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  expect(places).toHaveLength(5);
  expect(new Set(places.map(String)).size).toBe(5);
  expect(places.filter(([, y]) => y === 0)).toHaveLength(width === 317 ? 2 : 3);
  const height = Number(/height="(\d+)"/.exec(svg)![1]);
  for (const [x, y] of places) expect(x + 145 <= width && y + 80 <= height).toBe(true);
  for (const title of ["a O Kα", "b Al Kα", "e Ca Kα"]) expect(svg).toContain(`>${title}<`);
  expect(svg.match(/µm</g)).toHaveLength(1);
  expect(svg.match(/<image/g)).toHaveLength(10);
});

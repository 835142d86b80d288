import { expect, test } from "vitest";
import { backgroundBeside, netCounts, windowCounts } from "./net-window.js";

/** Counts per keV at an energy, rising straight; the window of a map is their integral. */
const density = (kev: number): number => 10 + 4 * kev;
const under = (from: number, to: number): number => (to - from) * density((from + to) / 2);
const engine = { windowMap: async (from: number, to: number) => Float32Array.of(under(from, to), 2 * under(from, to)) };

test("a straight background leaves nothing, whatever lies at the sides", async () => {
  const window = { fromKev: 6, toKev: 7, name: undefined };
  for (const background of [
    backgroundBeside(window),
    [
      [3, 4],
      [7.5, 9],
    ] as const,
  ]) {
    const net = await windowCounts(engine, { ...window, background });
    expect(Math.max(...net.map(Math.abs))).toBeLessThan(1e-4);
  }
  expect([...(await windowCounts(engine, window))]).toEqual([36, 72]);
});

test("one window alone is taken as constant, and nothing is cut off at zero", () => {
  const net = netCounts(Float32Array.of(8, 1), [2, 4], [[5, 6]], [Float32Array.of(3, 3)]);
  expect([...net]).toEqual([2, -5]);
});

test("at the low end of the axis there is room at one side only", () => {
  expect(backgroundBeside({ fromKev: 0.2, toKev: 0.6, name: "C_Ka" })).toHaveLength(1);
});

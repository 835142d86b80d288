import { expect, test } from "vitest";
import { energyBands } from "./energy-bands.js";

const calibrated = { name: "energy", size: 120, offset: 0, scale: 0.1, units: "keV" } as const;

test("bands follow each other to the end of the axis and hold the same counts", () => {
  const sum = new Float64Array(120).fill(5);
  const bands = energyBands(sum, calibrated, 0);
  expect(bands).toHaveLength(12);
  expect(bands.map(({ channels }) => channels.end - channels.start)).toEqual(new Array(12).fill(10));
  expect(bands[0]!.channels.start).toBe(0);
  expect(bands.slice(1).map(({ channels }) => channels.start)).toEqual(bands.slice(0, -1).map(({ channels }) => channels.end));
  expect(bands.at(-1)!.channels.end).toBe(120);
  expect(bands[1]!.name).toBe("0.95-1.95 keV");
});

test("what lies below the first channel takes no part, and a channel of many counts is a band of its own", () => {
  const sum = new Float64Array(120).fill(1);
  sum[3] = 1e6;
  sum[50] = 900;
  const bands = energyBands(sum, { ...calibrated, units: undefined }, 10);
  expect(bands.length).toBeLessThan(12);
  expect(bands[0]).toEqual({ name: "channels 10-50", channels: { start: 10, end: 51 } });
  expect(bands.at(-1)!.channels.end).toBe(120);
});

test("without counts there are none", () => {
  expect(energyBands(new Float64Array(120), calibrated, 0)).toEqual([]);
  expect(energyBands(new Float64Array(120).fill(1), calibrated, 120)).toEqual([]);
});

import { dataUri, encodeIndexedPng } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { startState } from "./session-state.js";
import { thumbnail } from "./thumbnail.js";

type Shown = Parameters<typeof thumbnail>[0];

const grid = { width: 2, height: 2, frames: 1, pixelSizeUm: undefined };
const analysis = {
  grid,
  labels: Int32Array.of(4, 4, 7, -1),
  classes: [
    { id: 4, colour: "#ff0000" },
    { id: 7, colour: "#0000ff" },
  ],
} as unknown as Shown["analysis"];
const image = { grid, countMap: Float32Array.of(0, 4, 1, 4) } as unknown as Shown["image"];

test("the phase map in the colours of the classes, grey where there is none", () => {
  const palette = Uint8Array.of(255, 0, 0, 0, 0, 255, 0x8a, 0x8d, 0x91);
  const wanted = encodeIndexedPng({ width: 2, height: 2, indices: Uint8Array.of(0, 0, 1, 2), palette });
  expect(thumbnail({ image, analysis, partial: false })).toBe(dataUri(wanted));
});

test("before phases are found, and while they are, the counts", () => {
  const counts = thumbnail({ image, analysis: undefined, partial: false });
  expect(counts).toMatch(/^data:image\/png;base64,/);
  expect(thumbnail({ image, analysis, partial: true })).toBe(counts);
  expect(thumbnail(startState)).toBeUndefined();
});

test("a large map makes a small picture, and so does noise, which nothing packs", () => {
  const large = { ...grid, width: 3000, height: 1000 };
  const striped = Int32Array.from({ length: 3_000_000 }, (_, p) => (p % 3000 < 1500 ? 4 : 7));
  const picture = thumbnail({ image, analysis: { ...analysis!, grid: large, labels: striped }, partial: false });
  expect(picture!.length).toBeLessThan(1500);
  let state = 1;
  const noise = Float32Array.from({ length: 96 * 64 }, () => {
    state = (state * 48271) % 2147483647;
    return state;
  });
  const noisy = { grid: { ...grid, width: 96, height: 64 }, countMap: noise } as unknown as Shown["image"];
  expect(thumbnail({ image: noisy, analysis: undefined, partial: false })!.length).toBeLessThan(9000);
});

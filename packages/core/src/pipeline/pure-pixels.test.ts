import { expect, test } from "vitest";
import type { Analysis } from "./analysis.js";
import { purePixels } from "./pure-pixels.js";

test("pixels are pure by the shares in which the phases were found, whatever they were unmixed into afterwards", () => {
  const width = 16;
  const labels = Int32Array.from({ length: 2 * width }, (_, p) => (p % width < 8 ? 0 : 1));
  const share = labels.map((_, p) => (p % 4 === 0 ? 5 : 10));
  const abundances = Float32Array.from({ length: 2 * labels.length }, (_, i) => {
    const own = share[Math.floor(i / 2)]! / 10;
    return labels[Math.floor(i / 2)] === i % 2 ? own : 1 - own;
  });
  const found = {
    image: { counts: { navigationShape: [2, width] } },
    evidence: { abundances, endmembers: [new Float64Array(4), new Float64Array(4)] },
    unmixing: undefined,
    edits: undefined,
  } as unknown as Analysis;
  const unmixed = { ...found, unmixing: { method: "nmf", endmembers: [new Float64Array(4)], abundances: new Float32Array(32) } };
  const pure = purePixels(unmixed as unknown as Analysis, labels, [0, 1]);
  expect(pure).toEqual(purePixels(found, labels, [0, 1]));
  expect([...pure.pixels]).toEqual([12, 12]);
  expect(pure.slots[4]).toBe(-1);
});

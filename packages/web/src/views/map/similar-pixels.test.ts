import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { similarRegion } from "../../session/selection/whole-map-regions.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { smallMapSession } from "./small-map-session.test-support.js";

test("what is like a selection of several classes is what is like any of them, and that is said", () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  const { grid, labels } = session.analysis!;
  const data = Float32Array.from(labels!, (label) => (label === 0 ? 400 : 900));
  const analysis = { ...session.analysis!, elementMaps: [{ line: "Si_Ka", data }] } as unknown as AnalysisSnapshot;
  const ask = (pixels: readonly number[]) => {
    const mask = new Uint8Array(grid.width * grid.height);
    for (const p of pixels) mask[p] = 1;
    linked.selection.set({ mask, count: pixels.length, made: "Lasso", parts: [] }, "test");
    return similarRegion({ ...session, analysis })!;
  };
  const one = ask([0, 1, 2]);
  expect([one.mask.reduce((a, b) => a + b, 0), one.words]).toEqual([10 * 16, "Selected what is like the selection, within 3 σ."]);
  const both = ask([0, 10, 11]);
  expect(both.mask.every((is) => is === 1)).toBe(true);
  expect(both.words).toBe("Selected what is like the selected pixels of Class 2 and Class 1, within 3 σ.");
});

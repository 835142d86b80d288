import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { mapFit } from "./endmember-fit.js";

/** Two pixels, one of each of two endmembers; the first channel, a zero peak, belongs to neither. */
function analysis(zeroPeak: number): AnalysisSnapshot {
  const endmembers = [Float64Array.of(0, 4, 2, 0), Float64Array.of(0, 0, 2, 4)];
  const unmixing = { endmembers, abundances: Float32Array.of(1, 0, 0, 1), unexplainedShare: 0, method: "nmf" };
  return {
    ...{ unmixing, sumSpectrum: Float64Array.of(zeroPeak, 5, 3, 4), countMap: Float32Array.of(6, 6) },
    ...{ classes: [], evidence: undefined },
  } as unknown as AnalysisSnapshot;
}

test("the residual is told where an endmember has counts, and a zero peak changes nothing of it", () => {
  const { residual, modelled, measured } = mapFit(analysis(1000))!;
  expect(Array.from(measured)).toEqual([500, 2.5, 1.5, 2]);
  expect(Array.from(modelled)).toEqual([0, 2, 2, 2]);
  expect(residual[0]).toBeNaN();
  expect(residual[1]).toBeCloseTo(((2.5 - 2) * 2) / Math.sqrt(5), 12);
  expect(residual[2]).toBeCloseTo(((1.5 - 2) * 2) / Math.sqrt(3), 12);
  expect(residual[3]).toBe(0);
  expect(mapFit(analysis(0))!.residual.subarray(1)).toEqual(residual.subarray(1));
});

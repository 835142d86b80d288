import { describe, expect, it } from "vitest";
import { thinSvd } from "../../kernels/linear-algebra/thin-svd.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { sharedSpectra } from "./row-sections.js";
import { truncatedSvd } from "./truncated-svd.js";

/** Sparse counts of 3 patterns of falling strength. */
function patterns(rows: number, channels: number): Float64Array {
  const stream = randomStream(1, "svd");
  const dense = new Float64Array(rows * channels);
  for (let row = 0; row < rows; row++) {
    const strength = [stream.uniform(), 0.6 * stream.uniform(), 0.3 * stream.uniform()];
    for (let c = 0; c < channels; c++) dense[row * channels + c] = stream.poisson(30 * strength[c % 3]!);
  }
  return dense;
}

describe("truncated singular value decomposition", () => {
  it("by random projection agrees with the exact one", async () => {
    const [rows, channels, k] = [150, 45, 3];
    const dense = patterns(rows, channels);
    const exact = thinSvd(
      matrix(
        channels,
        rows,
        Float64Array.from({ length: rows * channels }, (_, i) => dense[(i % rows) * channels + Math.floor(i / rows)]!),
      ),
    );
    const spectra = sharedSpectra(countsFromDense([rows], channels, dense), undefined, {});
    const found = await truncatedSvd(spectra, k, randomStream(0, "test"));
    for (let j = 0; j < k; j++) {
      expect(found.values[j]! / exact.singularValues[j]!).toBeCloseTo(1, 6);
      let dot = 0;
      for (let row = 0; row < rows; row++) dot += found.left[row * k + j]! * exact.v.data[j * rows + row]!;
      expect(Math.abs(dot)).toBeCloseTo(1, 5);
    }
  });

  it("gives factors that belong together: X v = s u, exact or not", async () => {
    for (const rows of [20, 90]) {
      const channels = 30;
      const dense = patterns(rows, channels);
      const spectra = sharedSpectra(countsFromDense([rows], channels, dense), undefined, {});
      const { left, values, right } = await truncatedSvd(spectra, 2, randomStream(0, "test"));
      for (let row = 0; row < rows; row++) {
        let product = 0;
        for (let c = 0; c < channels; c++) product += dense[row * channels + c]! * right[channels + c]!;
        expect(product).toBeCloseTo(values[1]! * left[row * 2 + 1]!, 1);
      }
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AbortedError, ParameterError, ShapeError } from "../errors.js";
import { countsFromDense, pixelCount } from "./counts.js";
import { denseImages, streamed } from "./derived-sources.test-support.js";
import { classSpectra, countMap, maximumSpectrum, pass, sumSpectrum, windowMaps } from "./pass.js";

describe("one pass", () => {
  it("gives what loops over the dense array give, for any cut into blocks", async () => {
    await fc.assert(
      fc.asyncProperty(denseImages, fc.integer({ min: 1, max: 4 }), fc.nat(), fc.nat(), async (image, rows, a, b) => {
        const { channels, dense } = image;
        const source = streamed(image, rows);
        const pixels = pixelCount(image.shape);
        const [start, end] = [a % channels, b % (channels + 9)];
        const windows = [
          { start: Math.min(start, end), end: Math.max(start, end) },
          { start: 0, end: channels },
        ];
        const labels = Int32Array.from({ length: pixels }, (_, p) => (p % 4) - 1);
        const [sum, maximum, map, maps, spectra] = await pass(source, [
          sumSpectrum(source),
          maximumSpectrum(source),
          countMap(source),
          windowMaps(source, windows),
          classSpectra(source, labels, 2),
        ]);
        const column = (c: number) => dense.filter((_, i) => i % channels === c);
        for (let c = 0; c < channels; c++) {
          expect(sum[c]).toBe(column(c).reduce((s, v) => s + v, 0));
          expect(maximum[c]).toBe(Math.max(...column(c)));
          [0, 1].forEach((label) => {
            expect(spectra[label]![c]).toBe(column(c).reduce((s, v, p) => s + (labels[p] === label ? v : 0), 0));
          });
        }
        for (let p = 0; p < pixels; p++) {
          const row = dense.slice(p * channels, (p + 1) * channels);
          expect(map[p]).toBe(row.reduce((s, v) => s + v, 0));
          windows.forEach((window, k) => {
            expect(maps[k]![p]).toBe(row.slice(window.start, window.end).reduce((s, v) => s + v, 0));
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it("reports rising progress that ends at 1, and stops when asked", async () => {
    const source = streamed({ shape: [6, 2], channels: 1, dense: new Array(12).fill(1) }, 2);
    const fractions: number[] = [];
    await pass(source, [], { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([1 / 3, 2 / 3, 1]);
    const stop = new AbortController();
    const stopped = pass(source, [], { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toThrow(AbortedError);
  });

  it("refuses labels of another size and windows that end before they start", () => {
    const source = countsFromDense([2], 2, [1, 2, 3, 4]);
    expect(() => classSpectra(source, new Int32Array(3), 1)).toThrow(ShapeError);
    expect(() => windowMaps(source, [{ start: 2, end: 1 }])).toThrow(ParameterError);
  });
});

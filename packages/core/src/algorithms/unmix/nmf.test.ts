import { describe, expect, it } from "vitest";
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { parseParameters } from "../parameters.js";
import golden from "./golden/unmix.json" with { type: "json" };
import { nmf } from "./nmf.js";
import { type NmfInput, sourceOfSpectra } from "./nmf-input.js";

const run = (input: NmfInput, given: object = {}, seed = 0) => nmf.run(input, parseParameters(nmf, given), { seed });

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}

const channels = 40;
const pure = [8, 20, 31].map((centre) =>
  Float64Array.from({ length: channels }, (_, c) => 20 / (1 + (c - centre) ** 2) + (centre === 20 ? 3 : 0.1)),
);

/** Noise-free mixtures in which each pure spectrum occurs, as rows. */
function mixtures(rows: number, seed = 1): number[][] {
  const stream = randomStream(seed, "nmf-test");
  return Array.from({ length: rows }, (_, row) => {
    const raw = row < 3 ? [0, 1, 2].map((j) => (j === row ? 1 : 0)) : [0, 1, 2].map(() => stream.uniform() ** 3);
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((value) => value / sum);
  });
}

const spectraOf = (shares: number[][]) =>
  shares.map((row) =>
    Float64Array.from({ length: channels }, (_, c) => row.reduce((sum, share, j) => sum + share * pure[j]![c]!, 0)),
  );

describe("NMF against scikit-learn", () => {
  it.each(golden.nmf)(
    "$parameters",
    async ({ parameters, rows, channels: columns, x, start, iterations, reconstructionError, components }) => {
      const spectra = countsFromDense([rows], columns, x);
      const found = await run({ spectra, start: start ?? undefined }, { ...parameters, scale: "sum" });
      expect(found.iterations).toBe(iterations);
      expect(found.reconstructionError / reconstructionError).toBeCloseTo(1, 6);
      for (let j = 0; j < parameters.nComponents; j++) {
        const theirs = components.slice(j * columns, (j + 1) * columns);
        const best = Math.max(...found.endmembers.map((mine) => cosine(mine, theirs)));
        expect(best).toBeGreaterThan(0.999999);
      }
    },
  );
});

describe("NMF", () => {
  it.each(["nndsvd", "nndsvda", "nndsvdar", "random"])("from %s finds spectra whose sums are all the others", async (init) => {
    const shares = mixtures(12);
    const found = await run({ spectra: sourceOfSpectra(spectraOf(shares)) }, { nComponents: 3, init, tol: 1e-8, maxIter: 5000 });
    const norm = Math.sqrt(spectraOf(shares).reduce((sum, spectrum) => sum + spectrum.reduce((s, v) => s + v * v, 0), 0));
    expect(found.reconstructionError / norm).toBeLessThan(0.01);
    for (let row = 0; row < 12; row++) {
      const sum = [0, 1, 2].reduce((s, j) => s + found.abundances[row * 3 + j]!, 0);
      expect(sum).toBeGreaterThan(0.9);
      expect(sum).toBeLessThan(1.1);
    }
  });

  it("orders endmembers by the counts they explain, whatever the start", async () => {
    const spectra = sourceOfSpectra(spectraOf(mixtures(12)));
    const found = await run({ spectra }, { nComponents: 3, scale: "sum" });
    const explained = [0, 1, 2].map((j) => found.abundances.reduce((sum, value, i) => sum + (i % 3 === j ? value : 0), 0));
    expect(explained).toEqual([...explained].sort((a, b) => b - a));
    for (const endmember of found.endmembers) expect(endmember.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
  });

  it("scales to the maximum when asked", async () => {
    const found = await run({ spectra: sourceOfSpectra(spectraOf(mixtures(9))) }, { nComponents: 2, scale: "maximum" });
    for (const endmember of found.endmembers) expect(Math.max(...endmember)).toBeCloseTo(1, 12);
  });

  it.each(["frobenius", "kullback-leibler"])(
    "keeps fixed endmembers bit for bit and finds the third beside them (%s)",
    async (betaLoss) => {
      const shares = mixtures(15);
      const found = await run(
        { spectra: sourceOfSpectra(spectraOf(shares)), seeds: [pure[2]!, pure[0]!] },
        { nComponents: 3, seeds: "fixed", betaLoss, tol: 1e-9, maxIter: 4000 },
      );
      expect(found.endmembers[0]).toEqual(pure[2]);
      expect(found.endmembers[1]).toEqual(pure[0]);
      expect(cosine(found.endmembers[2]!, pure[1]!)).toBeGreaterThan(0.995);
    },
  );

  it("free seeds keep their order but move to the data", async () => {
    const shares = mixtures(15);
    const blurred = pure.map((spectrum) => spectrum.map((value, c) => value + 2 * (spectrum[c - 1] ?? 0)));
    const found = await run(
      { spectra: sourceOfSpectra(spectraOf(shares)), seeds: blurred },
      { nComponents: 3, tol: 1e-8, maxIter: 5000 },
    );
    found.endmembers.forEach((endmember, j) => {
      expect(cosine(endmember, pure[j]!)).toBeGreaterThan(0.98);
      expect(cosine(endmember, pure[j]!)).toBeGreaterThan(cosine(blurred[j]!, pure[j]!));
    });
  });

  it("works on sparse counts of many pixels, the projection standing in for the exact singular vectors", async () => {
    const stream = randomStream(9, "pixels");
    const shares = mixtures(400);
    const dense = spectraOf(shares).flatMap((spectrum) => Array.from(spectrum, (mean) => stream.poisson(mean)));
    const spectra = countsFromDense([20, 20], channels, dense);
    const found = await run({ spectra }, { nComponents: 3, betaLoss: "kullback-leibler", tol: 1e-5, maxIter: 200 });
    for (const spectrum of pure)
      expect(Math.max(...found.endmembers.map((mine) => cosine(mine, spectrum)))).toBeGreaterThan(0.99);
    expect(await run({ spectra }, { nComponents: 3, init: "nndsvdar" }, 4)).toEqual(
      await run({ spectra }, { nComponents: 3, init: "nndsvdar" }, 4),
    );
  });

  it("leaves masked spectra out", async () => {
    const spectra = [pure[0]!, pure[1]!, Float64Array.from({ length: channels }, (_, c) => (c % 2) * 1000), pure[0]!];
    const found = await run(
      { spectra: sourceOfSpectra(spectra), mask: Uint8Array.of(1, 1, 0, 1) },
      { nComponents: 2, tol: 1e-6, maxIter: 2000 },
    );
    expect([...found.abundances.subarray(4, 6)]).toEqual([0, 0]);
    expect(found.reconstructionError).toBeLessThan(1);
  });

  it("refuses what cannot be factorised", async () => {
    const spectra = sourceOfSpectra(pure);
    await expect(run({ spectra }, { nComponents: 4 })).rejects.toThrow(ParameterError);
    await expect(run({ spectra }, { nComponents: 2, init: "custom" })).rejects.toThrow(/custom start/);
    await expect(run({ spectra, seeds: pure }, { nComponents: 2 })).rejects.toThrow(ParameterError);
    await expect(run({ spectra, mask: new Uint8Array(1) }, { nComponents: 2 })).rejects.toThrow(ShapeError);
    await expect(run({ spectra: sourceOfSpectra([Float64Array.of(1, -1)]) }, { nComponents: 1 })).rejects.toThrow(DataCheckError);
    expect(() => sourceOfSpectra([new Float64Array(2), new Float64Array(3)])).toThrow(ShapeError);
  });

  it("says when it did not settle and when zeros cannot move", async () => {
    const found = await run(
      { spectra: sourceOfSpectra(spectraOf(mixtures(9))) },
      { nComponents: 2, betaLoss: "kullback-leibler", init: "nndsvd", maxIter: 3 },
    );
    expect(found.findings.map(({ code }) => code)).toEqual(["not-converged", "zeros-stay"]);
  });
});

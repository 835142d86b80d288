import { describe, expect, it } from "vitest";
import { DataCheckError, ParameterError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import type { Factors } from "./factors.js";
import { fastIcaDeflation, fastIcaParallel } from "./fast-ica.js";
import golden from "./golden/decompose.json" with { type: "json" };
import { ica } from "./ica.js";
import { cumulantMatrices, jade } from "./jade.js";
import { orthomaxRotation } from "./orthomax.js";
import { rotated } from "./rotate.js";
import { whitened } from "./whitened.js";

const breath = async () => {};

function product(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number[] {
  return Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[l * k + j]!;
    return sum;
  });
}

describe("FastICA against scikit-learn, same start", () => {
  it.each(golden.ica)("$algorithm, $fun", async ({ algorithm, fun, k, x, start, unmixing }) => {
    const z = whitened(Float64Array.from(x), k);
    const search = algorithm === "parallel" ? fastIcaParallel : fastIcaDeflation;
    const signs = axisSigns(k, z.whitening);
    const ours = start.map((value, at) => value * signs[at % k]!);
    const found = await search(z, { fun: fun as "exp", tol: 1e-10, maxIter: 2000, start: ours, breath });
    expect(found.converged).toBe(true);
    product(found.rotation, z.whitening, k).forEach((value, at) => {
      expect(value).toBeCloseTo(unmixing[at]!, 4);
    });
  });
});

/** The start lies in whitened space, and scikit-learn makes the first entry of each whitening axis positive, where our rule is another. */
function axisSigns(k: number, whitening: Float64Array): number[] {
  return Array.from({ length: k }, (_, i) => (whitening[i * k]! < 0 ? -1 : 1));
}

/** Sources that are far from Gaussian, in very different ways, and their mixture. */
function mixture(samples: number, k: number) {
  const stream = randomStream(3, "sources");
  const kinds = [
    () => stream.uniform() - 0.5,
    () => (stream.uniform() < 0.1 ? 3 : 0) + 0.1 * stream.normal(),
    () => stream.normal() ** 3,
    () => (stream.uniform() < 0.5 ? -1 : 1) + 0.2 * stream.normal(),
  ];
  const mixing = Float64Array.from({ length: k * k }, () => stream.normal());
  const x = new Float64Array(samples * k);
  for (let s = 0; s < samples; s++) {
    const source = kinds.slice(0, k).map((draw) => draw());
    for (let i = 0; i < k; i++) x[s * k + i] = source.reduce((sum, value, j) => sum + mixing[i * k + j]! * value, 0);
  }
  return { x, mixing };
}

/** How far P is from a permutation with scales: 0 is perfect (Amari, Cichocki and Yang 1996). */
function amari(p: readonly number[], k: number): number {
  let sum = 0;
  for (let i = 0; i < k; i++) {
    const row = Array.from({ length: k }, (_, j) => Math.abs(p[i * k + j]!));
    const column = Array.from({ length: k }, (_, j) => Math.abs(p[j * k + i]!));
    for (const line of [row, column]) sum += line.reduce((a, b) => a + b, 0) / Math.max(...line) - 1;
  }
  return sum / (2 * k * (k - 1));
}

describe("separation of known mixtures", () => {
  const k = 4;
  const { x, mixing } = mixture(4000, k);
  const z = whitened(x, k);
  const stream = randomStream(1, "start");
  const start = Float64Array.from({ length: k * k }, () => stream.normal());

  it.each(["logcosh", "exp", "cube"] as const)("FastICA with %s undoes the mixing", async (fun) => {
    for (const search of [fastIcaParallel, fastIcaDeflation]) {
      const { rotation } = await search(z, { fun, tol: 1e-8, maxIter: 500, start, breath });
      expect(amari(product(product(rotation, z.whitening, k), mixing, k), k)).toBeLessThan(0.05);
    }
  });

  it("JADE undoes the mixing, and settles", async () => {
    const { rotation, converged } = await jade(z, { maxIter: 100, breath });
    expect(converged).toBe(true);
    expect(amari(product(product(rotation, z.whitening, k), mixing, k), k)).toBeLessThan(0.05);
  });

  it("JADE of two components finds the best angle that a search over all angles finds", async () => {
    const two = whitened(mixture(500, 2).x, 2);
    const cumulants = await cumulantMatrices(two, breath);
    const off = (angle: number): number => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      return cumulants.reduce((sum, [pp, pq, , qq]) => sum + ((c * c - s * s) * pq! + c * s * (qq! - pp!)) ** 2, 0);
    };
    const { rotation } = await jade(two, { maxIter: 100, breath });
    const own = off(Math.atan2(rotation[1]!, rotation[0]!));
    const best = Math.min(...Array.from({ length: 20_000 }, (_, i) => off((Math.PI * i) / 20_000)));
    expect(own).toBeLessThanOrEqual(best * (1 + 1e-9));
    expect(own).toBeGreaterThan(best * (1 - 1e-3));
  });

  it("cumulants of whitened samples are those of the definition", async () => {
    const two = whitened(mixture(50, 2).x, 2);
    const [q00, q10] = await cumulantMatrices(two, breath);
    const mean = (f: (a: number, b: number) => number) => {
      let sum = 0;
      for (let s = 0; s < 50; s++) sum += f(two.data[2 * s]!, two.data[2 * s + 1]!);
      return sum / 50;
    };
    expect(q00![0]).toBeCloseTo(mean((a) => a ** 4) - 3, 10);
    expect(q00![3]).toBeCloseTo(mean((a, b) => a * a * b * b) - 1, 10);
    expect(q10![1]).toBeCloseTo(Math.SQRT2 * (mean((a, b) => a * a * b * b) - 1), 10);
  });

  it("refuses components that depend on each other", () => {
    expect(() => whitened(Float64Array.from([1, 2, 2, 4, 3, 6, 5, 10]), 2)).toThrow(DataCheckError);
  });
});

describe("orthomax rotation", () => {
  it.each(golden.orthomax)("$method reaches scikit-learn's", ({ method, rows, k, loadings, rotated: theirs }) => {
    const data = Float64Array.from(loadings);
    const turn = orthomaxRotation(matrix(rows, k, data), method === "varimax" ? 1 : 0);
    const ours = columns(matrixTimes(data, turn, k), k);
    for (const column of columns(theirs, k)) {
      const best = Math.max(...ours.map((own) => Math.abs(own.reduce((sum, value, i) => sum + value * column[i]!, 0))));
      expect(best / column.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 7);
    }
  });

  it("finds the simple structure from which loadings were turned away", () => {
    const simple = Float64Array.from([5, 0, 4, 0, 0, 3, 0, 2, 1, 0]);
    const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
    const mixed = matrixTimes(simple, [c, s, -s, c], 2);
    const back = matrixTimes(mixed, orthomaxRotation(matrix(5, 2, Float64Array.from(mixed))), 2);
    back.forEach((value, i) => {
      expect(Math.abs(value)).toBeCloseTo(Math.abs(simple[i]!), 6);
    });
  });
});

function matrixTimes(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number[] {
  return Array.from({ length: a.length }, (_, at) => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[at - (at % k) + l]! * b[l * k + (at % k)]!;
    return sum;
  });
}

function columns(data: readonly number[], k: number): number[][] {
  return Array.from({ length: k }, (_, j) => data.filter((_, at) => at % k === j));
}

/** Three spectra with a peak each, in separate places of a map. */
const channels = 60;
const pure = [12, 30, 45].map((centre) =>
  Float64Array.from({ length: channels }, (_, c) => Math.exp(-((c - centre) ** 2) / 8) + 0.3 * Math.exp(-c / 20)),
);
const pixels = 600;
/** One phase per pixel, as minerals are. */
const exclusive = Float32Array.from({ length: pixels * 3 }, (_, at) => {
  const [p, j] = [Math.floor(at / 3), at % 3];
  return p % 3 === j ? 20 + (p % 7) : 0.5;
});
/** Each present or not whatever the others are, as overlapping particles. */
const stream = randomStream(8, "shares");
const independent = Float32Array.from({ length: pixels * 3 }, () => (stream.uniform() < 0.25 ? 20 : 0) + stream.uniform());

/** What a PCA could have given: the same sum in other components. */
function mixed(shares: Float32Array) {
  const turn = [0.8, 0.5, -0.3, -0.4, 0.9, 0.2, 0.3, -0.1, 0.7];
  const components = [0, 1, 2].map((i) =>
    pure[0]!.map((_, c) => turn[3 * i]! * pure[0]![c]! + turn[3 * i + 1]! * pure[1]![c]! + turn[3 * i + 2]! * pure[2]![c]!),
  );
  return { components, scores: Float32Array.from(matrixTimes(shares, inverse3(turn), 3)) };
}

function inverse3([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  const det = a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
  return [
    e! * i! - f! * h!,
    c! * h! - b! * i!,
    b! * f! - c! * e!,
    f! * g! - d! * i!,
    a! * i! - c! * g!,
    c! * d! - a! * f!,
    d! * h! - e! * g!,
    b! * g! - a! * h!,
    a! * e! - b! * d!,
  ].map((value) => value / det);
}

function similarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return Math.abs(dot) / Math.sqrt(squareA * squareB);
}

describe("independent components of spectra and maps", () => {
  it.each([
    ["fastica-parallel", "maps"],
    ["fastica-deflation", "maps"],
    ["jade", "maps"],
    ["fastica-parallel", "spectra"],
    ["jade", "spectra"],
  ])("%s on %s gives the pure spectra and keeps the sum", async (algorithm, on) => {
    const shares = on === "maps" ? independent : exclusive;
    const input = mixed(shares);
    const found = await ica.run(input, parseParameters(ica, { algorithm, on, fun: "cube" }), { seed: 2 });
    for (const spectrum of pure) {
      expect(Math.max(...found.components.map((component) => similarity(component, spectrum)))).toBeGreaterThan(0.9);
    }
    for (const [p, c] of [
      [0, 12],
      [31, 30],
      [59, 44],
      [89, 3],
    ] as const) {
      const before = [0, 1, 2].reduce((sum, j) => sum + shares[3 * p + j]! * pure[j]![c]!, 0);
      const after = found.components.reduce((sum, component, j) => sum + found.scores[3 * p + j]! * component[c]!, 0);
      expect(after).toBeCloseTo(before, 3);
    }
  });

  it("leaves masked pixels out", async () => {
    const input = mixed(exclusive);
    const mask = Uint8Array.from({ length: pixels }, (_, p) => (p === 4 ? 0 : 1));
    const found = await ica.run({ ...input, mask }, parseParameters(ica, { on: "maps", algorithm: "jade" }), { seed: 0 });
    expect([...found.scores.subarray(12, 15)].every(Number.isNaN)).toBe(true);
    expect([...found.scores.subarray(0, 12)].some(Number.isNaN)).toBe(false);
  });

  it("tells when JADE cannot take so many components", async () => {
    const components = Array.from({ length: 41 }, () => new Float64Array(50));
    await expect(
      ica.run({ components, scores: new Float32Array(410) }, parseParameters(ica, { algorithm: "jade" }), { seed: 0 }),
    ).rejects.toThrow(ParameterError);
  });

  it.each(["varimax-spectra", "varimax-maps"] as const)("%s keeps the sum and makes it simpler", (rotation) => {
    const { components, scores } = mixed(exclusive);
    const factors = {
      k: 3,
      channels,
      components: Float64Array.from(components.flatMap((one) => [...one])),
      scores: Float64Array.from(scores),
    };
    const found = rotated(factors, rotation);
    const sum = (of: Factors, p: number, c: number) =>
      [0, 1, 2].reduce((total, j) => total + of.scores[3 * p + j]! * of.components[j * channels + c]!, 0);
    for (const [p, c] of [
      [0, 12],
      [31, 30],
      [59, 44],
    ] as const)
      expect(sum(found, p, c)).toBeCloseTo(sum(factors, p, c), 8);
    if (rotation === "varimax-maps") {
      for (const spectrum of pure) {
        const best = Math.max(
          ...[0, 1, 2].map((j) => similarity(found.components.subarray(j * channels, (j + 1) * channels), spectrum)),
        );
        expect(best).toBeGreaterThan(0.99);
      }
    }
  });
});

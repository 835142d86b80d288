import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exp } from "../../../kernels/math.js";
import type { Matrix } from "../../../kernels/matrix.js";
import { nearestNeighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { featureMaps } from "../../preprocess/feature-maps.js";
import { noisyImage, spectrumOf } from "../../preprocess/synthetic-image.test-support.js";
import { treatFeatures } from "../../preprocess/treat-features.js";
import { type EmbeddingQuality, embeddingQuality } from "../quality.js";
import { fuzzyGraph } from "./fuzzy-graph.js";
import { umap } from "./umap.js";

const python = process.env["SIGMA_PEERS_PYTHON"];
const note = python === undefined ? " (skipped: SIGMA_PEERS_PYTHON is not set)" : "";

type Features = Matrix<Float32Array>;

/** Ten round clouds in twelve dimensions, some of which touch. */
function blobs(): Features {
  const random = randomStream(1, "blobs");
  const centres = Float64Array.from({ length: 120 }, () => 3 * random.normal());
  const data = new Float32Array(5000 * 12);
  for (let row = 0; row < 5000; row++) {
    const cloud = random.integer(10);
    for (let c = 0; c < 12; c++) data[row * 12 + c] = centres[cloud * 12 + c]! + random.normal();
  }
  return { rows: 5000, columns: 12, data };
}

/** A rolled-up sheet (Marsland 2014). */
function swissRoll(): Features {
  const random = randomStream(2, "swiss-roll");
  const data = new Float32Array(3000 * 3);
  for (let row = 0; row < 3000; row++) {
    const angle = 1.5 * Math.PI * (1 + 2 * random.uniform());
    data.set([angle * Math.cos(angle), 21 * random.uniform(), angle * Math.sin(angle)], row * 3);
    for (let c = 0; c < 3; c++) data[row * 3 + c]! += 0.2 * random.normal();
  }
  return { rows: 3000, columns: 3, data };
}

/** Strokes of different slant and weight on 8 x 8 points, as handwritten digits have them. */
function strokes(): Features {
  const random = randomStream(3, "strokes");
  const data = new Float32Array(1800 * 64);
  for (let row = 0; row < 1800; row++) {
    const kind = row % 6;
    const [slant, bend, weight] = [0.4 * random.normal(), 0.3 * random.normal(), 0.6 + 0.3 * random.uniform()];
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        const [u, v] = [x - 3.5 - slant * (y - 3.5), y - 3.5];
        const lines = [u - bend, v + 2 * bend, u - v + bend, Math.hypot(u, v) - 2.5 - bend, Math.abs(u) - 2, u * u + 2 * v];
        data[row * 64 + 8 * y + x] = 16 * exp(-((lines[kind]! / weight) ** 2)) + random.uniform();
      }
    }
  }
  return { rows: 1800, columns: 64, data };
}

/** Maps of eight lines over grains of five minerals at 150 counts per pixel, smoothed and scaled as before a phase analysis. */
async function minerals(): Promise<Features> {
  const lines = ["O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "K_Ka", "Ca_Ka", "Fe_Ka"];
  const kinds = [
    { O: 40, Si: 60 },
    { O: 35, Na: 12, Al: 18, Si: 45 },
    { O: 35, K: 18, Al: 16, Si: 42 },
    { O: 30, Mg: 30, Si: 30, Fe: 10 },
    { O: 28, Ca: 60 },
  ].map((composition) => spectrumOf(composition, 45));
  const random = randomStream(4, "grains");
  const seeds = Array.from({ length: 40 }, () => [64 * random.uniform(), 60 * random.uniform(), random.integer(5)] as const);
  const image = noisyImage(64, 60, (x, y) => {
    const distance = ([sx, sy]: readonly [number, number, number]) => (sx - x) ** 2 + (sy - y) ** 2;
    return kinds[seeds.reduce((best, seed) => (distance(seed) < distance(best) ? seed : best))[2]]!;
  });
  const maps = await featureMaps.run(image, parseParameters(featureMaps, { lines }), { seed: 0 });
  const input = { data: maps.data, lines: maps.lines, navigationShape: [60, 64] };
  const { data } = await treatFeatures.run(input, parseParameters(treatFeatures, {}), { seed: 0 });
  return { rows: 60 * 64, columns: maps.lines.length, data };
}

const cases = [
  { name: "blobs", make: blobs, minDist: 0.1 },
  { name: "swiss-roll", make: swissRoll, minDist: 0.1 },
  { name: "strokes", make: strokes, minDist: 0.1 },
  { name: "minerals", make: minerals, minDist: 0.02 },
];

/** Reads NAME.f32 for each case; writes NAME-0.f32 and NAME-1.f32 (two seeds), and the graph of umap-learn from the neighbours given. */
const RUN = `
import json, sys, warnings
import numpy as np, umap
from umap.umap_ import fuzzy_simplicial_set
warnings.simplefilter("ignore")
for case in json.load(open("cases.json")):
    name, rows = case["name"], case["rows"]
    points = np.fromfile(name + ".f32", "<f4").reshape(rows, -1)
    for seed in (0, 1):
        model = umap.UMAP(min_dist=case["minDist"], random_state=seed)
        model.fit_transform(points).astype("<f4").tofile(f"{name}-{seed}.f32")
    own = np.arange(rows)[:, None]
    indices = np.hstack([own, np.fromfile(name + ".indices", "<i4").reshape(rows, -1)])
    distances = np.hstack([np.zeros((rows, 1)), np.fromfile(name + ".distances", "<f8").reshape(rows, -1)])
    graph = fuzzy_simplicial_set(points, 15, np.random.RandomState(0), "euclidean", knn_indices=indices, knn_dists=distances)[0]
    graph = graph.tocsr().sorted_indices()
    graph.eliminate_zeros()
    graph.indptr.astype("<i4").tofile(name + ".rowStart")
    graph.indices.astype("<i4").tofile(name + ".column")
    graph.data.astype("<f4").tofile(name + ".weight")
`;

describe.skipIf(python === undefined)(`UMAP beside umap-learn${note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "sigma-umap-"));
  const features = new Map<string, Features>();
  const write = (name: string, data: Float32Array | Float64Array | Int32Array) =>
    writeFileSync(join(folder, name), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const read = (name: string) => Uint8Array.from(readFileSync(join(folder, name))).buffer;

  beforeAll(async () => {
    const listed = [];
    for (const { name, make, minDist } of cases) {
      const points = await make();
      features.set(name, points);
      listed.push({ name, rows: points.rows, minDist });
      const { indices, distances } = await nearestNeighbours(points, 14);
      write(`${name}.f32`, points.data);
      write(`${name}.indices`, indices);
      write(`${name}.distances`, distances);
    }
    writeFileSync(join(folder, "cases.json"), JSON.stringify(listed));
    execFileSync(python!, ["-c", RUN], { cwd: folder });
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(cases)("makes the same graph from the same neighbours: $name", async ({ name }) => {
    const graph = await fuzzyGraph(await nearestNeighbours(features.get(name)!, 14), 1, 1);
    expect(graph.rowStart).toEqual(new Int32Array(read(`${name}.rowStart`)));
    expect(graph.column).toEqual(new Int32Array(read(`${name}.column`)));
    const weights = new Float32Array(read(`${name}.weight`));
    let farthest = 0;
    weights.forEach((weight, e) => {
      farthest = Math.max(farthest, Math.abs(weight - graph.weight[e]!));
    });
    expect(farthest).toBeLessThan(1e-5);
  });

  it.each(cases)("keeps neighbours as well: $name", async ({ name, minDist }) => {
    const points = features.get(name)!;
    const qualityOf = (data: Float32Array) =>
      embeddingQuality(points, { rows: points.rows, columns: 2, data }, undefined, { queries: points.rows }, { seed: 0 });
    const mean = (runs: EmbeddingQuality[], key: "trustworthiness" | "continuity" | "preserved" | "preservedAmongSame") =>
      runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
    const theirs: EmbeddingQuality[] = [];
    const ours: EmbeddingQuality[] = [];
    for (const seed of [0, 1]) {
      theirs.push(await qualityOf(new Float32Array(read(`${name}-${seed}.f32`))));
      const { latent } = await umap.run({ features: points }, parseParameters(umap, { minDist }), { seed });
      ours.push(await qualityOf(latent.data));
    }
    const keys = ["trustworthiness", "continuity", "preservedAmongSame", "preserved"] as const;
    const beside = keys.map((key) => `${key} ${mean(ours, key).toFixed(4)} (umap-learn ${mean(theirs, key).toFixed(4)})`);
    console.info(`${name}: ${beside.join(", ")}`);
    expect(Math.abs(mean(ours, "trustworthiness") - mean(theirs, "trustworthiness"))).toBeLessThan(0.01);
    expect(Math.abs(mean(ours, "continuity") - mean(theirs, "continuity"))).toBeLessThan(0.01);
    expect(mean(ours, "preservedAmongSame")).toBeGreaterThan(mean(theirs, "preservedAmongSame") - 0.01);
    expect(mean(ours, "preserved")).toBeGreaterThan(mean(theirs, "preserved") - 0.01);
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { presetRecipe, presets } from "@sigma-eds/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

/*
 * Worker threads of Node that share memory, as `sigma run` uses them: labels, latent coordinates, spectra, endmembers and every other file have the bytes that one
 * thread gives. That Chromium gives the same is tested in packages/core/test/same-bytes.universal.test.ts.
 */

const scratch = scratchFolder();
const input = scratch.path("specimen/phantom.rpl");

beforeAll(async () => {
  // After binning 2,112 pixels: as many as neighbours are looked for by several threads.
  const words = ["--width", "96", "--height", "88", "--counts", "60", "--seed", "2"];
  const made = await sigma(["phantom", "--out", scratch.path("specimen"), ...words]);
  expect(made.code, made.err).toBe(0);
}, 60_000);
afterAll(() => scratch.remove());

test.each(Object.keys(presets))(
  "preset %s gives the same files with one thread and with two",
  async (preset) => {
    const recipe = scratch.path(`${preset}.json`);
    const steps = presetRecipe(preset).steps.map((step) => ("epochs" in step ? { ...step, epochs: 2 } : step));
    writeFileSync(recipe, JSON.stringify({ ...presetRecipe(preset), steps }));
    const results = await Promise.all(
      ["1", "2"].map(async (threads) => {
        const out = scratch.path(`${preset}-${threads}`);
        const outcome = await sigma(["run", input, "--out", out, "--recipe", recipe, "--threads", threads, "--progress", "none"]);
        expect(outcome.code, outcome.err).toBe(0);
        return JSON.parse(readFileSync(`${out}/result.json`, "utf8"));
      }),
    );
    expect(results[1].labelsSha256).toBe(results[0].labelsSha256);
    expect(results[1].files).toEqual(results[0].files);
  },
  120_000,
);

test("start and layout of a large picture have the same bytes with one thread and with two, and both are shared", async () => {
  const built = (path: string) => import(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const { nodeThreads } = await built("cli/dist/threads.js");
  const { optimiseLayout } = await built("core/dist/algorithms/embed/umap/layout.js");
  const { fuzzyGraph } = await built("core/dist/algorithms/embed/umap/fuzzy-graph.js");
  const { startPositions } = await built("core/dist/algorithms/embed/umap/start.js");
  const { nearestNeighbours } = await built("core/dist/kernels/nearest-neighbours/nearest-neighbours.js");
  const { randomStream } = await built("core/dist/kernels/random.js");
  const random = randomStream(3, "threads");
  const rows = 33_000;
  const points = { rows, columns: 2, data: Float32Array.from({ length: 2 * rows }, () => random.normal()) };
  const graph = await fuzzyGraph(await nearestNeighbours(points, 9), 1, 1);
  const options = {
    dimensions: 2,
    epochs: 3,
    curve: { a: 1.6, b: 0.9 },
    learningRate: 1,
    repulsionStrength: 1,
    negativeSampleRate: 5,
  };
  const layouts: Float32Array[] = [];
  const asked = new Set<string>();
  for (const count of [1, 2]) {
    const pool = nodeThreads(count);
    const run = (helper: number, task: string, input: unknown) => {
      asked.add(task);
      return pool.run(helper, task, input);
    };
    const threads = { ...pool, helpers: pool.helpers, run };
    const positions = await startPositions("spectral", points, graph, 2, randomStream(1, "start"), { threads });
    await optimiseLayout(positions, graph, options, { seed: 1, threads });
    await pool.close();
    layouts.push(positions);
  }
  expect(layouts[1]).toEqual(layouts[0]);
  expect([...asked]).toEqual(["umap-graph", "umap-layout"]);
}, 60_000);

test("neighbours that are searched quickly have the same bytes with one thread and with two", async () => {
  const built = (path: string) => import(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const { nodeThreads } = await built("cli/dist/threads.js");
  const { quickNeighbours } = await built("core/dist/kernels/nearest-neighbours/quick/quick-neighbours.js");
  const { randomStream } = await built("core/dist/kernels/random.js");
  const random = randomStream(5, "threads");
  const points = { rows: 9000, columns: 7, data: Float32Array.from({ length: 63_000 }, () => random.normal()) };
  const pool = nodeThreads(2);
  const helpers: number[] = [];
  const run = (helper: number, ...order: unknown[]) => {
    helpers.push(helper);
    return pool.run(helper, ...order);
  };
  const shared = await quickNeighbours(points, 14, "euclidean", { threads: { ...pool, helpers: pool.helpers, run } });
  await pool.close();
  expect(helpers).toEqual([0]);
  expect(shared).toEqual(await quickNeighbours(points, 14));
}, 60_000);

test("clusters of many points have the same bytes with one thread and with two, and the second is asked", async () => {
  const built = (path: string) => import(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const { nodeThreads } = await built("cli/dist/threads.js");
  const { hdbscan } = await built("core/dist/algorithms/cluster/hdbscan/hdbscan.js");
  const { gaussianMixture } = await built("core/dist/algorithms/cluster/gaussian-mixture.js");
  const { parseParameters } = await built("core/dist/algorithms/parameters.js");
  const { randomStream } = await built("core/dist/kernels/random.js");
  const random = randomStream(4, "threads");
  const rows = 21_000;
  const data = Float32Array.from({ length: 6 * rows }, (_, i) => 6 * (Math.floor(i / 6) % 3) + random.normal());
  const [few, all] = [3000, rows].map((count) => ({ rows: count, columns: 6, data: data.subarray(0, 6 * count) }));
  const startLabels = Int32Array.from({ length: rows }, (_, i) => i % 50);
  for (const [method, input, given] of [
    [hdbscan, { points: few }, { minClusterSize: 50 }],
    [gaussianMixture, { points: all, startLabels }, { nComponents: 50, maxIter: 2 }],
  ] as const) {
    const found: unknown[] = [];
    let asked = 0;
    for (const count of [1, 2]) {
      const pool = nodeThreads(count);
      const run = (...order: unknown[]) => {
        asked += 1;
        return pool.run(...order);
      };
      const threads = { ...pool, helpers: pool.helpers, run };
      const { labels, centres } = await method.run(input, parseParameters(method, given), { seed: 1, threads });
      await pool.close();
      found.push({ labels, centres });
    }
    expect(found[1]).toEqual(found[0]);
    expect(asked).toBeGreaterThan(0);
  }
}, 60_000);

test("autoencoders have the same bytes with one thread and with two, which share each step, and stop when they are asked", async () => {
  const built = (path: string) => import(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const { nodeThreads } = await built("cli/dist/threads.js");
  const { autoencoder, variationalAutoencoder } = await built("core/dist/algorithms/embed/autoencoder/autoencoder.js");
  const { parseParameters } = await built("core/dist/algorithms/parameters.js");
  const { randomStream } = await built("core/dist/kernels/random.js");
  const random = randomStream(5, "threads");
  const rows = 1001;
  const features = { rows, columns: 9, data: Float32Array.from({ length: 9 * rows }, () => random.normal()) };
  const pool = nodeThreads(2);
  let asked = 0;
  const run = (...order: unknown[]) => {
    asked += 1;
    return pool.run(...order);
  };
  const threads = { ...pool, helpers: pool.helpers, run };
  // 13 epochs of these pixels through 343,000 weights are just enough to be shared.
  const sizes = { hiddenSizes: [512, 256, 128], epochs: 13, batchSize: 100, noise: 0.1, weightDecay: 1e-3 };
  const given = parseParameters(variationalAutoencoder, sizes);
  const one = await variationalAutoencoder.run({ features }, given, { seed: 1 });
  expect(await variationalAutoencoder.run({ features }, given, { seed: 1, threads })).toEqual(one);
  expect(asked).toBe(1);
  const stop = new AbortController();
  const begun = { seed: 1, threads, signal: stop.signal };
  const running = autoencoder.run({ features }, parseParameters(autoencoder, { ...sizes, epochs: 5000 }), begun);
  setTimeout(() => stop.abort(), 50);
  await expect(running).rejects.toThrow(/^Stopped/);
  expect(asked).toBe(2);
  await pool.close();
}, 60_000);

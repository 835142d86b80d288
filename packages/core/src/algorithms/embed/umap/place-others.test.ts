import { expect, test } from "vitest";
import { ThreadLostError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import { BLOCK_TASK } from "../../../kernels/threads/block-work.js";
import type { Threads } from "../../../spectrum-image/context.js";
import { parseParameters } from "../../parameters.js";
import { threadsOfThisOne } from "../../threads.test-support.js";
import { placeOthers } from "./place-others.js";
import { umap } from "./umap.js";

/** Threads that are lost when they are asked for anything but blocks: those of this thread cannot wait for each other. */
function onlyBlocks(threads: Threads): Threads {
  const { helpers, sharesMemory } = threads;
  return {
    helpers,
    sharesMemory,
    run: (helper, task, input) =>
      task === BLOCK_TASK ? threads.run(helper, task, input) : Promise.reject(new ThreadLostError("Gone.")),
    dismiss: (helper) => threads.dismiss(helper),
  };
}

/** Three clouds in four dimensions, far apart. */
function clouds(rows: number) {
  const random = randomStream(6, "place-others");
  return { rows, columns: 4, data: Float32Array.from({ length: 4 * rows }, (_, i) => 9 * ((i >> 2) % 3) + random.normal()) };
}

test("a row lies at the weighted mean of its neighbours; what was laid out stays; threads change nothing", async () => {
  const features = { rows: 4, columns: 1, data: Float32Array.of(0, 1, 1.25, 10) };
  const positions = { rows: 3, columns: 2, data: Float32Array.of(0, 0, 2, 4, 50, 50) };
  const laidOut = { rows: Int32Array.of(0, 1, 3), positions };
  const options = { k: 2, metric: "euclidean", localConnectivity: 1, isQuick: false } as const;
  const { data } = await placeOthers(features, laidOut, options, {});
  expect([...data.subarray(0, 4), ...data.subarray(6)]).toEqual([0, 0, 2, 4, 50, 50]);
  const [x, y] = data.subarray(4, 6);
  expect(y).toBeCloseTo(2 * x!, 5);
  // A quarter from the second, more than one from the first.
  expect(x).toBeGreaterThan(1);
  expect(x).toBeLessThanOrEqual(2);
  const threads = threadsOfThisOne(2, false);
  expect((await placeOthers(features, laidOut, options, { threads })).data).toEqual(data);
});

test("a picture laid out in part shows the groups that the whole shows, and says so", async () => {
  const features = clouds(3000);
  const parameters = parseParameters(umap, { fitPixels: 1000, nEpochs: 50 });
  const { latent, findings } = await umap.run({ features }, parameters, { seed: 1 });
  expect(findings.map(({ code }) => code)).toContain("laid-out-in-part");
  expect(latent.rows).toBe(3000);
  const centres = [0, 1, 2].map((group) =>
    [0, 1].map((d) =>
      Array.from({ length: 1000 }, (_, i) => latent.data[2 * (3 * i + group) + d]! / 1000).reduce((a, b) => a + b, 0),
    ),
  );
  for (let n = 0; n < 3000; n++) {
    const distances = centres.map(([x, y]) => (latent.data[2 * n]! - x!) ** 2 + (latent.data[2 * n + 1]! - y!) ** 2);
    expect(distances.indexOf(Math.min(...distances))).toBe(n % 3);
  }
  const again = await umap.run({ features }, parameters, { seed: 1 });
  expect(again.latent.data).toEqual(latent.data);
});

test.each([false, true])(
  "blocks of rows are placed the same by one thread and by several, with memory shared or not; quick: %s",
  async (isQuick) => {
    const random = randomStream(7, "place-blocks");
    const features = { rows: 9000, columns: 7, data: Float32Array.from({ length: 63_000 }, () => random.normal()) };
    const positions = { rows: 4500, columns: 2, data: Float32Array.from({ length: 9000 }, () => random.normal()) };
    const laidOut = { rows: Int32Array.from({ length: 4500 }, (_, i) => 2 * i), positions };
    const options = { k: 5, metric: "euclidean", localConnectivity: 1, isQuick } as const;
    const alone = await placeOthers(features, laidOut, options, {});
    for (const sharesMemory of [true, false]) {
      const threads = onlyBlocks(threadsOfThisOne(2, sharesMemory));
      expect((await placeOthers(features, laidOut, options, { threads })).data).toEqual(alone.data);
    }
  },
);

import { describe, expect, it } from "vitest";
import { AbortedError } from "../../../errors.js";
import { randomStream } from "../../../kernels/random.js";
import type { Threads } from "../../../spectrum-image/context.js";
import { parseParameters } from "../../parameters.js";
import { threadsOfThisOne, watchedThreads } from "../../threads.test-support.js";
import { bayesianGaussianMixture } from "../bayesian-gaussian-mixture.js";
import type { UsedPoints } from "../clustering.js";
import { gaussianMixture } from "../gaussian-mixture.js";
import { maximisation, preparedMixture } from "../mixture-model.js";
import { SECTION, sectionEntropy, sectionMoments } from "./mixture-pass.js";
import { mixtureSections } from "./mixture-sections.js";
import { referencePass } from "./reference-pass.js";

/** Points enough for threads to be asked, in five sections, the last of them short. */
const [N, COMPONENTS] = [4 * SECTION + 1000, 60];

const random = randomStream(1, "mixture-sections");
const data = Float64Array.from({ length: 2 * N }, (_, i) => 5 * (Math.floor(i / 2) % 4) * (i % 2) + random.normal());
const points: UsedPoints = { n: N, dimensions: 2, data, rows: undefined };

function someMixture() {
  const start = maximisation("full", COMPONENTS, 2, new Float64Array(2 * COMPONENTS));
  for (let i = 0; i < N; i++) start.addTo(i % COMPONENTS, data, 2 * i);
  const model = start.model(1e-3);
  return preparedMixture({ ...model, means: model.means.map((_, i) => data[20 * i]!) });
}

const hosts: [string, Threads | undefined][] = [
  ["no other thread", undefined],
  ["one thread that shares memory", threadsOfThisOne(1, true)],
  ["three threads that are given copies", threadsOfThisOne(3, false)],
  ["threads that are lost in the middle", threadsOfThisOne(2, true, 6)],
];

describe("sections of a mixture", () => {
  it.each(hosts)("have the sums of plain TypeScript, in their order: %s", async (_, lent) => {
    const { threads, answers } = lent === undefined ? { threads: undefined, answers: () => 1 } : watchedThreads(lent);
    const sections = await mixtureSections(points, COMPONENTS, false, { threads });
    const mixture = someMixture();
    const under = referencePass(points, COMPONENTS, false)(mixture);
    for (const [what, sumsOf] of [
      ["density", sectionMoments],
      ["entropy", sectionEntropy],
    ] as const) {
      const found: Float64Array[] = [];
      const sum = await sections.see(mixture, what, (moments) => found.push(moments));
      let expected = 0;
      for (let first = 0; first < N; first += SECTION) {
        expected += sumsOf(under, first, Math.min(N, first + SECTION));
        expect(found[first / SECTION]).toEqual(under.moments);
      }
      expect(sum).toBe(expected);
      expect(found).toHaveLength(5);
    }
    expect(answers()).toBeGreaterThan(0);
    sections.end();
  });

  it("make the same clusters whoever helps", async () => {
    const startLabels = Int32Array.from({ length: N }, (_, i) => i % COMPONENTS);
    const input = { points: { rows: N, columns: 2, data }, startLabels };
    for (const method of [gaussianMixture, bayesianGaussianMixture]) {
      const given = parseParameters(method, { nComponents: COMPONENTS, maxIter: 2 });
      const alone = await method.run(input, given, { seed: 1 });
      const helped = await method.run(input, given, { seed: 1, threads: threadsOfThisOne(2, true) });
      expect(helped.labels).toEqual(alone.labels);
      expect(helped.centres).toEqual(alone.centres);
    }
  });

  it("are left when the work is stopped", async () => {
    const stopper = new AbortController();
    const sections = await mixtureSections(points, COMPONENTS, false, {
      signal: stopper.signal,
      threads: threadsOfThisOne(1, true),
    });
    stopper.abort();
    await expect(sections.see(someMixture(), "density", () => {})).rejects.toThrow(AbortedError);
    sections.end();
  });
});

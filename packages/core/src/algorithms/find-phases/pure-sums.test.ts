import { expect, it } from "vitest";
import { randomStream } from "../../kernels/random.js";
import type { BinnedCounts } from "./binned-counts.js";
import type { Explanation } from "./explanation.js";
import { PureSums, sumOf } from "./pure-sums.js";

const [pixels, bins, entries] = [60, 9, 5];

function counted(isWhole: boolean): BinnedCounts {
  const random = randomStream(3, "pure-sums");
  const rowStart = Uint32Array.from({ length: pixels + 1 }, (_, n) => n * entries);
  const bin = Uint8Array.from({ length: pixels * entries }, () => random.integer(bins));
  const values = Float32Array.from(bin, () => (isWhole ? 1 + random.integer(9) : random.uniform()));
  const total = Float32Array.from({ length: pixels }, (_, n) =>
    values.subarray(n * entries, (n + 1) * entries).reduce((a, b) => a + b, 0),
  );
  const frames = { count: 1, height: 1, width: pixels, pixels };
  return { frames, bins, rowStart, bin, count: isWhole ? Uint16Array.from(values) : values, total, sum: new Float64Array(bins) };
}

/** Pixels dealt to `components` at random, two of three of them pure. */
function explainedAt(random: ReturnType<typeof randomStream>, components: number): Explanation {
  const first = Uint8Array.from({ length: pixels }, () => random.integer(components));
  const pure = Uint8Array.from({ length: pixels }, () => (random.integer(3) === 0 ? 0 : 2));
  const empty = new Float32Array(pixels);
  return { first, second: new Uint8Array(pixels).fill(255), fraction: empty, misfit: empty, pure };
}

it.each([true, false])("sums kept from one explanation to the next are those counted anew (whole counts: %s)", (isWhole) => {
  const counts = counted(isWhole);
  const random = randomStream(4, "pure-sums");
  const edge = Float32Array.from({ length: pixels }, () => random.uniform());
  const kept = new PureSums(counts);
  for (const keys of [
    [0, 1, 2],
    [0, 1, 2, 7],
    [0, undefined, 7],
    [7, 3, 0, 9],
  ]) {
    const explanation = explainedAt(random, keys.length);
    const sums = kept.of(explanation, edge, keys);
    keys.forEach((key, k) => {
      const pure = [...Array(pixels).keys()].filter((n) => explanation.pure[n] === 2 && explanation.first[n] === k);
      const limit = pure.map((n) => edge[n]!).sort((a, b) => a - b)[(pure.length - 1) >> 1] ?? 0;
      const calm = sumOf(
        counts,
        pure.filter((n) => edge[n]! <= limit),
      );
      if (key === undefined) expect(sums[k]).toBeUndefined();
      else expect(sums[k]).toEqual(calm);
    });
  }
});

it("the sum of pixels is the sum of their counts", () => {
  const counts = counted(true);
  const { bins: sum, counts: all } = sumOf(counts, [3, 5]);
  const expected = new Float64Array(bins);
  for (const n of [3, 5]) for (let e = n * entries; e < (n + 1) * entries; e++) expected[counts.bin[e]!]! += counts.count[e]!;
  expect(sum).toEqual(expected);
  expect(all).toBe(counts.total[3]! + counts.total[5]!);
});

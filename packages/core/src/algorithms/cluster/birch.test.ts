import { describe, expect, it } from "vitest";
import { ParameterError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { parseParameters } from "../parameters.js";
import { adjustedRandIndex } from "../score/adjusted-rand-index.js";
import { birch } from "./birch.js";
import golden from "./golden/birch.json" with { type: "json" };
import { wardGroups } from "./ward.js";

const defaults = (given: object = {}) => parseParameters(birch, given);
const pointsOf = ({ points, dimensions }: { points: number[]; dimensions: number }) =>
  matrix(points.length / dimensions, dimensions, Float64Array.from(points));
const noBreath = async () => {};

describe("Birch against scikit-learn", () => {
  it.each(golden.birch)("makes the same groups and clusters: $parameters", async (gold) => {
    const found = await birch.run({ points: pointsOf(gold) }, defaults(gold.parameters), { seed: 0 });
    expect(found.subclusterCentres.rows).toBe(gold.subclusters);
    expect(adjustedRandIndex(found.labels, Int32Array.from(gold.labels))).toBe(1);
  });

  it.each(golden.ward)("joins by Ward's method to the same $clusters groups", async (gold) => {
    const found = await wardGroups(pointsOf(gold), gold.clusters, noBreath);
    expect(adjustedRandIndex(found, Int32Array.from(gold.labels))).toBe(1);
  });
});

describe("Birch", () => {
  const points = matrix(
    300,
    2,
    Float64Array.from(
      { length: 600 },
      (
        (stream) => (_, i) =>
          stream.normal() * 0.3 + (i < 100 ? 9 : i < 300 ? 0 : 4)
      )(randomStream(3, "birch")),
    ),
  );

  it("numbers clusters by falling size and gives the means of their points", async () => {
    const found = await birch.run({ points }, defaults(), { seed: 0 });
    const sizes = [0, 1, 2].map((id) => found.labels.filter((label) => label === id).length);
    expect(sizes).toEqual([150, 100, 50]);
    expect([...found.centres.data].map((value) => Math.round(value) + 0)).toEqual([4, 4, 0, 0, 9, 9]);
  });

  it("leaves masked points out", async () => {
    const mask = Uint8Array.from({ length: 300 }, (_, i) => (i < 150 ? 0 : 1));
    const found = await birch.run({ points, mask }, defaults({ nClusters: 1 }), { seed: 0 });
    expect([...found.labels]).toEqual(Array.from({ length: 300 }, (_, i) => (i < 150 ? -1 : 0)));
  });

  it("keeps coinciding points together, whatever the threshold", async () => {
    const same = matrix(60, 2, new Float64Array(120).fill(2.5));
    const found = await birch.run({ points: same }, defaults({ threshold: 0, nClusters: "all" }), { seed: 0 });
    expect(found.clusters).toBe(1);
  });

  it("says when the threshold leaves fewer groups than clusters were asked for", async () => {
    const found = await birch.run({ points }, defaults({ threshold: 100 }), { seed: 0 });
    expect(found.clusters).toBe(1);
    expect(found.findings.map(({ code }) => code)).toEqual(["fewer-clusters"]);
  });

  it("refuses a threshold that makes too many groups, by name", async () => {
    const many = matrix(
      20_500,
      1,
      Float64Array.from({ length: 20_500 }, (_, i) => 3 * i),
    );
    const failure = await birch.run({ points: many }, defaults(), { seed: 0 }).catch((error: unknown) => error);
    expect(failure instanceof ParameterError && failure.facts.field).toBe("threshold");
  });
});

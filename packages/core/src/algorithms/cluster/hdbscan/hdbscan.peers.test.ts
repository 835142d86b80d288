import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { hdbscan } from "./hdbscan.js";

const python = process.env["SIGMA_PEERS_PYTHON"];
const note = python === undefined ? " (skipped: SIGMA_PEERS_PYTHON is not set)" : "";

/** Clouds of different density, a ring and scattered points. */
function points(rows: number, columns: number, seed: number) {
  const random = randomStream(seed, "clouds");
  const clouds = Array.from({ length: 12 }, () => ({
    centre: Array.from({ length: columns }, () => 6 * random.normal()),
    spread: 0.2 + random.uniform(),
  }));
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = random.integer(14);
    const angle = 2 * Math.PI * random.uniform();
    for (let c = 0; c < columns; c++) {
      const cloud = clouds[kind];
      const ring = 14 * (c === 0 ? Math.cos(angle) : c === 1 ? Math.sin(angle) : 0) + 0.2 * random.normal();
      const scattered = 40 * (random.uniform() - 0.5);
      data[row * columns + c] =
        cloud === undefined ? (kind === 12 ? ring : scattered) : cloud.centre[c]! + cloud.spread * random.normal();
    }
  }
  return { rows, columns, data };
}

const cases = [
  { name: "plane", make: () => points(20_000, 2, 1), parameters: { minClusterSize: 30 } },
  { name: "plane-leaf", make: () => points(10_000, 2, 2), parameters: { minClusterSize: 25, clusterSelectionMethod: "leaf" } },
  { name: "five", make: () => points(5000, 5, 3), parameters: { minClusterSize: 20, minSamples: 8 } },
];

const RUN = `
import json, sys, warnings
import numpy as np, hdbscan
from sklearn.cluster import HDBSCAN
warnings.simplefilter("ignore")
names = {"minClusterSize": "min_cluster_size", "minSamples": "min_samples", "clusterSelectionMethod": "cluster_selection_method"}
for case in json.load(open("cases.json")):
    name, given = case["name"], {names[key]: value for key, value in case["parameters"].items()}
    points = np.fromfile(name + ".f32", "<f4").reshape(case["rows"], -1).astype(float)
    one = HDBSCAN(copy=True, **given).fit(points)
    samples = given.pop("min_samples", given["min_cluster_size"]) - 1
    other = hdbscan.HDBSCAN(min_samples=samples, approx_min_span_tree=False, core_dist_n_jobs=1, **given).fit(points)
    for package, model in (("sklearn", one), ("hdbscan", other)):
        model.labels_.astype("<i4").tofile(f"{name}.{package}.labels")
        model.probabilities_.astype("<f8").tofile(f"{name}.{package}.strengths")
`;

/** Share of points on which two labellings agree when each cluster is matched with the one it shares most points with. */
function agreement(a: Int32Array, b: Int32Array): number {
  const shared = new Map<string, number>();
  a.forEach((label, i) => {
    const pair = `${label} ${b[i]}`;
    shared.set(pair, (shared.get(pair) ?? 0) + 1);
  });
  const taken = new Set<string>();
  let agreed = shared.get("-1 -1") ?? 0;
  for (const [pair, count] of [...shared].sort(([, x], [, y]) => y - x)) {
    const [left, right] = pair.split(" ");
    if (left === "-1" || right === "-1" || taken.has(`a${left}`) || taken.has(`b${right}`)) continue;
    taken.add(`a${left}`).add(`b${right}`);
    agreed += count;
  }
  return agreed / a.length;
}

describe.skipIf(python === undefined)(`HDBSCAN beside scikit-learn and hdbscan${note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "sigma-hdbscan-"));
  const read = (name: string) => Uint8Array.from(readFileSync(join(folder, name))).buffer;

  beforeAll(() => {
    const listed = cases.map(({ name, make, parameters }) => {
      const { rows, data } = make();
      writeFileSync(join(folder, `${name}.f32`), new Uint8Array(data.buffer));
      return { name, rows, parameters };
    });
    writeFileSync(join(folder, "cases.json"), JSON.stringify(listed));
    execFileSync(python!, ["-c", RUN], { cwd: folder });
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  // Equal distances are joined at once here and one by one there, in an order that depends on how the points are sorted. This moves single
  // points at the places where clusters part and, seldom, a cluster; by it the two packages differ from each other, too.
  it.each(cases)("agrees with both packages as well as they do with each other: $name", async ({ name, make, parameters }) => {
    const found = await hdbscan.run({ points: make() }, parseParameters(hdbscan, parameters), { seed: 0 });
    const [sklearn, other] = ["sklearn", "hdbscan"].map((method) => ({
      labels: new Int32Array(read(`${name}.${method}.labels`)),
      strengths: Float32Array.from(new Float64Array(read(`${name}.${method}.strengths`))),
    }));
    const compared = [
      [found, sklearn!],
      [found, other!],
      [sklearn!, other!],
    ].map(([one, two]) => ({
      labels: agreement(one!.labels, two!.labels),
      strengths:
        one!.strengths.filter((strength, i) => Math.abs(strength - two!.strengths[i]!) < 1e-5).length / one!.strengths.length,
    }));
    const [besideSklearn, besideHdbscan, between] = compared;
    console.info(
      `${name}: shares of points alike, ours and sklearn, ours and hdbscan, sklearn and hdbscan: ${JSON.stringify(compared)}`,
    );
    for (const key of ["labels", "strengths"] as const) {
      expect(Math.max(besideSklearn![key], besideHdbscan![key])).toBeGreaterThan(0.995);
      expect(Math.min(besideSklearn![key], besideHdbscan![key])).toBeGreaterThan(Math.min(0.995, between![key] - 0.002));
    }
  });
});

import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { hdbscan } from "./hdbscan.js";

async function sha256(data: Float32Array | Int32Array): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(new Uint8Array(data.buffer))));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

it("HDBSCAN gives the same bytes in every engine", async () => {
  const random = randomStream(8, "universal");
  const data = Float32Array.from({ length: 1500 }, (_, i) => random.normal() * (i < 600 ? 1 : 2) + (i % 3 === 0 ? i / 100 : 0));
  const given = parseParameters(hdbscan, { minClusterSize: 8, minSamples: 4, clusterSelectionMethod: "leaf" });
  const { clusters, labels, strengths } = await hdbscan.run({ points: { rows: 500, columns: 3, data } }, given, { seed: 0 });
  expect(clusters).toBeGreaterThan(1);
  expect([await sha256(labels), await sha256(strengths)]).toEqual([
    "8183d0af529fbf036a769e0de19955b72dfe97ba2a8b214724b27917c44043b7",
    "f4001a5ff98194a9845c036c4a64b42196468b226a13256def0647c79cf56f1b",
  ]);
});

import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { umap } from "./umap.js";

async function sha256(data: Float32Array): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(new Uint8Array(data.buffer))));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Three clouds of 100 points in five features, two of them joined by a bridge, so that the graph has two parts. */
function clouds() {
  const random = randomStream(11, "universal");
  const data = Float32Array.from({ length: 1500 }, (_, i) => {
    const row = Math.floor(i / 5);
    const place = row < 150 ? row / 15 : 60;
    return random.normal() + (i % 5 === 0 ? place : 0);
  });
  return { rows: 300, columns: 5, data };
}

it.each([
  { given: {}, hash: "8ded2af9177c31406ceed88a76859f77a018ee9534c83748fb2825561b5c59cf" },
  {
    given: { nComponents: 3, metric: "cosine", init: "pca", minDist: 0.02, nEpochs: 60 },
    hash: "15de2ef22f217e6b771b1ed379cbe4da93cbf8198657b8db19bb13db5d80dcff",
  },
])("UMAP gives the same bytes in every engine: $given", async ({ given, hash }) => {
  const { latent } = await umap.run({ features: clouds() }, parseParameters(umap, given), { seed: 7 });
  expect(await sha256(latent.data)).toBe(hash);
});

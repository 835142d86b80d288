import { expect, test } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { autoencoder, variationalAutoencoder } from "./autoencoder.js";
import type { AutoencoderResult } from "./fit.js";

/* This file runs in Node and in Chromium against the same hashes: training gives the same bits in every engine. */

function features() {
  const random = randomStream(1, "features");
  const data = Float32Array.from({ length: 100 * 6 }, (_, i) => random.normal() + (i < 300 ? 2 : 0));
  return { rows: 100, columns: 6, data };
}

const small = { hiddenSizes: [16, 8], epochs: 4, batchSize: 16, learningRate: 1e-2, noise: 0.1 };

async function hashOf({ latent, model }: AutoencoderResult): Promise<string> {
  const values = Float32Array.from([...latent.data, ...model.weights]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", values.buffer));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("an autoencoder trains to the same bits in Node and in browsers", async () => {
  const result = await autoencoder.run({ features: features() }, parseParameters(autoencoder, small), { seed: 3 });
  expect(await hashOf(result)).toMatchInlineSnapshot(`"3865bff85cfa9f67e4a4a7201696f30a80217d5f96fa66e9b5e5a6daafb11707"`);
});

test("so does a variational one, with cross-entropy and sigmoid", async () => {
  const whole = features();
  const shares = { ...whole, data: whole.data.map((value) => 1 / (1 + value * value)) };
  const parameters = parseParameters(variationalAutoencoder, { ...small, loss: "bce", kldWeight: 0.01 });
  expect(await hashOf(await variationalAutoencoder.run({ features: shares }, parameters, { seed: 3 }))).toMatchInlineSnapshot(
    `"fadd32b684c83eb0832796d12b5e7e352b3ff6f90def56c6340ce3d2a4218848"`,
  );
});

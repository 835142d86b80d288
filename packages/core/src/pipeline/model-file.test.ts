import { beforeAll, describe, expect, it } from "vitest";
import { applyModel } from "../algorithms/embed/autoencoder/apply-model.js";
import { autoencoder } from "../algorithms/embed/autoencoder/autoencoder.js";
import type { AutoencoderResult, NamedFeatures } from "../algorithms/embed/autoencoder/fit.js";
import { modelTensors } from "../algorithms/embed/autoencoder/model-tensors.js";
import { parseParameters } from "../algorithms/parameters.js";
import { DataCheckError, FormatError } from "../errors.js";
import { writeSafetensors } from "../formats/safetensors/safetensors.js";
import { randomStream } from "../kernels/random.js";
import { loadModel, saveModel } from "./model-file.js";

const random = randomStream(1, "model-file");
const input: NamedFeatures = {
  features: { rows: 50, columns: 3, data: Float32Array.from({ length: 150 }, () => random.normal()) },
  featureNames: ["O_Ka", "Si_Ka", "Fe_Ka"],
  treatment: ["neighbour-average", "z-score"],
};
let result: AutoencoderResult;
beforeAll(async () => {
  const parameters = parseParameters(autoencoder, { hiddenSizes: [6, 5], epochs: 2, nComponents: 2 });
  result = await autoencoder.run(input, parameters, { seed: 1 });
});

describe("model file", () => {
  it("comes back whole, and lays pixels out as the model did", async () => {
    const bytes = saveModel(result.model);
    const model = loadModel(bytes);
    expect(model).toEqual(result.model);
    expect(saveModel(model)).toEqual(bytes);
    const fractions: number[] = [];
    const applied = await applyModel(model, input, { onProgress: (fraction) => fractions.push(fraction) });
    expect(applied.latent).toEqual(result.latent);
    expect(applied.reconstructionError).toEqual(result.reconstructionError);
    expect(applied.findings).toEqual([]);
    expect(fractions.at(-1)).toBe(1);
  });

  it("applies to other pixels, leaves masked ones out, and warns where features are unlike those of training", async () => {
    const features = { rows: 2, columns: 3, data: Float32Array.of(0, 0, 9, 0, 0, 9) };
    const mask = Uint8Array.of(1, 0);
    const { latent, reconstructionError, findings } = await applyModel(result.model, { ...input, features, mask }, {});
    expect(Array.from(latent.data, Number.isFinite)).toEqual([true, true, false, false]);
    expect(Array.from(reconstructionError, Number.isFinite)).toEqual([true, false]);
    expect(findings).toMatchObject([{ code: "unlike-training", message: expect.stringMatching(/: Fe_Ka\.$/) }]);
  });

  it.each([
    ["another order", { featureNames: ["Si_Ka", "O_Ka", "Fe_Ka"] }, /features\[0\].*Si_Ka.*O_Ka \(in all: O_Ka, Si_Ka, Fe_Ka\)/],
    ["another treatment", { treatment: ["z-score"] }, /treatment\[0\].*z-score.*neighbour-average/],
    ["no treatment", { treatment: undefined }, /treatment\[0\].*nothing/],
  ])("is not applied to features in %s", async (_, other, message) => {
    await expect(applyModel(result.model, { ...input, ...other }, {})).rejects.toThrow(DataCheckError);
    await expect(applyModel(result.model, { ...input, ...other }, {})).rejects.toThrow(message);
  });

  it("is refused when it is of something else, or damaged", () => {
    const { tensors, metadata } = modelTensors(result.model);
    const load = (change: { tensors?: typeof tensors; metadata?: Record<string, string> }) => () =>
      loadModel(writeSafetensors({ tensors, metadata, ...change }), "m.safetensors");
    const description = JSON.parse(metadata["sigma"]!);
    const described = (facts: object) => ({ metadata: { ...metadata, sigma: JSON.stringify({ ...description, ...facts }) } });
    const withTensor = (name: string, data: Float32Array | Float64Array) => ({
      tensors: new Map([...tensors, [name, { shape: [data.length], data }]]),
    });
    for (const [change, message] of [
      [{ metadata: { format: "pt" } }, /not a model of an autoencoder.*"pt"/],
      [{ metadata: {} }, /nothing/],
      [{ metadata: { ...metadata, sigma: "{" } }, /not JSON/],
      [described({ version: 2 }), /__metadata__\.sigma\.version/],
      [
        described({ architecture: { ...description.architecture, hiddenSizes: [6, 7] } }),
        /encoder\.1\.weight.*\[5, 6\].*\[7, 6\]/,
      ],
      [described({ architecture: { ...description.architecture, hiddenSizes: [4096, 4096] } }), /too large/],
      [described({ featureNames: ["O_Ka"] }), /1 names/],
      [{ tensors: new Map([...tensors].slice(1)) }, /encoder\.0\.weight.*missing|missing.*/],
      [withTensor("extra", Float32Array.of(1)), /extra/],
      [withTensor("latent.bias", Float32Array.of(Number.NaN, 0)), /latent\.bias\[0\].*NaN/],
      [withTensor("latent.bias", Float64Array.of(0, 0)), /latent\.bias.*Float64Array \[2\].*Float32Array \[2\]/],
    ] as const) {
      expect(load(change)).toThrow(FormatError);
      expect(load(change)).toThrow(message);
    }
  });
});

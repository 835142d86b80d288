import { embeddingQuality } from "../../packages/core/dist/algorithms/embed/quality.js";
import { cloudFile, left, sizeOfCloud } from "./inputs.mjs";

const shared = {
  size: { points: 50_000, columns: 12 },
  quickSize: { points: 3000, columns: 12 },
  qualityText: "share of the 15 true neighbours among the 50 nearest in the picture",
  async quality({ cloud }, out) {
    const { shape, data } = left(out, "latent");
    const picture = { rows: shape[0], columns: shape[1], data };
    return (await embeddingQuality(cloud, picture, undefined, { k: 15, among: 50 }, { seed: 1 })).preserved;
  },
};

export const umap = {
  ...shared,
  id: "umap",
  title: "UMAP, 15 neighbours, minDist 0.1",
  targets: { warm: { target: 6, stretch: 10 }, cold: { target: 8, stretch: 15 } },
  peers: ["umap-learn"],
  sizeText: sizeOfCloud,
  prepare: cloudFile,
};

const EPOCHS = 2;

/** Time per epoch does not depend on how many there are, so a few stand for the 50 of a real training, unless more are asked for. */
export const autoencoder = {
  ...shared,
  id: "autoencoder",
  title: "Autoencoder 512-256-128-2, batches of 64",
  targets: { warm: { target: 1.5, stretch: 2 } },
  peers: ["torch"],
  python: "torch",
  sizeText: (size) => `${sizeOfCloud(size)}, ${size.epochs ?? EPOCHS} epochs`,
  prepare(size, folder) {
    const { cloud, input } = cloudFile(size, folder);
    return { cloud, input: { ...input, epochs: size.epochs ?? EPOCHS } };
  },
};

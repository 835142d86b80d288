import { adjustedRandIndex } from "../../packages/core/dist/algorithms/score/adjusted-rand-index.js";
import { cloudFile, left, sizeOfCloud } from "./inputs.mjs";

const shared = {
  size: { points: 50_000, columns: 2 },
  quickSize: { points: 3000, columns: 2 },
  sizeText: sizeOfCloud,
  prepare: cloudFile,
};

export const mixture = {
  ...shared,
  id: "mixture",
  title: "Gaussian mixture, 50 components, full covariances",
  targets: { warm: { target: 5, stretch: 10 } },
  peers: ["scikit-learn"],
  qualityText: "mean log-likelihood of a point, nats",
  quality: (_, out) => left(out, "meanLogLikelihood").data[0],
};

export const hdbscan = {
  ...shared,
  id: "hdbscan",
  title: "HDBSCAN, clusters of 100, 10 samples",
  targets: { warm: { target: 3, stretch: 6 } },
  // Where clouds overlap much, the approximate spanning tree that the package hdbscan makes unless told otherwise decides by chance how many groups there are.
  size: { points: 50_000, columns: 2, apart: 10 },
  quickSize: { points: 3000, columns: 2, apart: 10 },
  peers: ["hdbscan", "scikit-learn"],
  qualityText: "adjusted Rand index with the true groups",
  quality: ({ cloud }, out) => adjustedRandIndex(cloud.labels, Int32Array.from(left(out, "labels").data)),
};

/** The pieces of work that are compared with Python: data, ours, and what makes a result good. The Python side is peers.py. */
import { gaussianMixture } from "../packages/core/dist/algorithms/cluster/gaussian-mixture.js";
import { hdbscan } from "../packages/core/dist/algorithms/cluster/hdbscan/hdbscan.js";
import { autoencoder } from "../packages/core/dist/algorithms/embed/autoencoder/autoencoder.js";
import { umap } from "../packages/core/dist/algorithms/embed/umap/umap.js";
import { parseParameters } from "../packages/core/dist/algorithms/parameters.js";
import { nearestNeighbours } from "../packages/core/dist/kernels/nearest-neighbours/nearest-neighbours.js";
import { clouds } from "./data.mjs";

const SEED = 1;

/** Name for people, the points of the full size, columns of the data, packages that do the same, and ours: points -> float32 or int32 values. */
export const works = {
  neighbours: {
    title: "15 nearest neighbours, exact",
    points: 50_000,
    columns: 12,
    peers: ["scipy", "scikit-learn"],
    quality: "share of true neighbours",
    async run(points, context) {
      return (await nearestNeighbours(points, 15, "euclidean", context)).indices;
    },
  },
  mixture: {
    title: "Gaussian mixture, 50 components, full covariances, from k-means",
    points: 50_000,
    columns: 2,
    peers: ["scikit-learn"],
    quality: "adjusted Rand index with the true groups",
    async run(points, context) {
      return (await gaussianMixture.run({ points }, parseParameters(gaussianMixture, { nComponents: 50 }), context)).labels;
    },
  },
  hdbscan: {
    title: "HDBSCAN, clusters of 100, 10 samples",
    points: 50_000,
    columns: 2,
    peers: ["hdbscan", "scikit-learn"],
    quality: "adjusted Rand index with the true groups",
    async run(points, context) {
      return (await hdbscan.run({ points }, parseParameters(hdbscan, { minClusterSize: 100, minSamples: 10 }), context)).labels;
    },
  },
  autoencoder: {
    title: "Autoencoder 512-256-128-2, one epoch, batches of 64",
    points: 50_000,
    columns: 12,
    peers: ["torch"],
    quality: "share of the 15 true neighbours among the 50 nearest in the picture",
    async run(points, context) {
      const parameters = parseParameters(autoencoder, { hiddenSizes: [512, 256, 128], epochs: 1, batchSize: 64 });
      return (await autoencoder.run({ features: points }, parameters, context)).latent.data;
    },
  },
  umap: {
    title: "UMAP, 15 neighbours, minDist 0.1",
    points: 50_000,
    columns: 12,
    peers: ["umap-learn"],
    quality: "share of the 15 true neighbours among the 50 nearest in the picture",
    async run(points, context) {
      return (await umap.run({ features: points }, parseParameters(umap, { nNeighbors: 15, minDist: 0.1 }), context)).latent.data;
    },
  },
};

export function dataOf(work, points) {
  return clouds(points, works[work].columns);
}

export function contextWith(threads) {
  return { seed: SEED, threads };
}

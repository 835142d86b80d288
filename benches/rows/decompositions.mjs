import { imageOf } from "../ours/loading.mjs";
import { left, phantomFile, sizeOfPhantom } from "./inputs.mjs";

const shared = {
  size: { width: 250, height: 200, counts: 180 },
  quickSize: { width: 60, height: 50, counts: 180 },
  sizeText: sizeOfPhantom,
  async prepare(size, folder) {
    const { file } = phantomFile(size, folder);
    const { counts } = await imageOf({ file });
    return { counts, input: { file } };
  },
};

export const pca = {
  ...shared,
  id: "pca",
  title: "PCA of counts, 20 components, Poisson scaling",
  targets: {
    "HyperSpy, default (SVD)": { warm: { target: 20, stretch: 40 } },
    "HyperSpy, randomized": { warm: { target: 2, stretch: 4 } },
  },
  /** The default takes long, and nothing in it has to warm up. */
  runs: { "HyperSpy, default (SVD)": 1 },
  peers: ["HyperSpy, default (SVD)", "HyperSpy, randomized"],
  qualityText: "share of the squares of the scaled counts that the components hold",
  quality: ({ counts }, out) => heldShare(counts, left(out, "components")),
};

export const nmf = {
  ...shared,
  id: "nmf",
  title: "NMF of counts, 6 components",
  targets: { warm: { target: 3, stretch: 6 } },
  runs: { HyperSpy: 1 },
  peers: ["HyperSpy", "scikit-learn, sparse"],
  qualityText: "share of the squares of the counts that the product holds",
  quality: ({ counts }, out) => explainedShare(counts, left(out, "abundances"), left(out, "endmembers")),
};

/** Counts are divided by the roots of the sums of their row and of their channel; `components` [k x channels] are of unscaled counts. */
function heldShare(counts, components) {
  const { rowSum, channelSum } = margins(counts);
  const scaled = Float64Array.from(components.data, (value, i) => {
    const sum = channelSum[i % counts.channels];
    return sum > 0 ? value / Math.sqrt(sum) : 0;
  });
  const basis = orthonormal(scaled, components.shape[0], counts.channels);
  const projected = new Float64Array(basis.length);
  let [held, whole] = [0, 0];
  eachRow(counts, (row, { channel, count, from, to }) => {
    projected.fill(0);
    for (let i = from; i < to; i++) {
      const value = count[i] / Math.sqrt(rowSum[row] * channelSum[channel[i]]);
      whole += value * value;
      for (let j = 0; j < basis.length; j++) projected[j] += value * basis[j][channel[i]];
    }
    for (const value of projected) held += value * value;
  });
  return held / whole;
}

/** 1 - |X - A E|² / |X|². */
function explainedShare(counts, { data: a, shape }, { data: e }) {
  const [k, channels] = [shape[1], counts.channels];
  const [aa, ee] = [gram(a, k, 1, k), gram(e, k, channels, 1)];
  let [whole, across] = [0, 0];
  eachRow(counts, (row, { channel, count, from, to }) => {
    for (let i = from; i < to; i++) {
      whole += count[i] * count[i];
      for (let j = 0; j < k; j++) across += count[i] * a[row * k + j] * e[j * channels + channel[i]];
    }
  });
  const product = aa.reduce((sum, value, i) => sum + value * ee[i], 0);
  return (2 * across - product) / whole;
}

/** Products of all pairs of `k` vectors; entry i of vector j lies at j * between + i * along. */
function gram(data, k, between, along) {
  const length = data.length / k;
  const out = new Float64Array(k * k);
  for (let i = 0; i < length; i++) {
    for (let p = 0; p < k; p++) {
      for (let q = 0; q < k; q++) out[p * k + q] += data[p * between + i * along] * data[q * between + i * along];
    }
  }
  return out;
}

/** Gram and Schmidt, twice. */
function orthonormal(data, k, length) {
  const basis = [];
  for (let j = 0; j < k; j++) {
    const vector = data.slice(j * length, (j + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const along = vector.reduce((sum, value, i) => sum + value * other[i], 0);
        vector.forEach((value, i) => {
          vector[i] = value - along * other[i];
        });
      }
    }
    const size = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    if (size > 0) basis.push(vector.map((value) => value / size));
  }
  return basis;
}

function margins(counts) {
  const rowSum = new Float64Array(counts.navigationShape.reduce((a, b) => a * b, 1));
  const channelSum = new Float64Array(counts.channels);
  eachRow(counts, (row, { channel, count, from, to }) => {
    for (let i = from; i < to; i++) {
      rowSum[row] += count[i];
      channelSum[channel[i]] += count[i];
    }
  });
  return { rowSum, channelSum };
}

function eachRow({ stored }, visit) {
  for (const { firstPixel, pixels, rowStart, channel, count } of stored) {
    for (let p = 0; p < pixels; p++) visit(firstPixel + p, { channel, count, from: rowStart[p], to: rowStart[p + 1] });
  }
}

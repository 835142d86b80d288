import { cloudFile, left, sizeOfCloud } from "./inputs.mjs";

const SAMPLED = 500;
const K = 15;

export const neighbours = {
  id: "neighbours",
  title: "15 nearest neighbours, exact",
  targets: { warm: { target: 5, stretch: 8 } },
  peers: ["scipy", "scikit-learn"],
  size: { points: 50_000, columns: 12 },
  quickSize: { points: 5000, columns: 12 },
  sizeText: sizeOfCloud,
  qualityText: "share of true neighbours, of 500 points",
  prepare: cloudFile,
  quality: ({ cloud }, out) => foundShare(cloud, left(out, "indices").data),
};

/** A size at which scikit-learn takes minutes, so that scipy alone stands for the peers. */
export const neighboursMany = {
  ...neighbours,
  id: "neighbours-many",
  title: "15 nearest neighbours, exact, many points",
  peers: ["scipy"],
  /** Nothing in it has to warm up. */
  runs: { scipy: 1 },
  size: { points: 200_000, columns: 12 },
  quickSize: { points: 20_000, columns: 12 },
};

/** Every so many points are compared with all others, one by one; neighbours as near as the true ones count, so that ties do not matter. */
function foundShare({ rows, columns, data }, indices) {
  const step = Math.max(1, Math.floor(rows / SAMPLED));
  let [found, asked] = [0, 0];
  const squared = new Float64Array(rows);
  for (let row = 0; row < rows; row += step) {
    for (let other = 0; other < rows; other++) squared[other] = squaredDistance(data, columns, row, other);
    squared[row] = Number.POSITIVE_INFINITY;
    const furthest = squared.slice().sort()[K - 1];
    for (let k = 0; k < K; k++) if (squared[indices[row * K + k]] <= furthest * (1 + 1e-6)) found += 1;
    asked += K;
  }
  return found / asked;
}

function squaredDistance(data, columns, a, b) {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += (data[a * columns + c] - data[b * columns + c]) ** 2;
  return sum;
}

/** A decomposition in units of the data: X ≈ mean + scores x components, and what may be done to it without changing that sum. */

export interface Factors {
  readonly k: number;
  readonly channels: number;
  /** Float64 [k x channels], row-major. */
  readonly components: Float64Array;
  /** Float64 [used pixels x k], row-major. */
  readonly scores: Float64Array;
}

/** Scores P and Q components, for k x k matrices P and Q, row-major; P Q = 1 keeps the sum. */
export function turned({ k, channels, components, scores }: Factors, p: Float64Array, q: Float64Array): Factors {
  const newScores = new Float64Array(scores.length);
  for (let at = 0; at < scores.length; at += k) {
    for (let i = 0; i < k; i++) {
      const value = scores[at + i]!;
      for (let j = 0; j < k; j++) newScores[at + j]! += value * p[i * k + j]!;
    }
  }
  const newComponents = new Float64Array(components.length);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const share = q[i * k + j]!;
      for (let c = 0; c < channels; c++) newComponents[i * channels + c]! += share * components[j * channels + c]!;
    }
  }
  return { k, channels, components: newComponents, scores: newScores };
}

/** Components of unit length with their entry of largest size (the first of equals) positive; the scores take scale and sign. In place. */
export function normaliseComponents({ k, channels, components, scores }: Factors): void {
  for (let j = 0; j < k; j++) {
    const own = components.subarray(j * channels, (j + 1) * channels);
    let square = 0;
    let largest = 0;
    for (let c = 0; c < channels; c++) {
      square += own[c]! * own[c]!;
      if (Math.abs(own[c]!) > Math.abs(largest)) largest = own[c]!;
    }
    const length = (largest < 0 ? -1 : 1) * Math.sqrt(square);
    if (length === 0) continue;
    for (let c = 0; c < channels; c++) own[c]! /= length;
    for (let at = j; at < scores.length; at += k) scores[at]! *= length;
  }
}

/** Components by falling size of what they add to the data (length of their scores, theirs being 1); ties by place. */
export function inOrderOfSize(factors: Factors): Factors {
  const { k, channels, components, scores } = factors;
  const size = new Float64Array(k);
  for (let at = 0; at < scores.length; at += k) for (let j = 0; j < k; j++) size[j]! += scores[at + j]! * scores[at + j]!;
  const order = Array.from({ length: k }, (_, j) => j).sort((i, j) => size[j]! - size[i]! || i - j);
  return {
    k,
    channels,
    components: Float64Array.from(
      components,
      (_, i) => components[order[Math.floor(i / channels)]! * channels + (i % channels)]!,
    ),
    scores: Float64Array.from(scores, (_, i) => scores[i - (i % k) + order[i % k]!]!),
  };
}

/** The first `k` components. */
export function firstFactors({ k: all, channels, components, scores }: Factors, k: number): Factors {
  const kept = new Float64Array((scores.length / all) * k);
  for (let at = 0, to = 0; at < scores.length; at += all, to += k) kept.set(scores.subarray(at, at + k), to);
  return { k, channels, components: components.slice(0, k * channels), scores: kept };
}

/** One array per component. */
export function spectraOf({ k, channels, components }: Factors): Float64Array[] {
  return Array.from({ length: k }, (_, j) => components.slice(j * channels, (j + 1) * channels));
}

/** Float32 [rows x k]: the scores of the used rows in their places, NaN where the mask leaves a row out. */
export function scoresOfAll({ k, scores }: Factors, rows: number, mask: Uint8Array | undefined): Float32Array {
  const all = new Float32Array(rows * k).fill(Number.NaN);
  let used = 0;
  for (let row = 0; row < rows; row++) {
    if (mask?.[row] === 0) continue;
    for (let j = 0; j < k; j++) all[row * k + j] = scores[used * k + j]!;
    used += 1;
  }
  return all;
}

/** The scores of the rows that the mask leaves: float64 [used rows x k]. */
function scoresOfUsed(all: Float32Array, k: number, mask: Uint8Array | undefined): Float64Array {
  if (mask === undefined) return Float64Array.from(all);
  const used = mask.reduce((sum, inside) => sum + (inside === 0 ? 0 : 1), 0);
  const scores = new Float64Array(used * k);
  let to = 0;
  mask.forEach((inside, row) => {
    if (inside === 0) return;
    for (let j = 0; j < k; j++) scores[to + j] = all[row * k + j]!;
    to += k;
  });
  return scores;
}

/** Factors from one array per component and the scores of all rows. */
export function factorsOf(components: readonly Float64Array[], scores: Float32Array, mask: Uint8Array | undefined): Factors {
  const k = components.length;
  const channels = components[0]?.length ?? 0;
  const flat = new Float64Array(k * channels);
  components.forEach((component, j) => {
    flat.set(component, j * channels);
  });
  return { k, channels, components: flat, scores: scoresOfUsed(scores, k, mask) };
}

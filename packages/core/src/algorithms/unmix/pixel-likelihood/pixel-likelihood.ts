/** The Poisson likelihood of one pixel as a sum of given endmembers: Σ m - Σ x ln m with m = Σ a_k E_k; only filled channels enter the second sum. */

export interface PixelLikelihood {
  /** Takes the counts of a pixel in channels that an endmember reaches; returns their sum. */
  take(channel: Uint16Array, count: ArrayLike<number>, from: number, to: number): number;
  /** The loss at `a`, or part of the way from there to `target`. Infinity where a filled channel is left without model. */
  loss(a: Float64Array, target?: Float64Array, share?: number): number;
  /** Gradient and Hessian (k x k, both triangles) of the loss. */
  derivatives(a: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
  /** One step of expectation maximisation: always safe, soon slow. */
  expectationStep(a: Float64Array): void;
}

/** Sum of each endmember. */
export function totalsOf(endmembers: readonly Float64Array[]): Float64Array {
  return Float64Array.from(endmembers, (spectrum) => spectrum.reduce((sum, value) => sum + value, 0));
}

/** Channel by channel, float64 [channels x stride]: the endmembers, then zeros. */
export function byChannel(endmembers: readonly Float64Array[], stride: number): Float64Array<ArrayBuffer> {
  const rows = new Float64Array((endmembers[0]?.length ?? 0) * stride);
  endmembers.forEach((spectrum, j) => {
    for (let c = 0; c < spectrum.length; c++) rows[c * stride + j] = spectrum[c]!;
  });
  return rows;
}

/** Uint8 [channels]: 1 where an endmember is above 0. */
export function reachedBy(endmembers: readonly Float64Array[]): Uint8Array {
  const reached = new Uint8Array(endmembers[0]?.length ?? 0);
  for (const spectrum of endmembers) for (let c = 0; c < reached.length; c++) if (spectrum[c]! > 0) reached[c] = 1;
  return reached;
}

/** Part of the way from `a` to `target`, into `point`. */
export function placeBetween(a: Float64Array, target: Float64Array, share: number, point: Float64Array): void {
  for (let j = 0; j < a.length; j++) point[j] = share === 1 ? target[j]! : a[j]! + share * (target[j]! - a[j]!);
}

import { log } from "../../../kernels/math.js";
import { byChannel, type PixelLikelihood, placeBetween, reachedBy, totalsOf } from "./pixel-likelihood.js";

/** In plain TypeScript. */
export function referenceLikelihood(endmembers: readonly Float64Array[]): PixelLikelihood {
  return new Reference(endmembers);
}

class Reference implements PixelLikelihood {
  readonly #k: number;
  readonly #spectra: Float64Array;
  readonly #totals: Float64Array;
  readonly #reached: Uint8Array;
  readonly #point: Float64Array;
  #filled = 0;
  readonly #rows: Uint32Array;
  readonly #counts: Float64Array;

  constructor(endmembers: readonly Float64Array[]) {
    this.#k = endmembers.length;
    this.#spectra = byChannel(endmembers, this.#k);
    this.#totals = totalsOf(endmembers);
    this.#reached = reachedBy(endmembers);
    this.#point = new Float64Array(this.#k);
    this.#rows = new Uint32Array(this.#reached.length);
    this.#counts = new Float64Array(this.#reached.length);
  }

  take(channel: Uint16Array, count: ArrayLike<number>, from: number, to: number): number {
    this.#filled = 0;
    let sum = 0;
    for (let i = from; i < to; i++) {
      if (this.#reached[channel[i]!] === 0) continue;
      this.#rows[this.#filled] = channel[i]! * this.#k;
      this.#counts[this.#filled] = count[i]!;
      this.#filled += 1;
      sum += count[i]!;
    }
    return sum;
  }

  loss(a: Float64Array, target = a, share = 0): number {
    placeBetween(a, target, share, this.#point);
    const counts = this.#counts;
    let sum = 0;
    for (let j = 0; j < this.#k; j++) sum += this.#point[j]! * this.#totals[j]!;
    for (let i = 0; i < this.#filled; i++) {
      const model = this.#modelAt(this.#point, this.#rows[i]!);
      if (!(model > 0)) return Infinity;
      sum -= counts[i]! * log(model);
    }
    return sum;
  }

  derivatives(a: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
    const k = this.#k;
    const spectra = this.#spectra;
    gradient.set(this.#totals);
    hessian.fill(0);
    for (let i = 0; i < this.#filled; i++) {
      const row = this.#rows[i]!;
      const model = this.#modelAt(a, row);
      const first = this.#counts[i]! / model;
      const second = first / model;
      for (let j = 0; j < k; j++) {
        const value = spectra[row + j]!;
        gradient[j]! -= first * value;
        const left = second * value;
        for (let l = 0; l <= j; l++) hessian[j * k + l]! += left * spectra[row + l]!;
      }
    }
    for (let j = 0; j < k; j++) for (let l = j + 1; l < k; l++) hessian[j * k + l] = hessian[l * k + j]!;
  }

  expectationStep(a: Float64Array): void {
    const pull = this.#point;
    pull.fill(0);
    for (let i = 0; i < this.#filled; i++) {
      const row = this.#rows[i]!;
      const ratio = this.#counts[i]! / this.#modelAt(a, row);
      for (let j = 0; j < this.#k; j++) pull[j]! += ratio * this.#spectra[row + j]!;
    }
    for (let j = 0; j < this.#k; j++) a[j]! *= pull[j]! / this.#totals[j]!;
  }

  #modelAt(a: Float64Array, row: number): number {
    let model = 0;
    for (let j = 0; j < this.#k; j++) model += a[j]! * this.#spectra[row + j]!;
    return model;
  }
}

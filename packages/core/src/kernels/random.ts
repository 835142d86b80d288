/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2021, doi:10.1145/3460772), seeded by splitmix32 from a seed and the
 * name of a stream, so that each step has numbers of its own and adding a step does not move another's.
 */
import { cos, exp, log } from "./math.js";

export interface RandomStream {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, n), without bias. `n` from 1 to 2^32. */
  integer(n: number): number;
  /** Standard normal (Box and Muller 1958); always takes two uniforms. */
  normal(): number;
  /** Poisson with the given mean (>= 0). Exact: by products below 30, by splitting above (Poisson(a + b) = Poisson(a) + Poisson(b)). */
  poisson(mean: number): number;
  /** Shuffles in place (Fisher and Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T;
}

/** A stream that depends on `seed` and `name` only. */
export function randomStream(seed: number, name: string): RandomStream {
  const state = seedState(seed, name);
  const stream: RandomStream = {
    uint32() {
      const result = Math.imul(rotateLeft(Math.imul(state[1]!, 5), 7), 9) >>> 0;
      const t = state[1]! << 9;
      state[2]! ^= state[0]!;
      state[3]! ^= state[1]!;
      state[1]! ^= state[2]!;
      state[0]! ^= state[3]!;
      state[2]! ^= t;
      state[3] = rotateLeft(state[3]!, 11);
      return result;
    },
    uniform() {
      return ((stream.uint32() >>> 5) * 67108864 + (stream.uint32() >>> 6)) / 9007199254740992;
    },
    integer(n) {
      const limit = 4294967296 - (4294967296 % n);
      let value = stream.uint32();
      while (value >= limit) value = stream.uint32();
      return value % n;
    },
    normal() {
      const radius = Math.sqrt(-2 * log(1 - stream.uniform()));
      return radius * cos(2 * Math.PI * stream.uniform());
    },
    poisson(mean) {
      let left = mean;
      let total = 0;
      while (left > 30) {
        total += poissonByProducts(stream, 30);
        left -= 30;
      }
      return total + poissonByProducts(stream, left);
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = stream.integer(i + 1);
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
      }
      return values;
    },
  };
  return stream;
}

function poissonByProducts(stream: RandomStream, mean: number): number {
  const limit = exp(-mean);
  let product = stream.uniform();
  let n = 0;
  while (product > limit) {
    product *= stream.uniform();
    n += 1;
  }
  return n;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function seedState(seed: number, name: string): Int32Array {
  let hash = 0x811c9dc5 ^ (seed | 0) ^ Math.imul(Math.floor(seed / 4294967296) | 0, 0x9e3779b1);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const state = new Int32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash ^ (hash >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    state[i] = z ^ (z >>> 15);
  }
  if (state[0] === 0 && state[1] === 0 && state[2] === 0 && state[3] === 0) state[0] = 1;
  return state;
}

import type { RandomStream } from "../kernels/random.js";

/** Groundmass with zoned laths, rounded and angular crystals, small grains and pores, drawn in this order. */
export function texture(width: number, height: number, random: RandomStream): Int32Array {
  const labels = new Int32Array(width * height);
  const size = width / 200;
  const stamp = (phase: number, count: number, long: number, wide: number, round: boolean, core?: number): void => {
    for (let i = 0; i < count; i++) {
      const [x, y, angle] = [random.uniform() * width, random.uniform() * height, random.uniform() * Math.PI];
      const [half, thick] = [long * size * (0.6 + 0.6 * random.uniform()), wide * size * (0.7 + 0.5 * random.uniform())];
      grain(labels, width, { x, y, angle, half, thick, round }, phase);
      if (core !== undefined) grain(labels, width, { x, y, angle, half: half * 0.72, thick: thick * 0.66, round }, core);
    }
  };
  stamp(6, 60, 4, 0.9, false);
  stamp(5, 5, 14, 11, true);
  stamp(4, 7, 10, 6, false);
  stamp(3, 8, 13, 6, false);
  stamp(2, 13, 20, 12, false, 1);
  stamp(7, 34, 2.2, 2, false);
  stamp(8, 14, 2.2, 1.1, false);
  stamp(-1, 9, 2.6, 2.2, true);
  return labels;
}

interface Grain {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly half: number;
  readonly thick: number;
  readonly round: boolean;
}

function grain(labels: Int32Array, width: number, { x, y, angle, half, thick, round }: Grain, phase: number): void {
  const [c, s] = [1 - angle * angle * 0.2, angle * 0.5];
  const norm = Math.sqrt(c * c + s * s);
  for (let p = 0; p < labels.length; p++) {
    const [dx, dy] = [(p % width) - x, Math.floor(p / width) - y];
    const along = Math.abs(dx * c + dy * s) / norm / half;
    const across = Math.abs(dy * c - dx * s) / norm / thick;
    if (round ? along * along + across * across < 1 : Math.max(along, across) < 1) labels[p] = phase;
  }
}

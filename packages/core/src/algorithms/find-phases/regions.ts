/** Connected areas of pixels, corners included, within a frame. */
import type { Frames } from "./frames.js";

export interface Regions {
  /** Int32 [pixels]: number of the region, -1 outside all. Numbered by their first pixel. */
  readonly label: Int32Array;
  /** Pixels of each region. */
  readonly area: readonly number[];
}

/** Finds the areas where `belongs` is true. */
export function connectedRegions(frames: Frames, belongs: (pixel: number) => boolean): Regions {
  const { width, height, pixels } = frames;
  const label = new Int32Array(pixels).fill(-1);
  const area: number[] = [];
  const queue = new Int32Array(pixels);
  for (let start = 0; start < pixels; start++) {
    if (label[start] !== -1 || !belongs(start)) continue;
    let head = 0;
    let tail = 1;
    queue[0] = start;
    label[start] = area.length;
    while (head < tail) {
      const n = queue[head++]!;
      const x = n % width;
      const y = Math.floor(n / width) % height;
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
          const neighbour = n + dy * width + dx;
          if (label[neighbour] !== -1 || !belongs(neighbour)) continue;
          label[neighbour] = area.length;
          queue[tail++] = neighbour;
        }
      }
    }
    area.push(tail);
  }
  return { label, area };
}

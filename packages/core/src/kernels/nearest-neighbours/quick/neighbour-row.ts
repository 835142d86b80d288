/** The nearest positions that a point knows of, sorted by distance and position. */
export interface NeighbourRow {
  /** Float32; Infinity where there is none. */
  readonly distance: Float32Array;
  /** Int32; -1 where there is none. */
  readonly position: Int32Array;
}

export function emptyRow(length: number): NeighbourRow {
  return { distance: new Float32Array(length).fill(Infinity), position: new Int32Array(length).fill(-1) };
}

export function holds({ position }: NeighbourRow, wanted: number): boolean {
  return position.includes(wanted);
}

/** Puts a neighbour into its place; the last one drops out, which may be the new one. */
export function take({ distance, position }: NeighbourRow, near: number, at: number): void {
  let place = distance.length - 1;
  if (!isBefore(near, at, distance[place]!, position[place]!)) return;
  for (; place > 0 && isBefore(near, at, distance[place - 1]!, position[place - 1]!); place--) {
    distance[place] = distance[place - 1]!;
    position[place] = position[place - 1]!;
  }
  distance[place] = near;
  position[place] = at;
}

function isBefore(distance: number, position: number, otherDistance: number, otherPosition: number): boolean {
  return distance < otherDistance || (distance === otherDistance && (otherPosition < 0 || position < otherPosition));
}

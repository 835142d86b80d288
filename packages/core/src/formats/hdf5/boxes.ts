/** Boxes in n-dimensional row-major arrays: copying one into another, whatever their shapes. */

/** Number of elements of a shape. */
export function volume(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export interface Place {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  readonly start: readonly number[];
}

/** Copies a box of `count` elements per axis, `elementSize` bytes each, from one array into another. Boxes must lie inside both. */
export function copyBox(from: Place, to: Place, count: readonly number[], elementSize: number): void {
  const rank = count.length;
  if (count.some((size) => size === 0)) return;
  const fromSteps = steps(from.shape, elementSize);
  const toSteps = steps(to.shape, elementSize);
  let run = elementSize;
  let outer = rank;
  while (outer > 0) {
    outer--;
    run *= count[outer]!;
    if (count[outer] !== from.shape[outer] || count[outer] !== to.shape[outer]) break;
  }
  let source = from.start.reduce((sum, at, i) => sum + at * fromSteps[i]!, 0);
  let target = to.start.reduce((sum, at, i) => sum + at * toSteps[i]!, 0);
  const at = new Array<number>(outer).fill(0);
  for (;;) {
    to.bytes.set(from.bytes.subarray(source, source + run), target);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      source += fromSteps[axis]!;
      target += toSteps[axis]!;
      at[axis]!++;
      if (at[axis]! < count[axis]!) break;
      source -= at[axis]! * fromSteps[axis]!;
      target -= at[axis]! * toSteps[axis]!;
      at[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Distance between neighbours along each axis. */
export function steps(shape: readonly number[], unit = 1): number[] {
  const found = new Array<number>(shape.length).fill(unit);
  for (let i = shape.length - 2; i >= 0; i--) found[i] = found[i + 1]! * shape[i + 1]!;
  return found;
}

/** Starts of the tiles that cover the box, in row-major order; tiles lie on multiples of `tile`. */
export function* tilesOver(start: readonly number[], count: readonly number[], tile: readonly number[]): Generator<number[]> {
  if (count.some((size) => size === 0)) return;
  const first = start.map((at, i) => Math.floor(at / tile[i]!) * tile[i]!);
  const at = [...first];
  for (;;) {
    yield [...at];
    let axis = at.length - 1;
    for (; axis >= 0; axis--) {
      at[axis]! += tile[axis]!;
      if (at[axis]! < start[axis]! + count[axis]!) break;
      at[axis] = first[axis]!;
    }
    if (axis < 0) return;
  }
}

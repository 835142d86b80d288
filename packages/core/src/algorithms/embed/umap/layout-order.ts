/**
 * In which places of memory the vertices of a layout lie. They are dealt to ROUNDS groups, each of which lies in one run, and within a group they lie along a curve
 * through the picture, so that what a vertex is joined to lies near what its neighbours are joined to.
 */
export const ROUNDS = 16;

export interface LayoutOrder {
  /** Int32 [vertices]: the vertex at each place. */
  readonly order: Int32Array;
  /** Int32 [ROUNDS + 1]: group g has the places `groupStart[g]` to before `groupStart[g + 1]`. */
  readonly groupStart: Int32Array;
}

/** Of every ROUNDS vertices in a row along the curve each goes to another group, so that every group is a picture of the whole. */
export function layoutOrder(positions: Float32Array, dimensions: number): LayoutOrder {
  const curve = alongCurve(positions, dimensions);
  const vertices = curve.length;
  const groupOf = (i: number): number => (i + scrambled(Math.floor(i / ROUNDS) + 1)) & (ROUNDS - 1);
  const groupStart = new Int32Array(ROUNDS + 1);
  for (let i = 0; i < vertices; i++) groupStart[groupOf(i) + 1]! += 1;
  for (let g = 0; g < ROUNDS; g++) groupStart[g + 1]! += groupStart[g]!;
  const next = groupStart.slice();
  const order = new Int32Array(vertices);
  for (let i = 0; i < vertices; i++) order[next[groupOf(i)]!++] = curve[i]!;
  return { order, groupStart };
}

/** Cells along one side of the square that the curve fills. */
const CELLS = 1024;
/** More than there can be vertices. */
const VERTEX_UNIT = 4_294_967_296;

/** The vertices along the curve of Morton (1966) through cells of the first two dimensions; those of one cell in rising order. */
function alongCurve(positions: Float32Array, dimensions: number): Int32Array {
  const vertices = positions.length / dimensions;
  const across = cellsOf(positions, dimensions, 0);
  const down = cellsOf(positions, dimensions, Math.min(1, dimensions - 1));
  const keys = Float64Array.from(across, (cell, vertex) => (spread(cell) + 2 * spread(down[vertex]!)) * VERTEX_UNIT + vertex);
  keys.sort();
  const curve = new Int32Array(vertices);
  for (let i = 0; i < vertices; i++) curve[i] = keys[i]! % VERTEX_UNIT;
  return curve;
}

function cellsOf(positions: Float32Array, dimensions: number, d: number): Int32Array {
  const cells = new Int32Array(positions.length / dimensions);
  let least = Infinity;
  let most = -Infinity;
  for (let i = d; i < positions.length; i += dimensions) {
    least = Math.min(least, positions[i]!);
    most = Math.max(most, positions[i]!);
  }
  const scale = most > least ? (CELLS - 1) / (most - least) : 0;
  for (let vertex = 0; vertex < cells.length; vertex++) cells[vertex] = (positions[vertex * dimensions + d]! - least) * scale;
  return cells;
}

/** The bits of a number below 1024 with a 0 after each. */
function spread(cell: number): number {
  let bits = (cell | (cell << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/** The float32 rows of `positions` [vertices x dimensions] in the order of their places. */
export function atPlaces(positions: Float32Array, order: Int32Array, dimensions: number): Float32Array {
  const placed = new Float32Array(positions.length);
  for (let place = 0; place < order.length; place++) {
    for (let d = 0; d < dimensions; d++) placed[place * dimensions + d] = positions[order[place]! * dimensions + d]!;
  }
  return placed;
}

/** The reverse of {@link atPlaces}, into `positions`. */
export function fromPlaces(placed: Float32Array, order: Int32Array, dimensions: number, positions: Float32Array): Float32Array {
  for (let place = 0; place < order.length; place++) {
    for (let d = 0; d < dimensions; d++) positions[order[place]! * dimensions + d] = placed[place * dimensions + d]!;
  }
  return positions;
}

/** A 32-bit integer made unrecognisable, one to one (the finaliser of splitmix32). */
export function scrambled(value: number): number {
  let z = value ^ (value >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}

/** The largest difference between one number and the next. */
export function largestStep(rising: Int32Array): number {
  return rising.reduce((largest, value, i) => Math.max(largest, value - (rising[i - 1] ?? value)), 0);
}

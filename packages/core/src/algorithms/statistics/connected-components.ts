/** Connected regions of equal label, the grains of a class map. */
import { ShapeError } from "../../errors.js";

/** 4: neighbours share an edge. 8: neighbours share an edge or a corner. */
export type Connectivity = 4 | 8;

export interface Components {
  /** Int32 [pixels]: number of the component, from 0 in the order of their first pixels; -1 where the label is below 0. */
  readonly ids: Int32Array;
  /** Float64 [components]: pixels of each. */
  readonly sizes: Float64Array;
  /** Int32 [components]: label that all its pixels have. */
  readonly labels: Int32Array;
}

/**
 * Components of all labels at once, in two passes with a forest of sets (Rosenfeld and Pfaltz 1966, doi:10.1145/321356.321357). `labels` is int32
 * [planes x height x width]; planes do not touch. Throws {@link ShapeError} when the labels do not fill whole planes.
 */
export function connectedComponents(labels: Int32Array, width: number, height: number, connectivity: Connectivity): Components {
  const plane = width * height;
  if (plane < 1 || labels.length % plane !== 0) {
    throw new ShapeError("The labels must fill whole planes.", {
      found: String(labels.length),
      expected: `a multiple of ${width} x ${height}`,
    });
  }
  const parent = new Int32Array(labels.length).fill(-1);
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p]!;
    if (label < 0) continue;
    parent[p] = p;
    const x = p % width;
    const above = p % plane >= width;
    if (x > 0 && labels[p - 1] === label) join(parent, p - 1, p);
    if (above && labels[p - width] === label) join(parent, p - width, p);
    if (connectivity === 4 || !above) continue;
    if (x > 0 && labels[p - width - 1] === label) join(parent, p - width - 1, p);
    if (x < width - 1 && labels[p - width + 1] === label) join(parent, p - width + 1, p);
  }
  return numbered(parent, labels);
}

function numbered(parent: Int32Array, labels: Int32Array): Components {
  const ids = new Int32Array(parent.length).fill(-1);
  const sizes: number[] = [];
  const labelOf: number[] = [];
  for (let p = 0; p < parent.length; p++) {
    if (parent[p]! < 0) continue;
    const root = rootOf(parent, p);
    if (root === p) {
      ids[p] = sizes.length;
      sizes.push(0);
      labelOf.push(labels[p]!);
    }
    const id = ids[root]!;
    ids[p] = id;
    sizes[id]! += 1;
  }
  return { ids, sizes: Float64Array.from(sizes), labels: Int32Array.from(labelOf) };
}

/** The smaller root stays, so that the root of a component is its first pixel. */
function join(parent: Int32Array, a: number, b: number): void {
  const one = rootOf(parent, a);
  const other = rootOf(parent, b);
  if (one < other) parent[other] = one;
  else parent[one] = other;
}

function rootOf(parent: Int32Array, start: number): number {
  let p = start;
  while (parent[p] !== p) {
    const next = parent[p]!;
    parent[p] = parent[next]!;
    p = next;
  }
  return p;
}

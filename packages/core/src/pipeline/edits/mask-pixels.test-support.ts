/** Indices of the pixels of a class. */
export function maskPixels(labels: Int32Array, id: number): number[] {
  return [...labels].flatMap((label, p) => (label === id ? p : []));
}

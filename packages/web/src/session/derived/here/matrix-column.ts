const columns = new WeakMap<Float32Array, Map<number, Float32Array>>();

/** A column of a row-major matrix, made once. */
export function columnOf(data: Float32Array, count: number, column: number): Float32Array {
  const known = columns.get(data) ?? new Map<number, Float32Array>();
  columns.set(data, known);
  const made = known.get(column) ?? Float32Array.from({ length: data.length / count }, (_, p) => data[p * count + column]!);
  known.set(column, made);
  return made;
}

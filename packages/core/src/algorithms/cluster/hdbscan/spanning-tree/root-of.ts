/** Root of a component in a union-find forest; shortens the path by halving (Tarjan and van Leeuwen 1984, doi:10.1145/62.2160). */
export function rootOf(parent: Int32Array, element: number): number {
  let current = element;
  while (parent[current] !== current) {
    parent[current] = parent[parent[current]!]!;
    current = parent[current]!;
  }
  return current;
}

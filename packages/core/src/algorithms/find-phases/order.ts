/** The value at a place of an order, without ordering the rest. */

/**
 * The value that would stand at `place` (0-based) if the first `length` of `values` were sorted; they are reordered in place. Hoare's selection with the median of three
 * (Hoare 1961, doi:10.1145/366622.366647).
 */
export function valueAt(values: Float32Array, place: number, length = values.length): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i] = values[j]!;
      values[j] = swapped;
      i++;
      j--;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

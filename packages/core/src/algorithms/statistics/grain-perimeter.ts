/**
 * Perimeters of all components, in the unit of `pixelSize`: the length of the line through the middles of the border pixels, each of which adds by the
 * kind of its neighbours on the border (Benkrid, Crookes and Benkrid 2000, Design and FPGA implementation of a perimeter estimator, Irish Machine
 * Vision and Image Processing Conference, 51-57), as scikit-image has it. Where pixels are not square, where scikit-image gives up, straight steps count
 * with the side they go along and diagonal ones with the diagonal. `ids` is int32 [planes x height x width], -1 for none.
 */
export function perimeters(
  ids: Int32Array,
  components: number,
  width: number,
  height: number,
  [dx, dy]: readonly [number, number],
): Float64Array {
  const border = borderOf(ids, width, height);
  const diagonal = Math.sqrt(dx * dx + dy * dy);
  const total = new Float64Array(components);
  const same = (id: number, p: number) => (border[p] === 1 && ids[p] === id ? 1 : 0);
  for (let p = 0; p < ids.length; p++) {
    if (border[p] === 0) continue;
    const id = ids[p]!;
    const [left, right] = [p % width > 0, p % width < width - 1];
    const row = Math.floor(p / width) % height;
    const [up, down] = [row > 0, row < height - 1];
    const across = (left ? same(id, p - 1) : 0) + (right ? same(id, p + 1) : 0);
    const along = (up ? same(id, p - width) : 0) + (down ? same(id, p + width) : 0);
    const corners =
      (left && up ? same(id, p - width - 1) : 0) +
      (right && up ? same(id, p - width + 1) : 0) +
      (left && down ? same(id, p + width - 1) : 0) +
      (right && down ? same(id, p + width + 1) : 0);
    const straight = across + along === 0 ? 0 : (across * dx + along * dy) / (across + along);
    total[id]! += stepLength(across + along, corners, straight, diagonal);
  }
  return total;
}

function stepLength(edges: number, corners: number, straight: number, diagonal: number): number {
  if ((edges === 2 || edges === 3) && corners <= 2) return straight;
  if ((edges === 0 && corners === 2) || (edges === 1 && corners === 3)) return diagonal;
  if (edges === 1 && (corners === 1 || corners === 2)) return (straight + diagonal) / 2;
  return 0;
}

/** Pixels of a component with another, or nothing, across one of their four edges. */
function borderOf(ids: Int32Array, width: number, height: number): Uint8Array {
  return Uint8Array.from(ids, (id, p) => {
    if (id < 0) return 0;
    const x = p % width;
    const y = Math.floor(p / width) % height;
    const inside =
      x > 0 &&
      x < width - 1 &&
      y > 0 &&
      y < height - 1 &&
      ids[p - 1] === id &&
      ids[p + 1] === id &&
      ids[p - width] === id &&
      ids[p + width] === id;
    return inside ? 0 : 1;
  });
}

/** Where elements stand in the periodic table: rows 1 to 7, lanthanides and actinides in rows 8 and 9. */

export interface TablePlace {
  readonly row: number;
  /** 1 to 18 */
  readonly column: number;
}

/** Atomic numbers at which periods start, and how many columns are empty after the second element (or first, for hydrogen). */
const periods = [
  { from: 1, gapAfter: 1, gap: 16 },
  { from: 3, gapAfter: 2, gap: 10 },
  { from: 11, gapAfter: 2, gap: 10 },
  { from: 19, gapAfter: 18, gap: 0 },
  { from: 37, gapAfter: 18, gap: 0 },
] as const;

/** Place of the element of an atomic number, 1 to 118. */
export function tablePlace(number: number): TablePlace {
  if (number >= 57 && number <= 71) return { row: 8, column: number - 57 + 3 };
  if (number >= 89 && number <= 103) return { row: 9, column: number - 89 + 3 };
  if (number >= 55 && number <= 86) return { row: 6, column: number <= 56 ? number - 54 : number - 68 };
  if (number >= 87) return { row: 7, column: number <= 88 ? number - 86 : number - 100 };
  const row = periods.findLastIndex(({ from }) => from <= number);
  const { from, gapAfter, gap } = periods[row]!;
  const position = number - from + 1;
  return { row: row + 1, column: position > gapAfter ? position + gap : position };
}

/** The number of the nearest element in a direction, or the same where there is none. */
export function neighbourInTable(number: number, direction: "left" | "right" | "up" | "down", last: number): number {
  const at = tablePlace(number);
  const distance = (other: TablePlace): number => {
    const [across, down] = [other.column - at.column, other.row - at.row];
    const along = { left: -across, right: across, up: -down, down }[direction];
    const beside = Math.abs(direction === "left" || direction === "right" ? down : across);
    return along <= 0 || beside > along * 2 + 1 ? Number.POSITIVE_INFINITY : along + 20 * beside;
  };
  let best = { number, distance: Number.POSITIVE_INFINITY };
  for (let other = 1; other <= last; other++) {
    const far = other === number ? Number.POSITIVE_INFINITY : distance(tablePlace(other));
    if (far < best.distance) best = { number: other, distance: far };
  }
  return best.number;
}

/** Rules of a gate: limits on counts or shares, all of which must hold. They are kept as a condition, which is what the recipe gets. */

export interface GateRule {
  /** `Fe_Ka`, `membership`, `entropy` */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** `Fe_Ka >= 12 and Fe_Ka <= 40 and S_Ka <= 3`; limits at the ends of the values are left out. Empty where no rule limits anything. */
export function expressionOf(
  rules: readonly GateRule[],
  extent: (name: string) => readonly [least: number, most: number],
): string {
  return rules
    .flatMap(({ name, from, to }) => {
      const [least, most] = extent(name);
      return [...(from > least ? [`${name} >= ${written(from)}`] : []), ...(to < most ? [`${name} <= ${written(to)}`] : [])];
    })
    .join(" and ");
}

/** Up to six digits, without an exponent that the language of conditions would not read. */
function written(value: number): string {
  return `${Number(value.toPrecision(6))}`;
}

/** Least and most of the finite values; 0 to 1 where there are none. */
export function extentOf(data: Float32Array): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of data) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}

/** Pixels by value, in equal steps from the least to the most. */
export function histogramOf(data: Float32Array, [least, most]: readonly [number, number], steps: number): Uint32Array {
  const histogram = new Uint32Array(steps);
  const width = most > least ? (most - least) / steps : 1;
  for (const value of data) {
    if (Number.isFinite(value)) histogram[Math.min(steps - 1, Math.floor((value - least) / width))]! += 1;
  }
  return histogram;
}

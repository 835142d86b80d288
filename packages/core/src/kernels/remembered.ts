/**
 * A pure function of one number that keeps what it gave: for functions that are asked the same again and again, as tables are at the channels of one energy axis. At `most`
 * values it forgets all and begins anew.
 */
export function remembered(compute: (x: number) => number, most = 16_384): (x: number) => number {
  const known = new Map<number, number>();
  return (x) => {
    const found = known.get(x);
    if (found !== undefined) return found;
    const value = compute(x);
    if (known.size >= most) known.clear();
    known.set(x, value);
    return value;
  };
}

/** Whether two lists hold the same values, one by one: what a drawing was made of has not changed. */
export function sameValues(now: readonly unknown[], before: readonly unknown[]): boolean {
  return now.length === before.length && now.every((value, i) => Object.is(value, before[i]));
}

/** Remembers the newest result of a function: it is asked anew only when one of `keys` is another. */
export function newestOf<Given extends readonly unknown[], Result>(
  make: (...given: Given) => Result,
): (keys: readonly unknown[], ...given: Given) => Result {
  let known: { readonly keys: readonly unknown[]; readonly result: Result } | undefined;
  return (keys, ...given) => {
    const before = known;
    if (before !== undefined && before.keys.length === keys.length && keys.every((key, i) => Object.is(key, before.keys[i]))) {
      return before.result;
    }
    known = { keys, result: make(...given) };
    return known.result;
  };
}

/** What the page is told while it waits for an answer, so that the answer does not overtake it. */

export interface Heard<T> {
  /** Tells it; gives what the listener gives. */
  readonly tell: (news: T) => unknown;
  /** Resolves when the listener is through with all it was told, also where it failed. */
  readonly all: () => Promise<void>;
}

/**
 * A listener that may live behind a port of its own, with its answers counted. News and the answer to a question go through different ports, and between
 * ports nothing holds the order: an answer that came first was completed from parts that had not arrived yet, and showed those of the run before.
 */
export function heardBy<T>(listen: (news: T) => unknown): Heard<T> {
  const open = new Set<Promise<unknown>>();
  return {
    tell(news) {
      const given = listen(news);
      const settled: Promise<unknown> = Promise.resolve(given).then(
        () => open.delete(settled),
        () => open.delete(settled),
      );
      open.add(settled);
      return given;
    },
    async all() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}

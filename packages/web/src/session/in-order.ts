/** Acts that take a while, one after the other in the order in which they were asked for. */

export interface InOrder {
  /** Begins the act at once when none is under way or waiting, else after them. */
  add(act: () => Promise<void>): Promise<void>;
  /** Resolves when none is under way or waiting any more, those included that are added meanwhile; undefined when that is so now. */
  readonly end: Promise<void> | undefined;
}

export function inOrder(): InOrder {
  let open = 0;
  let last = Promise.resolve();
  const untilNone = async (): Promise<void> => {
    while (open > 0) await last;
  };
  return {
    add(act) {
      open += 1;
      const begun = open === 1 ? act() : last.then(act);
      const ended = begun.finally(() => {
        open -= 1;
      });
      last = ended.catch(() => undefined);
      return ended;
    },
    get end() {
      return open === 0 ? undefined : untilNone();
    },
  };
}

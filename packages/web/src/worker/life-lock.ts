/**
 * How a page learns that a worker has ended, which no event tells where the browser took its memory away: the worker holds a lock of the browser (Web Locks) as long as it
 * lives, and the page waits for the same lock. Where there are no locks, in pages that are not secure, nobody waits.
 */

/** In the worker: takes the lock for good. Settles when it is held. */
export function holdLock(name: string): Promise<void> {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const forGood = (): Promise<never> => {
      resolve();
      return new Promise(() => {});
    };
    locks.request(name, forGood).catch(reject);
  });
}

/** In the page: settles when whoever holds the lock has ended. */
export async function whenReleased(name: string): Promise<void> {
  const { locks } = navigator;
  if (locks === undefined) return new Promise(() => {});
  return locks.request(name, () => {});
}

/** Patience is counted in ticks in which this thread could act: a computer that slept, or a loop that took long, is no reason to give up on another thread. */

const TICK_MS = 250;

/** Calls `act` once after about `ms`; the function that is returned prevents it. */
export function afterTicks(ms: number, act: () => void): () => void {
  let left = Math.ceil(ms / TICK_MS);
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    act();
  }, TICK_MS);
  return () => clearInterval(timer);
}

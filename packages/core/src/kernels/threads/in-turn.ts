/** Takes results in any order, and gives them away in the order of their blocks. A result that the next block writes over must be copied before. */
export function inTurn<Result>(take: (result: Result) => void): (result: Result, block: number) => void {
  const waiting = new Map<number, Result>();
  let next = 0;
  return (result, block) => {
    waiting.set(block, result);
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      waiting.delete(next);
      next += 1;
      take(ready);
    }
  };
}

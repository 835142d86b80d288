import { expect, test } from "vitest";
import { latestWins } from "./latest-wins.js";

test("of many questions the first and the last are asked, and the last answer is told", async () => {
  const asked: number[] = [];
  const told: number[] = [];
  const ask = latestWins(
    async (n: number) => {
      asked.push(n);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return n * 10;
    },
    (reply) => told.push(reply),
    (error) => expect.fail(String(error)),
  );
  for (const n of [1, 2, 3, 4]) ask(n);
  await expect.poll(() => told).toEqual([40]);
  expect(asked).toEqual([1, 4]);
});

test("a failure is told, and the next question is still asked", async () => {
  const failures: unknown[] = [];
  const told: number[] = [];
  const ask = latestWins(
    async (n: number) => (n < 0 ? Promise.reject(new RangeError("below 0")) : n),
    (reply) => told.push(reply),
    (error) => failures.push(error),
  );
  ask(-1);
  await expect.poll(() => failures.length).toBe(1);
  ask(2);
  await expect.poll(() => told).toEqual([2]);
});

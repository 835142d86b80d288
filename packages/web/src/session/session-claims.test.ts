import { expect, test } from "vitest";
import { sessionClaims } from "./session-claims.js";

type Request = LockManager["request"];

/** Locks of one browser, for several windows. */
function locksOfBrowser(): { request: Request } {
  const last = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  const request = async (name: string, { signal, ifAvailable }: LockOptions, act: (lock: unknown) => Promise<void>) => {
    if (ifAvailable === true) return act(held.has(name) ? null : {});
    const before = last.get(name) ?? Promise.resolve();
    const given = new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    await Promise.race([before, given]);
    const done = act({});
    last.set(name, done);
    held.add(name);
    await done;
    held.delete(name);
  };
  return { request: request as unknown as Request };
}

test("a session is of the window that had it first, until that one takes another", async () => {
  const locks = locksOfBrowser();
  const [one, other] = [sessionClaims(locks), sessionClaims(locks)];
  expect(await one.claim("a")).toBe(true);
  expect(await one.claim("a")).toBe(true);
  expect(await other.claim("a")).toBe(false);
  expect(await other.claim("b")).toBe(true);
  expect(await one.claim("c")).toBe(true);
  expect(await other.claim("a")).toBe(true);
  expect(await one.claim("b")).toBe(true);
});

test("a session is free where no window has it", async () => {
  const locks = locksOfBrowser();
  const [one, other] = [sessionClaims(locks), sessionClaims(locks)];
  await one.claim("a");
  expect([await one.isFree("a"), await other.isFree("a"), await other.isFree("b")]).toEqual([false, false, true]);
  await one.claim("b");
  expect(await other.isFree("a")).toBe(true);
  expect(await sessionClaims(undefined).isFree("a")).toBe(true);
});

test("a window that closes meanwhile lets go in time; without locks every session is free", async () => {
  const locks = locksOfBrowser();
  const [one, other] = [sessionClaims(locks), sessionClaims(locks)];
  await one.claim("a");
  const claimed = other.claim("a");
  await one.claim("b");
  expect(await claimed).toBe(true);
  expect(await sessionClaims(undefined).claim("a")).toBe(true);
});

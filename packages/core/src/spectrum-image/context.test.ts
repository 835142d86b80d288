import { describe, expect, it } from "vitest";
import { AbortedError } from "../errors.js";
import { breather, partOf, type SeededContext } from "./context.js";

describe("breather", () => {
  it("lets the host handle its events about every 50 ms, so that a stop arrives", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const breath = breather({ signal: stop.signal });
    const begin = performance.now();
    const work = async () => {
      for (;;) await breath();
    };
    await expect(work()).rejects.toThrow(AbortedError);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it("throws at once when the work was stopped before", async () => {
    await expect(breather({ signal: AbortSignal.abort() })()).rejects.toThrow(AbortedError);
    await breather({})();
  });
});

describe("part of a piece of work", () => {
  it("reports its progress as a share of the whole, and keeps the rest of the context", () => {
    const seen: [number, string | undefined][] = [];
    const whole = { seed: 7, onProgress: (fraction: number, message?: string) => void seen.push([fraction, message]) };
    const part = partOf(whole, 0.2, 0.6);
    part.onProgress?.(0, "begin");
    part.onProgress?.(0.5);
    partOf(part, 0.5, 1).onProgress?.(1);
    expect(seen).toEqual([
      [0.2, "begin"],
      [0.4, undefined],
      [0.6, undefined],
    ]);
    expect(part.seed).toBe(7);
    const silent: SeededContext = { seed: 1 };
    expect(partOf(silent, 0, 1)).toBe(silent);
  });
});

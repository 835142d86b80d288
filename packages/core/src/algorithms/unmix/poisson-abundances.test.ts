import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { log } from "../../kernels/math.js";
import golden from "./golden/unmix.json" with { type: "json" };
import { poissonSolver } from "./poisson-abundances.js";

function sparse(x: readonly number[]) {
  const channel = Uint16Array.from(x.keys()).filter((c) => x[c]! > 0);
  return { channel, count: Uint32Array.from(channel, (c) => x[c]!) };
}

const split = (flat: readonly number[], k: number) =>
  Array.from({ length: k }, (_, j) => Float64Array.from(flat.slice((j * flat.length) / k, ((j + 1) * flat.length) / k)));

function loss(a: Float64Array, endmembers: readonly Float64Array[], x: readonly number[]): number {
  return x.reduce((sum, count, c) => {
    const model = a.reduce((total, share, j) => total + share * endmembers[j]![c]!, 0);
    return sum + model - (count > 0 ? count * log(model) : 0);
  }, 0);
}

describe("Poisson abundances", () => {
  it.each(golden.poisson)("reach the optimum that a very long Richardson-Lucy run reaches: $k endmembers", (gold) => {
    const endmembers = split(gold.endmembers, gold.k);
    const { channel, count } = sparse(gold.x);
    const a = new Float64Array(gold.k);
    poissonSolver(endmembers).solve(channel, count, 0, channel.length, a);
    const found = loss(a, endmembers, gold.x);
    expect(found).toBeLessThan(gold.loss + 1e-8);
    expect(found).toBeGreaterThan(gold.loss - 1e-4);
    a.forEach((value, j) => {
      expect(value).toBeCloseTo(gold.a[j]!, 4);
    });
  });

  it("explain exactly the counts of reachable channels, and no other abundance nearby is more likely", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 8, maxLength: 8 }),
        (raw, x) => {
          const endmembers = raw.map((row, j) => Float64Array.from(row, (value, c) => value + (c === j ? 1 : 0)));
          const reachable = x.map((count, c) => (endmembers.some((spectrum) => spectrum[c]! > 0) ? count : 0));
          const { channel, count } = sparse(x);
          const a = new Float64Array(endmembers.length);
          poissonSolver(endmembers).solve(channel, count, 0, channel.length, a);
          const explained = endmembers.reduce((sum, spectrum, j) => sum + a[j]! * spectrum.reduce((s, v) => s + v, 0), 0);
          const counts = reachable.reduce((s, v) => s + v, 0);
          expect(Math.abs(explained - counts)).toBeLessThan(1e-4 * Math.max(1, counts));
          const best = loss(a, endmembers, reachable);
          for (let j = 0; j < a.length; j++) {
            for (const step of [1e-3, -1e-3]) {
              const other = Float64Array.from(a);
              other[j] = Math.max(0, other[j]! + step);
              const value = loss(other, endmembers, reachable);
              if (!Number.isNaN(value)) expect(value).toBeGreaterThan(best - 1e-7);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("give zeros to a pixel without counts that an endmember reaches, and equal shares when they must sum to one", () => {
    const solver = poissonSolver([Float64Array.of(1, 0, 0), Float64Array.of(1, 2, 0)]);
    const a = Float64Array.of(9, 9);
    solver.solve(Uint16Array.of(2), Uint8Array.of(5), 0, 1, a);
    expect([...a]).toEqual([0, 0]);
    solver.solve(Uint16Array.of(2), Uint8Array.of(5), 0, 1, a, 1);
    expect([...a]).toEqual([0.5, 0.5]);
  });

  it("held to a sum, stay on it and are the most likely there", () => {
    const endmembers = [Float64Array.of(10, 0, 2), Float64Array.of(0, 10, 2)];
    const a = new Float64Array(2);
    poissonSolver(endmembers).solve(Uint16Array.of(0, 1, 2), Uint8Array.of(6, 2, 9), 0, 3, a, 1);
    // With a1 + a2 = 1 only 6 ln a1 + 2 ln a2 is left: a1 = 6 / 8.
    expect(a[0]).toBeCloseTo(0.75, 6);
    expect(a[1]).toBeCloseTo(0.25, 6);
  });
});

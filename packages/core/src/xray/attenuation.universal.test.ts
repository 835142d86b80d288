import { describe, expect, test } from "vitest";
import { isSigmaError } from "../errors.js";
import { massAttenuation, massAttenuationOf } from "./attenuation.js";
import golden from "./golden/attenuation.json" with { type: "json" };

describe("mass attenuation", () => {
  test("agrees with xraydb within 0.1 % for every element", () => {
    const values = golden.values as [string, number, number][];
    expect(values.length).toBe(98 * 6);
    const far = values.filter(
      ([symbol, energyKev, expected]) => Math.abs(massAttenuation(symbol, energyKev) / expected - 1) > 1e-3,
    );
    expect(far).toEqual([]);
  });

  test("agrees with NIST XCOM at round energies within 3 %", () => {
    // Hubbell and Seltzer 1995, NISTIR 5632: total attenuation with coherent scattering, cm2/g.
    for (const [symbol, energyKev, expected] of [
      ["C", 10, 2.373],
      ["O", 3, 217.9],
      ["Al", 8, 50.33],
      ["Si", 5, 245.2],
      ["Fe", 10, 170.6],
      ["Pb", 20, 86.36],
    ] as const) {
      expect(Math.abs(massAttenuation(symbol, energyKev) / expected - 1), `${symbol} at ${energyKev}`).toBeLessThan(0.03);
    }
  });

  test("jumps at an edge, by its ratio", () => {
    const ratio = massAttenuation("Fe", 7.113) / massAttenuation("Fe", 7.111);
    expect(ratio).toBeGreaterThan(7);
    expect(ratio).toBeLessThan(9);
  });

  test("holds its value below the end of the tables", () => {
    expect(massAttenuation("C", 0.05)).toBe(massAttenuation("C", 0.1));
  });

  test("adds by mass fraction", () => {
    const water = massAttenuationOf({ H: 0.1119, O: 0.8881 }, 2);
    expect(water).toBeCloseTo(0.1119 * massAttenuation("H", 2) + 0.8881 * massAttenuation("O", 2), 10);
  });

  test.each([0, -1, Number.NaN, 121])("refuses the energy %d", (energyKev) => {
    expect(() => massAttenuation("Fe", energyKev)).toThrow("Found");
  });

  test("refuses an unknown element with a typed error", () => {
    try {
      massAttenuation("Xx", 1);
      expect.unreachable();
    } catch (error) {
      expect(isSigmaError(error, "parameter")).toBe(true);
    }
  });
});

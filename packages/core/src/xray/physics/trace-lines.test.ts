import { expect, test } from "vitest";
import { polymerWindowDetector } from "../detector.js";
import { countedLines, traceLines } from "./emission.js";

const conditions = { beamEnergyKev: 20, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };

test("a trace of an element gives the lines that the element gives in the whole sample, fluorescence included", () => {
  const host = { Fe: 0.7, Ni: 0.2, O: 0.1 };
  const of = traceLines(host, conditions);
  for (const element of ["Cr", "Mo", "Pb", "S"]) {
    const whole = countedLines({ ...host, [element]: 1e-7 }, conditions).filter(({ line }) => line.element === element);
    const trace = of(element);
    expect(trace.map(({ line }) => line.name)).toEqual(whole.map(({ line }) => line.name));
    trace.forEach(({ photons }, i) => {
      expect((photons * 1e-7) / whole[i]!.photons).toBeCloseTo(1, 5);
    });
  }
});

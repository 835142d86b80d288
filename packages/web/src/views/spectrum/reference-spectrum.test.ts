import { DataCheckError, writeMsa } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { referencePin } from "./reference-spectrum.js";

const axis = { size: 100, offset: 0, scale: 0.02, calibrated: true };

function file(values: number[], offsetKev: number, scaleKev: number): string {
  const bytes = writeMsa({ title: "r", values: Float64Array.from(values), energy: { offsetKev, scaleKev }, yUnits: "counts" });
  return new TextDecoder().decode(bytes);
}

test("counts keep their sum and their place on other channels", () => {
  const values = Array.from({ length: 100 }, (_, i) => (i === 50 ? 300 : 0));
  const pin = referencePin(file(values, 0, 0.01), "ref.msa", axis, 10);
  if (pin.kind !== "counts") throw new TypeError("not counts");
  expect(pin.spectrum.reduce((a, b) => a + b)).toBeCloseTo(300, 9);
  const mean = pin.spectrum.reduce((sum, value, c) => sum + value * c * axis.scale, 0) / 300;
  expect(mean).toBeCloseTo(0.5, 9);
  expect(pin.pixels).toBe(30);
});

test("what lies beside the axis is left out; nothing at all, and no energies, are refused", () => {
  const beyond = file([7, 7], 5, 0.02);
  expect(() => referencePin(beyond, "ref.msa", axis, 10)).toThrow(DataCheckError);
  const text = file([1, 2], 0.5, 0.02);
  expect(() => referencePin(text, "ref.msa", { ...axis, calibrated: false }, 10)).toThrow(/not known/);
});

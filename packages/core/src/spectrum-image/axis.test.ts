import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Axis,
  binnedAxis,
  channelOfEnergy,
  croppedAxis,
  energyOfChannel,
  isEnergyCalibrated,
  pixelAreaUm2,
} from "./axis.js";

const energy = { name: "energy", size: 2048, offset: -0.2, scale: 0.01, units: "keV" } as const;
const value = (axis: Axis, index: number) => axis.offset! + index * axis.scale!;

describe("axes", () => {
  it("channel and energy turn each other round", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2047, noNaN: true }), (channel) => {
        expect(channelOfEnergy(energy, energyOfChannel(energy, channel))).toBeCloseTo(channel, 9);
      }),
    );
  });

  it("a binned pixel lies at the middle of those it joins; a cropped one where it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(99), fc.nat(99), (factor, start, index) => {
        const binned = binnedAxis(energy, factor);
        const members = Array.from({ length: factor }, (_, i) => value(energy, index * factor + i));
        expect(value(binned, index)).toBeCloseTo(members.reduce((sum, v) => sum + v, 0) / factor, 9);
        expect(binned.size).toBe(Math.floor(2048 / factor));
        expect(value(croppedAxis(energy, start, 2000), index)).toBeCloseTo(value(energy, start + index), 9);
      }),
    );
  });

  it("what is not known stays unknown", () => {
    const unknown: Axis = { name: "x", size: 10, offset: undefined, scale: undefined, units: undefined };
    expect(binnedAxis(unknown, 2)).toEqual({ ...unknown, size: 5 });
    expect(croppedAxis(unknown, 2, 5)).toEqual({ ...unknown, size: 3 });
    expect(isEnergyCalibrated(unknown)).toBe(false);
    expect(isEnergyCalibrated({ ...energy, units: "eV" })).toBe(false);
    expect(isEnergyCalibrated({ ...energy, scale: -0.01 })).toBe(false);
    expect(isEnergyCalibrated(energy)).toBe(true);
  });

  it("the area of a pixel needs both axes in micrometres", () => {
    const x: Axis = { name: "x", size: 3, offset: 0, scale: 0.5, units: "um" };
    expect(pixelAreaUm2([{ ...x, name: "y", scale: -2 }, x])).toBe(1);
    expect(pixelAreaUm2([x])).toBeUndefined();
    expect(pixelAreaUm2([{ ...x, units: "px" }, x])).toBeUndefined();
  });
});

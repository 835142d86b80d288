import { describe, expect, test } from "vitest";
import { exampleAnalysis } from "./example-analysis.test-support.js";
import { joinedChannels, lineOfBin, logFloor, markedLines, spectrumView } from "./spectrum-view.js";

const analysis = exampleAnalysis({ width: 24, height: 20 });

describe("which part of a spectrum is drawn", () => {
  test("reaches beyond the highest marked line, not beyond the beam, and leaves the zero peak out", () => {
    const view = spectrumView(analysis);
    expect(view.to).toBeGreaterThan(7.06 + 0.5);
    expect(view.to).toBeLessThanOrEqual(15);
    expect(view.drawFrom).toBe(0.1);
  });

  test("is all channels without calibration", () => {
    const image = { ...analysis.image, energyAxis: { ...analysis.image.energyAxis, units: undefined } };
    expect(spectrumView({ ...analysis, image })).toEqual({ energy: undefined, from: 0, to: 1024 });
  });

  test("a logarithmic axis starts below the bulk and never below half a count", () => {
    const spectrum = Float64Array.from({ length: 1024 }, (_, c) => (c === 100 ? 10 : 0.1));
    expect(logFloor(spectrum, spectrumView(analysis), 1000)).toBeCloseTo(0.06, 12);
    expect(logFloor(spectrum, spectrumView(analysis), 4)).toBe(0.125);
  });
});

describe("channels are joined", () => {
  const spectrum = Float64Array.from({ length: 1024 }, (_, c) => c % 4);
  const view = { ...spectrumView(analysis), energy: { offsetKev: 0, scaleKev: 0.01 }, from: 0, to: 10 };

  test("only where counts are few, by as little as helps, and keep their sum", () => {
    expect(joinedChannels(spectrum, 4000, view)).toEqual({ factor: 1, joined: spectrum });
    expect(joinedChannels(spectrum, 3999, view).factor).toBe(2);
    expect(joinedChannels(spectrum, 1999, view).factor).toBe(4);
    const { joined } = joinedChannels(spectrum, 100, view);
    expect([...joined.subarray(0, 5)]).toEqual([1.5, 1.5, 1.5, 1.5, 1.5]);
    expect(joined.reduce((sum, value) => sum + value, 0)).toBe(spectrum.reduce((sum, value) => sum + value, 0));
  });

  test("never wider than a peak can bear", () => {
    expect(joinedChannels(spectrum, 100, { ...view, energy: { offsetKev: 0, scaleKev: 0.02 } }).factor).toBe(2);
  });
});

describe("which lines are named", () => {
  const names = markedLines(analysis).map(({ name }) => name);

  test("Kβ only where it stands apart: that of Fe, not that of Mn, which lies on Fe Kα, nor that of Si", () => {
    expect(names).toContain("Fe_Kb");
    expect(names).not.toContain("Mn_Kb");
    expect(names).not.toContain("Si_Kb");
  });

  test("none that the beam cannot excite", () => {
    const image = { ...analysis.image, metadata: { ...analysis.image.metadata, beamEnergyKev: 5 } };
    expect(markedLines({ ...analysis, image }).map(({ name }) => name)).not.toContain("Fe_Ka");
  });

  test("a bin is named after a marked line, never after a rare element that has a line there", () => {
    expect(lineOfBin(analysis, 1.77, "W_Ma")).toBe("Si_Ka");
    expect(lineOfBin(analysis, 9.2, "Zn_Ka")).toBeUndefined();
    expect(lineOfBin({ ...analysis, lines: [] }, 9.2, "Zn_Ka")).toBe("Zn_Ka");
  });
});

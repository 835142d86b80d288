import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlotColours } from "../../ui/canvas-layer.js";
import { compareTraces } from "./compare-traces.js";
import { differenceTicks, ratioTicks } from "./draw-comparison.js";
import { drawOverlay } from "./draw-overlay.js";
import { bandAt, draggedBand, draggedWindow, gripAt, namedWindow, windowText } from "./energy-window-drag.js";
import { lineAt, lineLabels } from "./line-labels.js";
import { energyTicks, movedInto, plotGeometry, popoverPlace, zoomedRange } from "./plot-geometry.js";
import { type SpectrumPicture, whySum } from "./spectrum-picture.js";
import { defaultSpectrumSpec, parseSpectrumSpec } from "./spectrum-spec.js";
import { hoveredTrace, type Trace, tracesOf, unitFactor } from "./traces.js";

const request = { width: 900, height: 240, range: [0, 10], scale: "log", floor: 0.001, most: 5, strip: 0 } as const;
const trace = (spectrum: number[], pixels = 1): Trace => ({
  id: "one",
  name: "One",
  look: "line",
  colour: undefined,
  spectrum: Float64Array.from(spectrum),
  pixels,
});

describe("geometry", () => {
  const plot = plotGeometry(request);

  test("zero counts sit on the floor of every axis", () => {
    for (const scale of ["linear", "sqrt", "log"] as const) {
      const { y, bottom } = plotGeometry({ ...request, scale });
      expect(y(0)).toBe(bottom);
    }
    expect(plot.y(0.0001)).toBe(plot.bottom);
    expect(plot.y(5)).toBeGreaterThan(plot.top);
  });

  test("energies go to x and back", () => {
    expect(plot.kevAt(plot.x(6.4))).toBeCloseTo(6.4, 9);
    expect(plot.x(0)).toBe(plot.left);
    expect(plot.x(10)).toBe(plot.right);
  });

  test("ticks are round and clear of the unit", () => {
    const ticks = energyTicks(plot);
    expect(ticks.map(({ kev }) => kev)).toContain(6);
    for (const { label, x } of ticks) if (x > plot.right - 36) expect(label).toBe("");
  });

  test("zoom keeps the energy under the pointer where it is and stays inside the axis", () => {
    const [from, to] = zoomedRange([0, 10], 4, 0.5, [0, 20]);
    expect([from, to]).toEqual([2, 7]);
    expect(zoomedRange([0, 10], 1, 100, [0, 20])).toEqual([0, 20]);
    const [closeFrom, closeTo] = zoomedRange([5, 5.1], 5.05, 0.01, [0, 20]);
    expect(closeTo - closeFrom).toBeCloseTo(0.1, 9);
    expect(movedInto([-3, 2], [0, 20])).toEqual([0, 5]);
  });

  test("the popover stands beside its peak, never over it, inside the view", () => {
    const size = { width: 260, height: 140 };
    for (const x of [60, 300, 600, 890]) {
      const { left } = popoverPlace(x, plot, size, 900);
      expect(left).toBeGreaterThanOrEqual(4);
      expect(left + size.width).toBeLessThanOrEqual(900);
      expect(x < left || x > left + size.width).toBe(true);
    }
  });
});

describe("labels", () => {
  const widthOf = (text: string): number => 6.5 * text.length;
  const plot = plotGeometry(request);

  test("never overlap, stay in order, and none is lost without a tick", () => {
    const line = fc.record({
      name: fc.constantFrom("C_Ka", "O_Ka", "Fe_La", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "Ca_Kb", "Fe_Ka"),
      energyKev: fc.double({ min: 0.01, max: 9.99, noNaN: true }),
      priority: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const { labels, unnamed } = lineLabels(lines, plot, widthOf);
        labels.slice(1).forEach((label, i) => {
          const before = labels[i]!;
          expect(label.centre - label.width / 2).toBeGreaterThanOrEqual(before.centre + before.width / 2 + 7.99);
          expect(label.target).toBeGreaterThanOrEqual(before.target);
        });
        expect(labels.length + unnamed.length).toBe(lines.length);
      }),
      { numRuns: 60 },
    );
  });

  test("a full row shortens first and then drops the weakest", () => {
    const narrow = plotGeometry({ ...request, width: 160 });
    const lines = ["O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka"].map((name, i) => ({
      name,
      energyKev: 1 + i,
      priority: 2,
    }));
    const { labels } = lineLabels(lines, narrow, widthOf);
    expect(labels.map(({ text }) => text)).toContain("O");
    const { labels: wide } = lineLabels(lines, plot, widthOf);
    expect(wide.map(({ text }) => text)).toContain("Na Kα");
    expect(lineAt({ labels: wide, unnamed: [] }, wide[2]!.centre, plot)?.name).toBe("Mg_Ka");
  });
});

test("shares are compared in their own standard errors", () => {
  const compared = compareTraces(trace([100, 900]), trace([200, 800], 7), 1);
  // (0.1 - 0.2) / sqrt(100 / 1000² + 200 / 1000²)
  expect(compared.sigma[0]).toBeCloseTo(-0.1 / Math.sqrt(0.0003), 9);
  expect(compared.ratio[0]).toBeCloseTo(0.5, 12);
  expect(compareTraces(trace([5, 0, 9]), trace([9, 0, 2]), 1).ratio[2]).toBeNaN();
  expect([...compareTraces(trace([1, 2, 3, 4, 5]), trace([1, 2, 3, 4, 5]), 2).start]).toEqual([0, 2]);
});

test("an energy window is gripped at its ends, moved as a whole and named after its line", () => {
  const window = namedWindow(6.3, 6.5, ["Fe"]);
  expect(window.name).toBe("Fe_Ka");
  expect(windowText(window)).toBe("Fe Kα, 6.30 to 6.50 keV");
  const xOf = (kev: number): number => kev * 100;
  expect(gripAt(window, 631, xOf)).toBe("from");
  expect(gripAt(window, 648, xOf)).toBe("to");
  expect(gripAt(window, 640, xOf)).toBe("whole");
  expect(gripAt(window, 700, xOf)).toBeUndefined();
  const turned = draggedWindow(window, "from", 0.4, []);
  expect([turned.fromKev, turned.toKev]).toEqual([6.5, 6.7]);
  expect(turned.name).toBeUndefined();
});

test("background windows have grips of their own and go with the window", () => {
  const window = {
    fromKev: 6,
    toKev: 6.4,
    name: "Fe_Ka",
    background: [
      [5, 5.2],
      [7, 7.2],
    ] as const,
  };
  const xOf = (kev: number): number => kev * 100;
  expect(bandAt(window, 501, xOf)).toEqual({ grip: "from", background: 0 });
  expect(bandAt(window, 710, xOf)).toEqual({ grip: "whole", background: 1 });
  expect(bandAt(window, 620, xOf)).toEqual({ grip: "whole", background: undefined });
  const wider = draggedBand(window, { grip: "to", background: 1 }, 0.3, []);
  expect(wider.background?.[1]?.[1]).toBeCloseTo(7.5, 9);
  expect([wider.fromKev, wider.name]).toEqual([6, "Fe_Ka"]);
  const moved = draggedBand(window, { grip: "whole", background: undefined }, 1, []);
  expect([moved.fromKev, moved.background?.[0]?.[0]]).toEqual([7, 6]);
  expect(windowText(window)).toBe("Fe Kα, 6.00 to 6.40 keV, net");
});

test("units: per pixel, all counts, per cent of them", () => {
  const counted = trace([10, 30], 4);
  expect(unitFactor(counted, "per-pixel")).toBe(0.25);
  expect(unitFactor(counted, "total")).toBe(1);
  expect(unitFactor(counted, "normalised")).toBe(2.5);
});

test("nothing to draw gives no traces", () => {
  const nothing = { image: undefined, analysis: undefined, active: 1, selected: undefined, hovered: undefined };
  expect(tracesOf(nothing, { ...defaultSpectrumSpec, maximum: true, pins: [{ kind: "class", id: 3 }] })).toEqual([]);
});

test("saved settings come back; damaged ones become the default", () => {
  const spec = { ...defaultSpectrumSpec, scale: "sqrt", range: [1, 2], pins: [{ kind: "class", id: 2 }], against: 4 } as const;
  expect(parseSpectrumSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  expect(parseSpectrumSpec({ scale: "cubic", pins: [{ kind: "class", id: -1 }], range: [3, 1], against: "moon" })).toEqual(
    defaultSpectrumSpec,
  );
  expect(parseSpectrumSpec("nonsense")).toEqual(defaultSpectrumSpec);
});

test("where the sum is compared with in place of what was asked for, it is said why", () => {
  const [selection, active] = [{ name: "Selection" }, { name: "Glass" }];
  expect(whySum("sum", selection, undefined)).toBeUndefined();
  expect(whySum(undefined, selection, undefined)).toBe("no class is active");
  expect(whySum(3, selection, active)).toBe("it is all of Glass");
  expect(whySum(3, active, active)).toBe("nothing differs from itself");
});

describe("numbers beside the strip that compares", () => {
  const strip = (height: number, most: number) =>
    differenceTicks(most, (value) => height / 2 - (Math.sign(value) * Math.sqrt(Math.abs(value) / most) * height) / 2);
  const labels = (height: number, most: number) => strip(height, most).map(({ label }) => label);

  test("are zero, three standard errors and a round number beyond, where there is room", () => {
    expect(labels(100, 44)).toEqual(["0", "+20", "−20", "+3", "−3"]);
    expect(labels(50, 44)).toEqual(["0", "+20", "−20", "", ""]);
    expect(labels(12, 44)).toEqual(["0", "", "", "", ""]);
    expect(labels(100, 260)).toEqual(["0", "+200", "−200", "", "", "+100", "−100"]);
  });

  test("ratios are marked by round numbers on both sides of 1, as many as have room", () => {
    const ratios = (height: number, most: number) =>
      ratioTicks(most, (value) => height / 2 - (Math.log(value) / Math.log(most)) * (height / 2)).map(({ label }) => label);
    expect(ratios(60, 11)).toEqual(["1", "10", "0.1", "3", "0.3"]);
    expect(ratios(60, 110)).toEqual(["1", "10", "0.1", "100", "0.01"]);
    expect(ratios(60, 2.2)).toEqual(["1", "2", "0.5", "0.7"]);
    expect(ratios(20, 2.2)).toEqual(["1"]);
  });

  test("the lines of three standard errors are there with and without their numbers", () => {
    for (const height of [200, 70, 20]) {
      const thresholds = strip(height, 400).filter(({ look }) => look === "threshold");
      expect(thresholds.map(({ value }) => value)).toEqual([3, -3]);
    }
  });
});

describe("the hovered pixel", () => {
  const hovered = hoveredTrace({ pixels: 1, spectrum: new Float64Array(20).fill(1) }, 2 * 12 + 1, {
    width: 4,
    height: 3,
  });

  test("is named by its column and row in its plane", () => {
    expect(hovered.name).toBe("Pixel 1, 0");
    expect(hoveredTrace(hovered, 7, { width: 4, height: 3 }).name).toBe("Pixel 3, 1");
  });

  test("has its entry in the plot, at the right end, beside a sample of its line", () => {
    const written: [string, number, number][] = [];
    const context = new Proxy(
      {
        measureText: (text: string) => ({ width: 6 * text.length }),
        fillText: (...at: [string, number, number]) => written.push(at),
      },
      { get: (own, key) => Reflect.get(own, key) ?? (() => undefined), set: () => true },
    ) as unknown as CanvasRenderingContext2D;
    const plot = plotGeometry(request);
    const picture = { plot, traces: [], unit: "total", axis: { offset: 0, scale: 0.5, size: 20 } } as unknown as SpectrumPicture;
    const nothing = { window: undefined, cursorKev: undefined, line: undefined, peakKev: undefined, zoom: undefined };
    drawOverlay(context, picture, { ...nothing, hovered }, {} as PlotColours);
    expect(written).toEqual([["Pixel 1, 0", plot.right - 8, plot.top + 10]]);
  });
});

import { expect, test } from "vitest";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import { spectraFigure, spectrumFigures } from "./spectrum-figures.js";

const channels = 400;
const energy = { offsetKev: 0, scaleKev: 0.01 };
const view = { energy, from: 0, to: 4, lines: [] };
/** One count in every third channel of 20 pixels. */
const sparse = Float64Array.from({ length: channels }, (_, c) => (c % 3 === 0 ? 1 / 20 : 0));
const even = new Float64Array(channels).fill(0.1);
const counted = { counts: 134, one: 1 / 20 };

/** Where the axis of energy lies in a figure of one column. */
const BOTTOM = 202;

/** Heights of the points of a trace, CSS pixels from the top. */
function heights(svg: string): number[] {
  const [, d] = /<path d="M([^"]*)" fill="none" stroke-width="1.2"/.exec(svg)!;
  return d!.split("L").map((pair) => Number(pair.split(" ")[1]));
}

test("a spectrum alone is a black line, not a fill", () => {
  const svg = spectraFigure("sum", { ...view, title: "all", traces: [{ name: "All", values: even, style: "area" }] }).draw(317);
  expect(svg).toMatch(/stroke-width="1.2"[^>]*stroke="#17181a"/);
  expect(svg).not.toContain("f-area");
});

test("few counts are joined on a logarithmic axis, and key and caption say so", () => {
  const traces = [{ name: "Fe", values: sparse, style: "line", counted } as const];
  const figure = spectraFigure("fe", { ...view, title: "Fe", traces });
  expect(figure.subject).toBe("Spectrum of Fe (channels of Fe joined by 4)");
  const svg = figure.draw(317);
  expect(svg).toContain("Fe, channels joined by 4");
  expect(Math.max(...heights(svg))).toBeLessThan(BOTTOM);
});

test("on a linear axis, and with many counts, every channel is as it is", () => {
  const traces = [{ name: "Fe", values: sparse, style: "line", counted } as const];
  expect(spectraFigure("fe", { ...view, title: "Fe", traces, scale: "linear" }).subject).toBe("Spectrum of Fe");
  const many = [{ ...traces[0]!, counted: { counts: 1e6, one: 1e-6 } }];
  expect(spectraFigure("fe", { ...view, title: "Fe", traces: many }).subject).toBe("Spectrum of Fe");
});

test("a class stands over all pixels, joined by its counts", () => {
  const axis = { name: "Energy", size: channels, offset: 0, scale: 0.01, units: "keV" };
  const image = { metadata: {}, sumSpectrum: even } as unknown as LoadedImage;
  const phase = { id: 2, name: "Fe", colour: "#0e8fae", counts: 134, pixels: 20, dominantLines: [] };
  const analysis = { classes: [phase], classSpectra: [sparse], sumSpectrum: even, lines: [], energyAxis: axis, countMap: [1] };
  const [sum, own] = spectrumFigures(image, analysis as unknown as AnalysisSnapshot);
  expect(sum!.draw(317)).toMatch(/stroke-width="1.2"[^>]*stroke="#17181a"/);
  expect(own!.subject).toContain("joined by 4");
  expect(own!.draw(317)).toContain("f-area");
});

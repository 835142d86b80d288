import { beforeAll, describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import type { Analysis } from "../../pipeline/analysis.js";
import { parseRecipe } from "../../pipeline/recipe.js";
import { runRecipe } from "../../pipeline/run-recipe.js";
import { barHistogramFigure } from "../figures/bar-histogram.js";
import { ternaryFigure } from "../figures/ternary-plot.js";
import { renderReport } from "../report.js";
import { phasesCsv } from "../tables.js";
import { textWidth } from "../text-width.js";

const recipe = parseRecipe({
  schemaVersion: 1,
  steps: [
    { step: "elements", lines: ["Si_Ka", "Ca_Ka", "Fe_Ka"] },
    { step: "maps" },
    { step: "features" },
    { step: "cluster", method: "gaussian-mixture", on: "features", nComponents: 2, nInit: 2 },
    { step: "spectra" },
    { step: "statistics" },
    { step: "quantify", method: "cliff-lorimer" },
  ],
});
const ground = spectrumOf({ Si: 200, Ca: 100 }, 60);
const iron = spectrumOf({ Fe: 250, Si: 30 }, 60);
/** Two squares of 4 x 4 pixels of iron in a ground. */
const inSquare = (x: number, y: number) => y >= 3 && y < 7 && ((x >= 2 && x < 6) || (x >= 10 && x < 14));
let analysis: Analysis;
let report: string;

beforeAll(async () => {
  const image = noisyImage(18, 12, (x, y) => (inSquare(x, y) ? iron : ground), { beamEnergyKev: 200, instrument: "TEM" });
  analysis = (await runRecipe(image, recipe)).analysis;
  report = renderReport(analysis, { inputName: "x", inputSha256: "", recipe, recipeSha256: "", programVersion: "0" });
});

const sectionOf = (id: string) => new RegExp(`<section id="${id}".*?</section>`, "s").exec(report)?.[0] ?? "";
const rowOf = (section: string, name: string) =>
  new RegExp(`<tr>(?:(?!</tr>).)*<th[^>]*>${name}</th>(.*?)</tr>`, "s")
    .exec(section)?.[1]
    ?.replace(/<[^>]*>/g, " ")
    .trim()
    .split(/\s{2,}/) ?? [];

describe("the report of measured classes", () => {
  it("has grains with their number, proportion and diameter", () => {
    const section = sectionOf("statistics");
    const name = analysis.classes.find(({ pixels }) => pixels < 60)!.name;
    // Two squares of 16 pixels of 1 µm: 32 of 216 pixels, diameter 2 sqrt(16 / pi) = 4.51 µm.
    expect(rowOf(section, name).slice(0, 4)).toEqual([expect.stringMatching(/^14\.8/), "2", "4.51", "4.51"]);
    expect(section).toContain("Number of grains by equivalent diameter");
    expect(section).toContain("Counts of Si Kα, Ca Kα and Fe Kα");
  });

  it("has compositions with errors, a dash below the detection limit, and maps", () => {
    const section = sectionOf("composition");
    const name = analysis.classes.find(({ pixels }) => pixels < 60)!.name;
    const [si, ca, fe] = rowOf(section, name);
    expect(ca).toBe("–");
    expect(`${si} ${fe}`).toMatch(/^\d+(\.\d)?\u202f±\u202f\d.* \d\d(\.\d)?\u202f±\u202f\d/);
    expect(section).toContain("Atomic fraction of Fe at every pixel");
  });

  it("has the composition among the columns of phases.csv, and only where it is known", () => {
    const [head, first] = phasesCsv(analysis)
      .split("\r\n")
      .map((line) => line.split(","));
    const at = head!.indexOf("Si_atomic_fraction");
    expect(head!.slice(at, at + 5)).toEqual([
      "Si_atomic_fraction",
      "Si_atomic_fraction_error",
      "Si_mass_fraction",
      "Si_mass_fraction_error",
      "Ca_atomic_fraction",
    ]);
    const atoms = ["Si", "Ca", "Fe"].map((symbol) => Number(first![head!.indexOf(`${symbol}_atomic_fraction`)]));
    expect(atoms.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(phasesCsv({ classes: analysis.classes })).not.toContain("fraction_error");
  });
});

interface Written {
  /** Middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function nameIn(svg: string, name: string): Written {
  const [, x, y] = new RegExp(`<text x="([\\d.]+)" y="([\\d.]+)"[^>]*text-anchor="middle"[^>]*>${name}<`).exec(svg)!;
  return { x: Number(x), y: Number(y), width: textWidth(name, 11) };
}

describe("figures of measurements", () => {
  it("put the corners of a ternary diagram where they belong, and names apart", () => {
    const one = (name: string, mean: [number, number, number]) => ({ name, colour: "#112233", mean, pixels: [] });
    const svg = ternaryFigure({
      corners: ["A", "B", "C"],
      classes: [one("left", [1, 0, 0]), one("top", [0, 0, 1]), one("again", [0, 0, 1])],
      size: 400,
      description: "d",
    });
    const discs = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(discs[0]![0]).toBeCloseTo(34, 6);
    expect(discs[1]![0]).toBeCloseTo(200, 6);
    expect(discs[1]![1]).toBeLessThan(discs[0]![1]!);
    const [top, again] = ["top", "again"].map((name) => nameIn(svg, name)) as [Written, Written];
    expect(Math.abs(top.y - again.y) >= 13 || Math.abs(top.x - again.x) >= (top.width + again.width) / 2).toBe(true);
    const quarters = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>25.%</g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(quarters).toHaveLength(3);
    // Of A on the left edge near C, of B on the base near A, of C on the right edge near B.
    const [ofA, ofB, ofC] = quarters as [number[], number[], number[]];
    expect(ofA[1]!).toBeLessThan(ofC[1]!);
    expect(ofC[1]!).toBeLessThan(ofB[1]!);
    expect(ofB[0]!).toBeLessThan(200);
    expect(ofC[0]!).toBeGreaterThan(300);
  });

  it("keep names of classes off the numbers at the right edge", () => {
    const svg = ternaryFigure({
      corners: ["A", "B", "C"],
      classes: [{ name: "Apatite", colour: "#112233", mean: [0.05, 0.47, 0.48], pixels: [] }],
      size: 400,
      description: "d",
    });
    const name = nameIn(svg, "Apatite");
    const numbers = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>50.%</g)].map(([, x, y]) => [Number(x), Number(y)]);
    const [x, y] = numbers.reduce((one, other) => (one[0]! > other[0]! ? one : other));
    expect(name.x + name.width / 2 <= x! || Math.abs(name.y - y!) >= 12).toBe(true);
  });

  it("show the spread of a class as an ellipse in sides of the triangle", () => {
    const ellipse = { x: 0.5, y: 0.25, deviations: [0.1, 0.02] as const, angle: Math.PI / 6 };
    const svg = ternaryFigure({
      corners: ["A", "B", "C"],
      classes: [{ name: "spread", colour: "#355cc1", mean: [1, 1, 1], pixels: [], ellipse }],
      density: "data:image/png;base64,AA==",
      size: 468,
      description: "d",
    });
    expect(svg).toContain('<ellipse cx="234" cy="');
    expect(svg).toMatch(/rx="40" ry="8" transform="rotate\(-30 234 /);
    expect(svg).toMatch(/<image href="data:image\/png;base64,AA==" x="34" [^>]*width="400"/);
  });

  describe("histograms", () => {
    const plot = { title: "t", xName: "x", yName: "grains", colour: "#112233", width: 300, height: 150, description: "d" };
    const barsOf = (svg: string) =>
      [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/g)].map((match) =>
        match.slice(1).map(Number),
      );

    it("draw a bar for each bin that holds something", () => {
      const bars = barsOf(barHistogramFigure({ ...plot, edges: [1, 2, 4, 8], counts: [3, 0, 6] }));
      expect(bars).toHaveLength(2);
      expect(bars[1]![2]! / bars[0]![2]!).toBeCloseTo(2, 6);
      expect(bars[1]![1]! / bars[0]![1]!).toBeGreaterThan(4);
      const rooted = barsOf(barHistogramFigure({ ...plot, edges: [1, 2, 4, 8], counts: [1, 0, 4], heights: "sqrt" }));
      expect(rooted[1]![2]! / rooted[0]![2]!).toBeCloseTo(2, 6);
    });

    it("draw bins of equal width in the logarithm equally wide on a logarithmic axis, with powers of ten below", () => {
      const svg = barHistogramFigure({ ...plot, edges: [1, 10, 100, 1000, 10_000], counts: [3, 1, 6, 2], scale: "log" });
      const widths = barsOf(svg).map(([, width]) => width!);
      expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(0.2);
      for (const tick of [">1<", ">10<", ">100<", ">1,000<", ">10,000<"]) expect(svg).toContain(tick);
    });

    it("say what is counted, with numbers beside the bars", () => {
      const svg = barHistogramFigure({ ...plot, edges: [0, 1, 2], counts: [3, 4500], heights: "sqrt" });
      expect(svg).toContain(">grains, square-root axis<");
      expect(svg).toContain(">2,000<");
    });
  });
});

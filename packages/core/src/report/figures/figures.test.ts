import fc from "fast-check";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { classColour } from "../../pipeline/colours/palette.js";
import { textWidth } from "../text-width.js";
import { classPicture } from "./class-raster.js";
import { fixedRange, percentileRange } from "./contrast.js";
import { curveFigure } from "./curve-plot.js";
import { latentAxisName, latentFigure } from "./latent-plot.js";
import { mapBox } from "./map-frame.js";
import { mixMapFigure } from "./mix-map.js";
import { phaseMapFigure } from "./phase-map.js";
import { reduced, resampled } from "./resample.js";
import { scalarMapFigure } from "./scalar-map.js";
import { spectrumFigure } from "./spectrum-plot.js";

function pictureIn(svg: string, nth = 0): ReturnType<typeof decode> {
  const uris = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)];
  return decode(Buffer.from(uris[nth]![1]!, "base64"));
}

function colourAt(picture: ReturnType<typeof decode>, pixel: number): number[] {
  return picture.palette === undefined
    ? [...picture.data.subarray(picture.channels * pixel, picture.channels * pixel + 3)]
    : [...picture.palette[picture.data[pixel]!]!];
}

const geometry = { width: 4, height: 2, pixelSizeUm: [0.5, 0.5] as const };

describe("more classes than colours", () => {
  const count = 27;
  // Class k has k + 1 pixels: 0, 1 and 2 are the smallest.
  const labels = Int32Array.from(Array.from({ length: count }, (_, id) => Array<number>(id + 1).fill(id)).flat());
  const classes = Array.from({ length: count }, (_, id) => ({
    ...{ id, name: `Class ${id}`, colour: classColour(id), areaFraction: (id + 1) / labels.length },
  }));
  const map = { width: labels.length, height: 1, pixelSizeUm: undefined };

  test("the smallest are one on maps: grey, and the last of the legend with their area together", () => {
    for (const legend of ["right", "below"] as const) {
      const svg = phaseMapFigure({ id: "m", geometry: map, labels, classes, legend, description: "d" });
      const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word!.replaceAll("\u202f", " "));
      const at = words.indexOf("3 others");
      expect(words[at + 1]).toBe("1.6 %");
      expect(words.slice(at + 2).join()).not.toContain("Class");
      expect(words).not.toContain("Class 2");
      expect(words).toContain("Class 3");
      const height = Number(/height="([\d.]+)"/.exec(svg)![1]);
      for (const [, y] of svg.matchAll(/<text [^>]*\by="([\d.]+)"/g)) expect(Number(y)).toBeLessThanOrEqual(height);
      expect(colourAt(pictureIn(svg), 0)).toEqual([0xb6, 0xb9, 0xbc]);
      expect(colourAt(pictureIn(svg), 5)).toEqual([0xb6, 0xb9, 0xbc]);
      expect(colourAt(pictureIn(svg), 6)).toEqual(
        [0, 1, 2].map((k) => Number.parseInt(classColour(3).slice(1 + 2 * k, 3 + 2 * k), 16)),
      );
    }
  });

  test("those that a caller names are the others", () => {
    const svg = phaseMapFigure({ id: "m", geometry: map, labels, classes, others: new Set([26]), description: "d" });
    expect(svg).toContain(">1 other<");
    expect(svg).toContain(">Class 2<");
  });

  test("the smallest have no name in the latent space", () => {
    const data = Float32Array.from(Array.from(labels, (_, p) => [p, p % 7]).flat());
    const svg = latentFigure({ data, dimensions: 2, labels, classes, axisNames: ["UMAP 1", "UMAP 2"], description: "d" });
    expect(svg).not.toContain(">Class 2<");
    expect(svg).toContain(">Class 3<");
  });
});

describe("contrast", () => {
  test("percentiles are NumPy's", () => {
    // numpy.percentile([1, 2, 4, 8, 16], [10, 90])
    const range = percentileRange([16, 1, Number.NaN, 8, 2, 4], 10, 90);
    expect(range.from).toBeCloseTo(1.4, 12);
    expect(range.to).toBeCloseTo(12.8, 12);
    expect([range.clippedBelow, range.clippedAbove]).toEqual([true, true]);
  });

  test("one value, few values, none: the range is never empty", () => {
    expect(percentileRange([3, 3, 3], 1, 99.5)).toMatchObject({ from: 0, to: 3 });
    expect(percentileRange([0, 0, 0, 0, 9], 1, 50)).toMatchObject({ from: 0, to: 9 });
    expect(percentileRange([], 1, 99)).toMatchObject({ from: 0, to: 1 });
    expect(fixedRange([0.5, 2], 0, 1)).toEqual({ from: 0, to: 1, clippedBelow: false, clippedAbove: true });
  });
});

describe("pictures at other sizes", () => {
  test("keep their mean when they shrink by whole factors", () => {
    const picture = { width: 4, height: 2, data: [1, 3, 5, 7, 1, 3, 5, 7] };
    expect([...resampled(picture, 2, 1)]).toEqual([2, 6]);
    expect(reduced(picture, 2)).toEqual({ width: 2, height: 1, data: Float32Array.of(2, 6) });
    expect(reduced(picture, 4)).toBe(picture);
  });

  test("grow as squares and stay within the range of their values", () => {
    expect([...resampled({ width: 2, height: 1, data: [1, 9] }, 4, 2)]).toEqual([1, 1, 9, 9, 1, 1, 9, 9]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (w, h, width, height) => {
          const data = Array.from({ length: w * h }, (_, i) => i);
          for (const value of resampled({ width: w, height: h, data }, width, height))
            expect(value >= 0 && value <= w * h - 1).toBe(true);
        },
      ),
    );
  });
});

describe("maps", () => {
  test("a class has its colour; the base brightens and darkens it about the middle of the class", () => {
    const labels = Int32Array.of(0, 0, 1, 1, 0, 0, -1, 7);
    const paints = [
      { id: 0, colour: "#355cc1" },
      { id: 1, colour: "#daac09" },
    ];
    const flat = decode(Buffer.from(classPicture(labels, 4, 2, paints, undefined).split(",")[1]!, "base64"));
    expect([0, 2, 6, 7].map((p) => colourAt(flat, p))).toEqual([
      [53, 92, 193],
      [218, 172, 9],
      [138, 141, 145],
      [138, 141, 145],
    ]);
    const base = { width: 4, height: 2, data: [0, 255, 128, 128, 128, 128, 0, 0] };
    const shaded = decode(Buffer.from(classPicture(labels, 4, 2, paints, base).split(",")[1]!, "base64"));
    expect(colourAt(shaded, 0)[2]!).toBeLessThan(colourAt(shaded, 4)[2]!);
    expect(colourAt(shaded, 4)[2]!).toBeLessThan(colourAt(shaded, 1)[2]!);
  });

  test("the phase map has scale bar, legend with areas, and hatches what has no class", () => {
    const svg = phaseMapFigure({
      id: "m",
      geometry,
      labels: Int32Array.of(0, 0, 0, 0, 0, 0, 0, -1),
      classes: [{ id: 0, name: "A <b> & c", colour: "#355cc1", areaFraction: 0.875 }],
      description: "Map",
    });
    expect(svg).toContain("A &lt;b&gt; &amp; c");
    expect(svg).toContain("87.5\u202f%");
    expect(svg).toContain("500\u202fnm");
    expect(svg).toContain('mask="url(#m-none-mask)"');
  });

  test.each([
    ["below", 317],
    ["below", 420],
    ["right", 420],
  ] as const)("no name of a legend is cut: %s, %d wide", (legend, pictureWidth) => {
    const names = [
      "Titanian aluminian magnesian biotite",
      "Fe",
      "Plagioclase (64 % albite)",
      "Clinoferrosilite-enstatite-solid-solution",
    ];
    const classes = names.map((name, id) => ({ id, name, colour: "#355cc1", areaFraction: 0.25 }));
    const svg = phaseMapFigure({ id: "m", geometry: { ...geometry, height: 4 }, labels: new Int32Array(16), classes, legend, pictureWidth, description: "d" }); // biome-ignore format: figure
    expect(svg).not.toContain("…");
    const words = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</g)].map(([, x, y, text]) => ({
      x: Number(x),
      y: Number(y),
      text: text!,
    }));
    const shown = words.map(({ text }) => text).join(" ");
    for (const name of names) expect(shown.replaceAll(" ", "")).toContain(name.replaceAll(" ", ""));
    const shares = words.filter(({ text }) => text.startsWith("25"));
    expect(shares).toHaveLength(4);
    for (const { x, text } of words.filter(
      (one) => !shares.includes(one) && !one.text.includes("µm") && !one.text.includes("nm"),
    ))
      expect(x + textWidth(text, legend === "below" ? 10.5 : 12.5)).toBeLessThanOrEqual(
        pictureWidth + (legend === "below" ? 0 : 274),
      );
    const [height] = /height="([\d.]+)"/.exec(svg)!.slice(1).map(Number);
    expect(Math.max(...words.map(({ y }) => y))).toBeLessThanOrEqual(height!);
  });

  test("a legend below fills columns, as wide as the map and no wider", () => {
    const names = ["Quartz", "Albite", "Pyrite", "Calcite", "Apatite"];
    const svg = phaseMapFigure({
      id: "m",
      geometry: { ...geometry, height: 4 },
      labels: new Int32Array(16),
      classes: names.map((name, id) => ({ id, name, colour: "#355cc1", areaFraction: 0.2 })),
      legend: "below",
      pictureWidth: 340,
      description: "Five classes.",
    });
    expect(svg).toMatch(/^<svg[^>]* width="340" height="403"/);
    const placeOf = (name: string): number[] => {
      const found = new RegExp(`<text x="([\\d.]+)" y="([\\d.]+)"[^>]*>${name}<`).exec(svg)!;
      return [Number(found[1]), Number(found[2])];
    };
    const places = names.map(placeOf);
    expect(new Set(places.map(([x]) => x)).size).toBe(2);
    expect(places.slice(0, 3).map(([, y]) => y)).toEqual([361.5, 378.5, 395.5]);
    expect(places.slice(3).map(([, y]) => y)).toEqual([361.5, 378.5]);
  });

  test("a mix adds the light of its quantities, each between its own limits", () => {
    const quantity = (name: string, data: number[], to: number, colour: readonly [number, number, number]) => ({
      ...{ name, data, colour },
      range: { from: 0, to },
    });
    const svg = mixMapFigure({
      geometry: { width: 4, height: 1, pixelSizeUm: undefined },
      quantities: [
        quantity("Olivine", [1, 0, 0.5, 1], 1, [255, 0, 0]),
        quantity("Ilmenite", [0, 4, 2, 9], 4, [0, 255, 0]),
        quantity("Apatite", [0, Number.NaN, 0, 1], 1, [0, 128, 255]),
      ],
      unit: "",
      description: "Three endmembers.",
    });
    const picture = pictureIn(svg);
    expect([...picture.data]).toEqual([255, 0, 0, 0, 255, 0, 128, 128, 0, 255, 255, 255]);
    expect(svg).toContain(">Ilmenite</text>");
    expect(svg).toContain(">0 to 4</text>");
    expect(svg).toContain('fill="#0080ff"');
  });

  test("classes beyond the twelfth colour carry their pattern on the map and in the legend", () => {
    const svg = phaseMapFigure({
      id: "m",
      geometry,
      labels: Int32Array.of(3, 3, 3, 3, 3, 3, 3, 3),
      classes: [{ id: 3, name: "A", colour: "#cfdb7a", areaFraction: 1 }],
      description: "Map",
    });
    expect(svg.match(/<pattern /g)).toHaveLength(2);
  });

  test("a scalar map writes the ends of its contrast and draws missing pixels grey", () => {
    const svg = scalarMapFigure({
      geometry,
      data: [0, 1, 0.5, Number.NaN, 2, -1, 0, 0],
      title: "Share",
      unit: "σ",
      colours: "viridis",
      contrast: [0, 1],
      description: "Share",
    });
    const picture = pictureIn(svg);
    expect(colourAt(picture, 0)).toEqual([68, 1, 84]);
    expect(colourAt(picture, 1)).toEqual([253, 231, 37]);
    expect(colourAt(picture, 4)).toEqual(colourAt(picture, 1));
    expect(colourAt(picture, 5)).toEqual(colourAt(picture, 0));
    expect(colourAt(picture, 3)).toEqual([74, 76, 80]);
    expect([...svg.matchAll(/>([\d.]+)<\/text>/g)].map(([, text]) => text)).toEqual(["1", "0.5", "0"]);
  });

  test.each([
    [
      [1, 22],
      ["22", "10", "1"],
    ],
    [
      [0, 0.37],
      ["0.37", "0.2", "0"],
    ],
    [
      [-3, 3],
      ["3", "0", "−3"],
    ],
  ] as const)("a colour bar from %j has a round number about its middle", (contrast, numbers) => {
    const shown = {
      geometry: { width: 4, height: 4, pixelSizeUm: undefined },
      data: new Float32Array(16),
      unit: "counts",
      colours: "viridis",
    } as const;
    const svg = scalarMapFigure({ ...shown, title: "Fe", contrast, description: "Fe" });
    expect([...svg.matchAll(/>([−\d.]+)<\/text>/g)].map(([, text]) => text).filter((text) => text !== "1 pixel")).toEqual(
      numbers,
    );
  });

  test("a map too low to hold its scale bar has it below, and all that is below it further down", () => {
    const low = { width: 713, height: 18, pixelSizeUm: [0.00048, 0.00048] } as const;
    const data = new Float32Array(713 * 18);
    const classes = [{ id: 0, name: "A", colour: "#355cc1", areaFraction: 1 }];
    const phases = phaseMapFigure({
      ...{
        id: "m",
        geometry: low,
        labels: new Int32Array(713 * 18),
        classes,
        legend: "below",
        pictureWidth: 340,
        description: "Map",
      },
    });
    const sizeOf = (svg: string) => Number(/ height="([\d.]+)"/.exec(svg)![1]);
    const heightOf = (svg: string, label: string) => Number(new RegExp(` y="([\\d.]+)"[^>]*>${label}</text>`).exec(svg)![1]);
    expect(heightOf(phases, "100.nm")).toBeGreaterThan(24);
    expect(heightOf(phases, "A")).toBeGreaterThan(heightOf(phases, "100.nm") + 13);
    expect(sizeOf(phases)).toBe(24 + 26 + 12 + 17);
    const scalar = scalarMapFigure({
      ...{ geometry: low, data, title: "Fe", unit: "", colours: "inferno", contrast: [0, 4], description: "Fe" },
    });
    expect(heightOf(scalar, "100.nm")).toBeLessThan(sizeOf(scalar));
    expect(heightOf(scalar, "0")).toBeGreaterThan(heightOf(scalar, "4") + 10);
    const quantities = [{ name: "Fe", data, range: { from: 0, to: 4 }, colour: [255, 0, 0] as const }];
    expect(mixMapFigure({ geometry: low, quantities, unit: "", description: "Fe" })).toMatch(/>100.nm<\/text>/);
    expect(phaseMapFigure({ id: "m", geometry, labels: new Int32Array(8), classes, description: "Map" })).toContain(
      'stroke="#0b0b0c"',
    );
  });

  test("keep the proportions of their pixels; a line scan can be seen", () => {
    expect(mapBox({ width: 100, height: 50, pixelSizeUm: [1, 2] }, 0, 0, 300, 600)).toMatchObject({ width: 300, height: 300 });
    expect(mapBox({ width: 1000, height: 1, pixelSizeUm: undefined }, 0, 0, 300, 600)).toMatchObject({ width: 300, height: 24 });
    expect(mapBox({ width: 10, height: 100, pixelSizeUm: undefined }, 0, 0, 300, 450)).toMatchObject({ width: 45, height: 450 });
  });
});

describe("spectra", () => {
  const values = Float64Array.from({ length: 200 }, (_, c) => (c === 64 ? 10 : 0.1));
  const plot = { energy: { offsetKev: 0, scaleKev: 0.1 }, from: 0, to: 10, description: "Spectrum" };

  test("draws every channel that is shown, axes with units, and names lines in Greek", () => {
    const svg = spectrumFigure({
      ...plot,
      traces: [{ name: "A", values, style: "line", colour: "#355cc1" }],
      lines: [{ name: "Fe_Ka", energyKev: 6.4, priority: 1 }],
    });
    expect(svg).toContain("Fe Kα");
    expect(svg).toContain(">Energy (keV)<");
    expect(svg).toContain("Counts per pixel");
    const path = /<path d="M([^"]*)"[^>]*class="s-trace"[^>]*\/>/g;
    const longest = Math.max(...[...svg.matchAll(path)].map(([, d]) => d!.split("L").length));
    expect(longest).toBe(101);
  });

  test.each(["linear", "sqrt", "log"] as const)("%s: the peak stands highest and nothing leaves the plot", (scale) => {
    const svg = spectrumFigure({ ...plot, scale, traces: [{ name: "A", values, style: "line" }], lines: [] });
    const [, d] = /<path d="M([^"]*)" fill="none" stroke-width="1.2"/.exec(svg)!;
    const points = d!.split("L").map((pair) => pair.split(" ").map(Number));
    const heights = points.map(([, y]) => y!);
    expect(heights.indexOf(Math.min(...heights))).toBe(64);
    expect(Math.max(...heights)).toBeLessThanOrEqual(218);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
  });

  test("without calibration there are channels and no lines", () => {
    const svg = spectrumFigure({
      ...plot,
      energy: undefined,
      to: 200,
      traces: [{ name: "A", values, style: "area" }],
      lines: [{ name: "Fe_Ka", energyKev: 6.4, priority: 1 }],
    });
    expect(svg).toContain(">Channel<");
    expect(svg).not.toContain("Fe K");
  });

  test("at the width of a column the key keeps clear of the axis title, and every tick has its number", () => {
    const names = ["Measured", "Continuum", "Fitted"];
    const traces = names.map((name, i) => ({ name, values, style: i === 0 ? ("area" as const) : ("line" as const) }));
    const svg = spectrumFigure({ ...plot, to: 16.5, traces, lines: [], width: 317, height: 190 });
    const texts = [...svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]+)</g)].map(([, x, y, words]) => ({
      ...{ x: Number(x), y: Number(y), words: words! },
    }));
    const title = texts.find(({ words }) => words === "Counts per pixel")!;
    for (const name of names) {
      const { x, y } = texts.find(({ words }) => words === name)!;
      expect(y > title.y + 11 || x - 24 > title.x + 86).toBe(true);
      expect(x + 6 * name.length).toBeLessThanOrEqual(317);
    }
    expect(texts.filter(({ y }) => y === 190 - 34 + 14).map(({ words }) => words)).toEqual(["0", "5", "10", "15"]);
    expect(svg).toContain(">Energy (keV)<");
  });

  test("a short key stands beside the axis title", () => {
    const svg = spectrumFigure({ ...plot, traces: [{ name: "A", values, style: "line" }], lines: [], width: 317, height: 190 });
    expect(/<text[^>]* y="([\d.]+)"[^>]*>A</.exec(svg)![1]).toBe("10");
  });

  test("an empty spectrum is drawn, too", () => {
    expect(
      spectrumFigure({ ...plot, traces: [{ name: "A", values: new Float64Array(200), style: "line" }], lines: [] }),
    ).not.toMatch(/NaN|Infinity/);
  });
});

test("a class has the pattern that it is given, on the map and in the legend", () => {
  const labels = Int32Array.of(0, 0, 1, 1);
  const two = [
    { id: 0, name: "A", colour: "#355cc1", areaFraction: 0.5, pattern: "rings" },
    { id: 1, name: "B", colour: "#daac09", areaFraction: 0.5 },
  ] as const;
  const given = { id: "m", geometry: { width: 2, height: 2, pixelSizeUm: undefined }, labels, description: "Map" };
  const svg = phaseMapFigure({ ...given, classes: two });
  expect(svg).toContain('fill="url(#m-p0-pattern)"');
  expect(svg).toContain('fill="url(#m-key-0)"');
  expect(svg).not.toContain("m-p1");
  expect(svg).not.toContain("m-key-1");
});

test("the latent plot shows every pixel, names classes apart, and leaves out what has no place", () => {
  const data = Float32Array.from({ length: 400 }, (_, i) => (i === 0 ? Number.NaN : i % 2));
  const classes = [0, 1, 2].map((id) => ({ id, name: `Class ${id}`, colour: "#355cc1" }));
  const svg = latentFigure({
    data,
    dimensions: 2,
    labels: Int32Array.from({ length: 200 }, (_, i) => i % 3),
    classes,
    axisNames: ["UMAP 1", "UMAP 2"],
    description: "Latent",
  });
  const names = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>Class/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );
  expect(names).toHaveLength(3);
  const apart = names.flatMap(([x, y], i) =>
    names.slice(0, i).map((one) => Math.abs(x - one[0]) > 45 || Math.abs(y - one[1]) > 12),
  );
  expect(apart).toEqual([true, true, true]);
  expect(svg).not.toContain("NaN");
});

test("the latent plot is on paper: clear where no pixel is, classes in their own colours, axes named, ellipses where they are asked for", () => {
  const data = Float32Array.of(0, 0, 4, 0, 0, 4, 4, 4, 0, 0);
  const classes = [
    { id: 0, name: "A", colour: "#355cc1" },
    { id: 1, name: "B", colour: "#f9d5b7" },
  ];
  const given = { data, dimensions: 2, labels: Int32Array.of(1, 1, 0, 1, 0), classes, description: "Latent" };
  const axisNames = [latentAxisName("umap", 0), latentAxisName("pca", 2, 0.4321)] as const;
  const svg = latentFigure({ ...given, axisNames });
  expect(axisNames).toEqual(["UMAP 1", "PCA 3 (43.2\u202f%)"]);
  for (const name of axisNames) expect(svg).toContain(`>${name}<`);
  expect(svg).not.toContain("<ellipse");
  expect(svg).not.toContain("#0b0b0c");
  const { data: bytes, channels } = pictureIn(svg);
  expect(channels).toBe(4);
  const seen = new Set<string>();
  for (let i = 0; i < bytes.length; i += 4) seen.add(bytes.subarray(i, i + 4).join(" "));
  expect([...seen].sort()).toEqual(["0 0 0 0", "249 213 183 255", "53 92 193 255"]);
  // A pixel of each class lies at (0, 0): the smaller class is on top.
  const blue = Array.from({ length: bytes.length / 4 }, (_, p) => p).filter((p) => bytes[4 * p] === 53);
  expect(blue).toHaveLength(2);
  const ellipses = [{ id: 0, mean: [0, 2] as const, deviations: [2, 1] as const, angle: Math.PI / 2 }];
  const drawn = latentFigure({ ...given, axisNames, ellipses });
  const [one, two] = [...drawn.matchAll(/<ellipse cx="([\d.]+)" cy="([\d.]+)" rx="([\d.]+)" ry="([\d.]+)" transform="rotate\((-?[\d.]+) /g)].map((match) => match.slice(1).map(Number)); // biome-ignore format: match
  // The side of 540 holds a span of 4 but for margins of 6 %.
  expect(one!.map(Math.round)).toEqual([32, 270, 238, 119, -90]);
  expect(two!.map(Math.round)).toEqual([32, 270, 475, 238, -90]);
});

test("both axes of the latent plot have the same scale, the narrower one in the middle", () => {
  const data = Float32Array.of(0, 0, 4, 0, 0, 1, 4, 1);
  const picture = pictureIn(
    latentFigure({ data, dimensions: 2, labels: undefined, classes: [], axisNames: ["", ""], description: "Latent" }),
  );
  const lit = Array.from({ length: picture.width * picture.height }, (_, p) => p).filter((p) => colourAt(picture, p)[0]! > 60);
  const columns = lit.map((p) => p % picture.width);
  const rows = lit.map((p) => Math.floor(p / picture.width));
  const spanOf = (cells: number[]): number => Math.max(...cells) - Math.min(...cells);
  expect(lit).toHaveLength(4);
  expect(spanOf(columns) / spanOf(rows)).toBeCloseTo(4, 1);
  expect(Math.abs(Math.max(...rows) + Math.min(...rows) + 1 - picture.height)).toBeLessThanOrEqual(1);
});

test("a curve marks the value that was chosen", () => {
  const svg = curveFigure({ x: [2, 3, 4], y: [10, 4, 6], xName: "classes", yName: "BIC", chosen: 3, description: "BIC" });
  expect(svg).toContain("chosen: 3");
  expect(svg.match(/<circle/g)).toHaveLength(4);
});

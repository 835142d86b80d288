import { expect, test } from "vitest";
import { curveFigures } from "../../views/curves/export-curves.js";
import type { KnownCurve } from "../../views/curves/known-curves.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import type { PixelField } from "../derived/pixel-values.js";
import type { Colouring } from "../linked.js";
import { type MapShown, mapFigures } from "./map-figures.js";
import { captionOf } from "./paper-figure.js";
import { spectraFigure } from "./spectrum-figures.js";

const grid = { width: 2, height: 1, frames: 1, pixelSizeUm: undefined };
const image = { title: "P45", name: "P45.bcf", metadata: {}, grid, totalCounts: 10 } as unknown as LoadedImage;
const said = (figure: { readonly title: string; readonly subject?: string | undefined }) =>
  captionOf(figure, image).split(";")[0];

const field = {
  title: "Fe",
  unit: "",
  data: new Float32Array(2),
  fixed: undefined,
  table: "inferno",
} as const satisfies PixelField;

function figureBy(by: Colouring["by"]) {
  const analysis = {
    ...{ grid, classes: [], elementMaps: [] },
    unmixing: { method: "nmf", endmembers: [new Float64Array(1)], abundances: Float32Array.of(0.2, 0.8), seedNames: ["Glass"] },
  };
  const colouring = { by, colourMap: "inferno", percentiles: [1, 99], gamma: 1 } as unknown as Colouring;
  const shown = { grid, frame: 0, sources: { image, analysis }, colouring, classes: [], base: field };
  return mapFigures(shown as unknown as MapShown)[0]!;
}

test("captions are sentences that one would write", () => {
  const spectrum = { energy: { offsetKev: 0, scaleKev: 1 }, from: 0, to: 1, lines: [], traces: [] };
  const evidence = { id: "evidence", title: "Evidence", curves: [] } as unknown as KnownCurve;
  expect(said({ title: "Phase map" })).toBe("Phase map of P45");
  expect(said(spectraFigure("x", { ...spectrum, title: "Fe" }))).toBe("Spectrum of Fe in P45");
  expect(said(spectraFigure("x", { ...spectrum, title: "Fe, as fitted", subject: "Fit of the spectrum of Fe" }))).toBe(
    "Fit of the spectrum of Fe in P45",
  );
  expect(said(curveFigures([evidence])[0]!)).toBe("Evidence for each phase when it was found in P45");
  expect(said({ title: "Pixels in another class than in P44" })).toBe("Pixels in another class than in P44");
});

test("an abundance is named so, and its colours say what they are", () => {
  const figure = figureBy({ kind: "abundance", index: 0 });
  expect(figure.title).toBe("Abundance: Glass");
  expect(said(figure)).toBe("Abundance of Glass in P45");
  const svg = figure.draw(300);
  expect(svg).toContain(">Abundance of Glass<");
  expect(svg).toContain(">share of the pixel<");
});

test("files of maps are called after their lines, all of each", () => {
  const elementMaps = ["Fe_Ka", "Al_Ka"].map((line) => ({ line, data: new Float32Array(2) }));
  const colouring = { by: { kind: "mix", lines: ["Fe_Ka", "Al_Ka", "Zn_Ka"] }, percentiles: [1, 99], gamma: 1 };
  const sources = { image, analysis: { grid, classes: [], elementMaps } };
  const shown = (changes: object) =>
    ({ grid, frame: 0, sources, colouring: { ...colouring, ...changes }, classes: [] }) as unknown as MapShown;
  expect(mapFigures(shown({})).map(({ id }) => id)).toEqual(["mix-Fe_Ka-Al_Ka"]);
  expect(mapFigures(shown({ by: { kind: "line", line: "Al_Ka" } })).map(({ id }) => id)).toEqual(["map-Al_Ka"]);
});

import { log } from "../../kernels/math.js";
import { formatFixed, formatPercent } from "../../numbers.js";
import type { Decomposition } from "../../pipeline/decomposition.js";
import { percentileRange } from "../figures/contrast.js";
import { curveFigure } from "../figures/curve-plot.js";
import { scalarMapFigure } from "../figures/scalar-map.js";
import { type SpectrumTrace, spectrumFigure } from "../figures/spectrum-plot.js";
import { columnInFrame } from "../frames.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, section, table } from "../report-page.js";
import { markedLines, spectrumView } from "../spectrum-view.js";

/** More components than this are in the files only. */
const MOST_DRAWN = 12;
/** Rows of the table beyond the components that were kept. */
const ROWS_BEYOND = 3;

const names = { pca: "principal components", ica: "independent components", nmf: "non-negative components" } as const;

/** The components of the whole map: how many, their spectra, and where they are. */
export function decompositionSection(page: Page): Markup {
  const { decomposition } = page.analysis;
  if (decomposition === undefined || decomposition.components.length === 0) return fragment();
  const { components, method, treatment, mean, reconstructed } = decomposition;
  const count = components.length;
  const drawn = Math.min(count, MOST_DRAWN);
  return section(
    "components",
    "Components",
    paragraph(
      `Every spectrum is described as a sum of ${count} ${names[method]}${mean === undefined ? "" : " and the mean spectrum"} (${treatment.join(", ")}).${
        reconstructed
          ? " All that follows is taken from this sum and not from the counts: what it leaves out, noise above all, is gone."
          : ""
      }`,
    ),
    screeParts(page, decomposition),
    Array.from({ length: drawn }, (_, j) => row(page, decomposition, j)),
    element(
      "p",
      { class: "caption" },
      page.number("Figure"),
      `Components and their scores at every pixel${drawn < count ? `; the first ${drawn} of ${count}` : ""}. The axis of the spectra is a square root. ${
        method === "nmf"
          ? ""
          : "Line: above 0; grey: below 0, turned up. Their sign is a convention: the highest channel is positive. "
      }Scores below 0 are blue, above 0 red, where both occur.${page.frames.length > 1 ? ` The first of ${page.frames.length} planes is shown.` : ""}`,
    ),
  );
}

function screeParts(page: Page, { scree, components }: Decomposition): Markup {
  if (scree === undefined || scree.shares.length < 2) return fragment();
  const shares = Array.from(scree.shares);
  const picture = curveFigure({
    x: shares.map((_, i) => i + 1),
    y: shares.map((share) => log(Math.max(100 * share, 1e-12)) / Math.LN10),
    xName: "number of components",
    yName: "log₁₀ of the share of variance, %",
    chosen: components.length,
    description: `Share of the variance of each of the first ${shares.length} components on a logarithmic axis; ${components.length} were kept.`,
  });
  const readings = [
    scree.confirmed === undefined ? undefined : `${scree.confirmed} are confirmed by the other half of the counts`,
    scree.elbow === undefined ? undefined : `the elbow of the curve is at ${scree.elbow}`,
    scree.aboveNoise === undefined
      ? undefined
      : `${scree.aboveNoise} lie above the edge that even noise would reach (${formatPercent(scree.noiseShare!)})`,
  ].filter((reading) => reading !== undefined);
  return fragment(
    page.figure(
      picture,
      `Share of the variance of the scaled spectra that each component explains. Of these, ${readings.join("; ")}.`,
    ),
    screeTable(page, scree, components.length),
  );
}

function screeTable(page: Page, { shares, replication }: NonNullable<Decomposition["scree"]>, kept: number): Markup {
  const rows = Array.from({ length: Math.min(shares.length, kept + ROWS_BEYOND) }, (_, j) => [
    String(j),
    formatPercent(shares[j]!),
    replication?.[j] === undefined ? "–" : formatFixed(replication[j]!, 1),
    j < kept ? "kept" : "",
  ]);
  return table(
    [
      { head: "Component", heads: true },
      { head: "Share", numeric: true },
      { head: "Replication, σ", numeric: true },
      { head: "" },
    ],
    rows,
    fragment(
      page.number("Table"),
      "Replication: components found in a random half of the counts, measured in the other half, in standard errors; noise gives 0 ± 1.",
    ),
  );
}

function row(page: Page, { components, scores, explainedShare, method }: Decomposition, j: number): Markup {
  const { analysis, geometry, frame } = page;
  const k = components.length;
  const name = `Component ${j}`;
  const values = components[j]!;
  const own = columnInFrame(scores, k, j, frame);
  const spectrum = spectrumFigure({
    ...spectrumView(analysis),
    traces: tracesOf(name, values),
    lines: markedLines(analysis),
    scale: "sqrt",
    unit: method === "nmf" ? "Counts per pixel" : "Relative",
    width: 740,
    height: 226,
    description: `Spectrum of component ${j}.`,
  });
  const map = scalarMapFigure({
    geometry,
    data: own,
    title: name,
    note: explainedShare === undefined ? undefined : formatPercent(explainedShare[j]!),
    unit: method === "nmf" ? "" : "counts",
    ...coloursOf(own),
    pictureWidth: 270,
    description: `Scores of component ${j} at every pixel.`,
  });
  return element("div", { class: "side" }, element("figure", {}, trusted(spectrum)), element("figure", {}, trusted(map)));
}

function tracesOf(name: string, values: Float64Array): SpectrumTrace[] {
  const line: SpectrumTrace = { name, values: values.map((value) => Math.max(0, value)), style: "line" };
  const below = values.map((value) => Math.max(0, -value));
  return below.some((value) => value > 0) ? [{ name: "below 0", values: below, style: "area" }, line] : [line];
}

/** Both signs: a signed map about 0. One sign: a plain one. */
function coloursOf(scores: Float32Array): { colours: "signed" | "viridis"; contrast: "percentile" | readonly [number, number] } {
  const finite = scores.filter((score) => Number.isFinite(score));
  const { from, to } = percentileRange(finite.length === 0 ? [0] : finite, 1, 99.5);
  if (from >= -0.05 * Math.abs(to)) return { colours: "viridis", contrast: "percentile" };
  const most = Math.max(Math.abs(from), Math.abs(to));
  return { colours: "signed", contrast: [-most, most] };
}

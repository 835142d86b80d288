import { formatCount, formatFixed, formatPercent } from "../../numbers.js";
import type { ElementMap } from "../../pipeline/analysis.js";
import { percentileRange } from "../figures/contrast.js";
import { latentAxisName, latentFigure } from "../figures/latent-plot.js";
import { scalarMapFigure } from "../figures/scalar-map.js";
import { lineText } from "../line-notation.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, section } from "../report-page.js";

/** One tile per X-ray line. */
export function elementMapsSection(page: Page): Markup {
  const { elementMaps } = page.analysis;
  if (elementMaps.length === 0) return fragment();
  const plane = page.frames.length > 1 ? ` The first of ${page.frames.length} planes is shown.` : "";
  const tiles = elementMaps.map(({ line, fromKev, toKev, background, data }) => {
    const range =
      fromKev === undefined || toKev === undefined || background === "fit"
        ? undefined
        : `${formatFixed(fromKev, 2)}–${formatFixed(toKev, 2)} keV`;
    const unit = mapUnit(page, background);
    const picture = scalarMapFigure({
      geometry: page.geometry,
      data: page.inFrame(data),
      title: lineText(line),
      note: range ?? "",
      unit,
      colours: "inferno",
      contrast: "percentile",
      description: `Map of ${lineText(line)}: ${unit}${range === undefined ? "" : ` from ${range}`} at every pixel.`,
    });
    return element("figure", {}, trusted(picture));
  });
  return section(
    "elements",
    "Element maps",
    element("div", { class: "tiles" }, tiles),
    element(
      "p",
      { class: "caption" },
      page.number("Figure"),
      `${howCounted(page)}. The ends of the colours lie at percentiles 1 and 99.5; a pointed end of the bar says that values lie beyond.${plane}`,
    ),
  );
}

function howCounted({ analysis: { image, elementMaps } }: Page): string {
  if (image.channelLines !== undefined) return "The maps as they came";
  const background = elementMaps.find((map) => map.background !== "none")?.background;
  if (background === "fit") return "Net counts of each X-ray line, from all lines and the continuum fitted to every pixel";
  return `Counts in the window of each X-ray line, ${background === "linear" ? "with a linear background taken off" : "background included"}`;
}

function mapUnit({ analysis }: Page, background: ElementMap["background"]): string {
  if (analysis.image.counts.kind === "intensity") return analysis.image.channelLines === undefined ? "counts" : "intensity";
  return background === "none" ? "counts" : "net counts";
}

/** All pixels in the latent space. */
export function latentSection(page: Page): Markup {
  const { latent, labels, classes, decomposition } = page.analysis;
  const explained = decomposition?.method === latent?.method ? decomposition?.explainedShare : undefined;
  if (latent === undefined || latent.dimensions < 2) return fragment();
  const pixels = latent.data.length / latent.dimensions;
  const method = latent.method.length <= 4 ? latent.method.toUpperCase() : latent.method;
  const axisName = (d: number): string => latentAxisName(latent.method, d, explained?.[d]);
  const picture = latentFigure({
    data: latent.data,
    dimensions: latent.dimensions,
    labels,
    classes,
    axisNames: [axisName(0), axisName(1)],
    size: 720,
    description: `All ${formatCount(pixels)} pixels in the latent space, coloured by class.`,
  });
  return section(
    "latent",
    "Latent space",
    paragraph(
      `Pixels with alike spectra lie together. ${page.analysis.evidence === undefined ? "Each pixel has the colour of its class." : "This picture is for looking; it took no part in finding the phases."}`,
    ),
    page.figure(
      picture,
      `All ${formatCount(pixels)} pixels by ${method}, none left out, in the colours of their classes, smaller ones over larger ones. Distances between islands have no unit.${latent.dimensions > 2 ? ` The first two of ${latent.dimensions} dimensions are drawn.` : ""}`,
    ),
  );
}

/** What is left unexplained, and how sure each pixel is. */
export function doubtSection(page: Page): Markup {
  const { unmixing, membership } = page.analysis;
  if (unmixing === undefined && membership === undefined) return fragment();
  return section(
    "doubt",
    "Where it is sure, and what is left",
    element(
      "div",
      { class: "pair" },
      unmixing === undefined ? undefined : residualFigure(page, unmixing.residual, unmixing.unexplainedShare),
      membership === undefined ? undefined : membershipFigure(page, membership),
    ),
  );
}

function residualFigure(page: Page, residual: Float32Array, unexplained: number): Markup {
  const signed = residual.some((value) => value < -0.5);
  const size = residual.map((value) => Math.abs(value));
  const far = size.reduce((sum, value) => sum + (value > 5 ? 1 : 0), 0) / residual.length;
  const most = Math.min(10, Math.max(5, percentileRange(size, 0, 99.5).to));
  const picture = scalarMapFigure({
    geometry: page.geometry,
    data: page.inFrame(residual),
    title: "Residual",
    unit: "σ",
    colours: signed ? "signed" : "inferno",
    contrast: [signed ? -most : 0, most],
    pictureWidth: 440,
    description: "Map of what no phase explains, in standard errors.",
  });
  return page.figure(
    picture,
    `What no phase explains, in standard errors. ${formatPercent(unexplained)} of all counts are left; ${formatPercent(far)} of the pixels lie beyond 5 standard errors.`,
  );
}

function membershipFigure(page: Page, { data, classes }: { readonly data: Float32Array; readonly classes: number }): Markup {
  const best = new Float32Array(data.length / classes).fill(Number.NaN);
  const unsure = { pixels: 0, of: 0 };
  for (let p = 0; p < best.length; p++) {
    let most = 0;
    for (let k = 0; k < classes; k++) most = Math.max(most, data[p * classes + k]!);
    if (most === 0) continue;
    best[p] = most;
    unsure.of += 1;
    if (most < 0.6) unsure.pixels += 1;
  }
  const picture = scalarMapFigure({
    geometry: page.geometry,
    data: page.inFrame(best),
    title: "Probability of the best class",
    unit: "",
    colours: "viridis",
    contrast: [0, 1],
    pictureWidth: 440,
    description: "Map of the probability of the most probable class.",
  });
  const share = unsure.of === 0 ? 0 : unsure.pixels / unsure.of;
  return page.figure(
    picture,
    `Probability of the class that each pixel was given; grey where there is none. It is below 0.6 at ${formatPercent(share)} of the assigned pixels.`,
  );
}

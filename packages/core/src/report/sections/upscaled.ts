import { formatCount, formatFixed } from "../../numbers.js";
import { phaseMapFigure } from "../figures/phase-map.js";
import { fragment, type Markup } from "../markup.js";
import { type Page, paragraph, section } from "../report-page.js";

/** The classes on the grid of a finer picture, and whether that shows the same field. */
export function upscaledSection(page: Page): Markup {
  const { upscaled, classes, image } = page.analysis;
  if (upscaled === undefined) return fragment();
  const { width, height, labels, method, registration, pixelSizeUm } = upscaled;
  const base = image.images.find(({ name }) => name === upscaled.image);
  const picture = phaseMapFigure({
    id: "highres",
    geometry: { width, height, pixelSizeUm },
    labels,
    classes: classes.filter(({ hidden }) => hidden !== true),
    base,
    legend: "none",
    pictureWidth: 780,
    description: `Classes over ${upscaled.image}, ${width} by ${height} pixels.`,
  });
  const borders =
    method === "nearest"
      ? "pixels of the map are repeated"
      : "borders run where the probabilities of two classes, interpolated between pixels of the map, are equal";
  const { correlation, correlationRatio, reference } = registration;
  const agrees = `Brought to the grid of the map, the picture has a correlation of ${formatFixed(correlation, 2)} with the ${reference} and a correlation ratio of ${formatFixed(correlationRatio, 2)} with the classes (1: the class tells the grey value).`;
  return section(
    "highres",
    `Masks on ${upscaled.image}`,
    paragraph(agrees),
    page.figure(
      picture,
      `Classes on the ${formatCount(width)} × ${formatCount(height)} pixels of ${upscaled.image}: ${borders}. No detail finer than a pixel of the map comes from the picture.`,
    ),
  );
}

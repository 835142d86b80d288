/** Maps of what the elements make up at every pixel. */

import { formatPercent } from "../../numbers.js";
import { scalarMapFigure } from "../figures/scalar-map.js";
import { columnInFrame } from "../frames.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph } from "../report-page.js";

export interface FractionMaps {
  readonly elements: readonly string[];
  /** [pixels x elements], 0 to 1; NaN where there are too few counts. */
  readonly fraction: Float32Array;
  readonly quantifiedPixels: number;
  /** Maps of fewer quantified pixels than this share say nothing, and are left out. */
  readonly leastShare: number;
  /** For example `Atomic fraction`. */
  readonly quantity: string;
  /** Of a hundred times the fraction. */
  readonly unit: string;
  readonly caption: string;
  /** Said where the maps are left out. */
  readonly otherwise?: string;
}

/** A tile for each element with a caption, or a sentence on why there are none. */
export function fractionMaps(page: Page, maps: FractionMaps): Markup {
  const { elements, fraction, quantifiedPixels, quantity, unit } = maps;
  const share = (quantifiedPixels * elements.length) / Math.max(1, fraction.length);
  if (share < maps.leastShare) {
    const reason = `Single pixels hold too few counts for maps of the composition: ${formatPercent(share)} of them were quantified.`;
    const text = [reason, ...(maps.otherwise === undefined ? [] : [maps.otherwise])].join(" ");
    return paragraph(element("span", { class: "muted" }, text));
  }
  const tiles = elements.map((symbol, k) => {
    const picture = scalarMapFigure({
      geometry: page.geometry,
      data: columnInFrame(fraction, elements.length, k, page.frame).map((value) => 100 * value),
      title: symbol,
      unit,
      colours: "viridis",
      contrast: "percentile",
      description: `${quantity} of ${symbol} at every pixel.`,
    });
    return element("figure", {}, trusted(picture));
  });
  return fragment(
    element("div", { class: "tiles" }, tiles),
    element("p", { class: "caption" }, page.number("Figure"), maps.caption),
  );
}

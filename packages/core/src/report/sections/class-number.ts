import type { ClassNumber } from "../../algorithms/cluster/recommend-classes.js";
import { formatCount } from "../../numbers.js";
import { curveFigure } from "../figures/curve-plot.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, section } from "../report-page.js";

/** How each number of classes did, and which was taken. */
export function classNumberSection(page: Page): Markup {
  const { classNumber } = page.analysis;
  if (classNumber === undefined) return fragment();
  const { numbers, nClasses, reason, points } = classNumber;
  const curve = (name: string, value: (one: ClassNumber) => number | undefined): Markup => {
    const known = numbers.filter((one) => value(one) !== undefined);
    if (known.length < 2) return fragment();
    const picture = curveFigure({
      x: known.map((one) => one.nClasses),
      y: known.map((one) => value(one)!),
      xName: "number of classes",
      yName: name,
      chosen: nClasses,
      width: 350,
      height: 220,
      description: `${name} for ${known[0]!.nClasses} to ${known.at(-1)!.nClasses} classes; ${nClasses} was taken.`,
    });
    return element("figure", {}, trusted(picture));
  };
  return section(
    "number",
    "Number of classes",
    paragraph(reason),
    element(
      "div",
      { class: "tiles" },
      curve("BIC (smaller is better)", ({ bic }) => bic),
      curve("Silhouette", ({ silhouette }) => silhouette),
      curve("Stability", ({ stability }) => stability),
    ),
    element(
      "p",
      { class: "caption" },
      page.number("Figure"),
      `How each number of classes did on ${formatCount(points)} points. BIC weighs fit against size; the silhouette says how far classes lie apart; stability is the agreement (adjusted Rand index) of repeated runs on draws of the points.`,
    ),
  );
}

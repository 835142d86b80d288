import { formatFixed, formatPercent, listOf } from "../../numbers.js";
import { scalarMapFigure } from "../figures/scalar-map.js";
import { type Child, fragment, type Markup } from "../markup.js";
import { type Page, section, table } from "../report-page.js";

const how = {
  thinning: "from half of the counts each, drawn anew",
  bootstrap: "from counts drawn around those measured",
  none: "with other seeds",
} as const;

/** Which classes and which pixels stay what they are when the classes are found again. */
export function stabilitySection(page: Page): Markup {
  const { stability } = page.analysis;
  if (stability === undefined) return fragment();
  const { runs, resample, classNumbers, classes, pixels } = stability;
  const known = pixels.filter((value) => !Number.isNaN(value));
  const shaky = known.reduce((sum, value) => sum + (value < 0.8 ? 1 : 0), 0) / Math.max(1, known.length);
  const picture = scalarMapFigure({
    geometry: page.geometry,
    data: page.inFrame(pixels),
    title: "Stays in its class",
    unit: "of the runs",
    colours: "viridis",
    contrast: [0, 1],
    pictureWidth: 440,
    description: "Map of the share of the runs in which each pixel stays in its class.",
  });
  return section(
    "stability",
    "Found again",
    page.figure(
      picture,
      `Classes were found ${runs} times more, ${how[resample]}: ${listOf(classNumbers.map(String))} of them. Share of the runs in which a pixel is in the class that matches its own; ${formatPercent(shaky)} of the pixels stay in fewer than four of five.`,
    ),
    table(
      [
        { head: "Class", heads: true },
        { head: "Jaccard index", numeric: true },
        { head: "Found again", numeric: true },
      ],
      classes.map(({ id, jaccard, found }): Child[] => [page.nameOf(id), formatFixed(jaccard, 2), formatPercent(found)]),
      fragment(
        page.number("Table"),
        "Each class as it was found, before edits: pixels in common over pixels in either, mean over the runs; share of the runs in which that is above one half. Above 0.75 a class is stable, below 0.5 it dissolves (Hennig 2007, doi:10.1016/j.csda.2006.11.025).",
      ),
    ),
  );
}

import { formatPercent } from "../../numbers.js";
import { endmembersAreOlder, OLDER_ENDMEMBERS } from "../../pipeline/edits/older-endmembers.js";
import { scalarMapFigure } from "../figures/scalar-map.js";
import { spectrumFigure } from "../figures/spectrum-plot.js";
import { profilePicture } from "../map-profiles.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, section } from "../report-page.js";
import { logFloor, markedLines, spectrumView } from "../spectrum-view.js";

/** Spectra of the pure constituents, and how much of each is in every pixel. */
export function unmixingSection(page: Page): Markup {
  const { unmixing } = page.analysis;
  if (unmixing === undefined || unmixing.endmembers.length === 0) return fragment();
  const count = unmixing.endmembers.length;
  return section(
    "endmembers",
    "Endmembers and abundances",
    paragraph(
      `Each pixel is described as a sum of ${count} pure ${analysisOfMaps(page) ? "compositions" : "spectra"}. ${formatPercent(unmixing.unexplainedShare)} of all counts are not explained in this way. Abundance maps share one scale, from 0 to 1.`,
    ),
    endmembersAreOlder(page.analysis) ? paragraph(OLDER_ENDMEMBERS) : fragment(),
    unmixing.endmembers.map((_, j) => row(page, j)),
    element(
      "p",
      { class: "caption" },
      page.number("Figure"),
      `${analysisOfMaps(page) ? "Endmembers as means of each map (each map has its own scale)" : "Endmember spectra, on a logarithmic axis"}, and the abundance of each at every pixel.`,
    ),
  );
}

function analysisOfMaps({ analysis }: Page): boolean {
  return analysis.image.channelLines !== undefined;
}

function row(page: Page, j: number): Markup {
  const { analysis } = page;
  const { endmembers, abundances, method } = analysis.unmixing!;
  const phase = method === "find-phases" ? analysis.classes.find(({ id }) => id === j) : undefined;
  const name = phase?.name ?? `Endmember ${j}`;
  const values = endmembers[j]!;
  const view = spectrumView(analysis);
  const own = Float32Array.from(
    { length: page.geometry.width * page.geometry.height },
    (_, p) => abundances[(page.frame.start + p) * endmembers.length + j]!,
  );
  const profile = profilePicture(analysis, values, endmembers, { name, colour: phase?.colour, width: 740, withMean: false });
  const spectrum =
    profile ??
    spectrumFigure({
      ...view,
      traces: [{ name, values, style: "line", colour: phase?.colour }],
      lines: markedLines(analysis, phase),
      floor: logFloor(values, view, phase?.pixels ?? 1e4),
      width: 740,
      height: 226,
      description: `Spectrum of endmember ${j}, ${name}.`,
    });
  const map = scalarMapFigure({
    geometry: page.geometry,
    data: own,
    title: name,
    unit: "",
    colours: "viridis",
    contrast: [0, 1],
    pictureWidth: 270,
    description: `Abundance of ${name} at every pixel, from 0 to 1.`,
  });
  return element("div", { class: "side" }, element("figure", {}, trusted(spectrum)), element("figure", {}, trusted(map)));
}

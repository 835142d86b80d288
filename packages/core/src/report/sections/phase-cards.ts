import type { PhaseEvidence } from "../../algorithms/find-phases/found-phases.js";
import { countOf, formatArea, formatCount, formatFixed, formatNumber, formatPercent, listOf, THIN_SPACE } from "../../numbers.js";
import type { PhaseClass } from "../../pipeline/analysis.js";
import { colourPattern } from "../../pipeline/colours/palette.js";
import { evidenceBar } from "../figures/evidence-bar.js";
import { spectrumFigure } from "../figures/spectrum-plot.js";
import { lineText } from "../line-notation.js";
import { profilePicture } from "../map-profiles.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, readable, section, table } from "../report-page.js";
import { joinedChannels, lineOfBin, logFloor, markedLines, spectrumView } from "../spectrum-view.js";
import { origins } from "./class-origins.js";
import { areaUnitOf, chip } from "./phases.js";

/** One card per class: its spectrum over the map's mean, and why it is a phase. */
export function phaseCards(page: Page): Markup {
  const { classes } = page.analysis;
  if (classes.length === 0) return fragment();
  const title = page.noun === "phase" ? "The phases, one by one" : "The classes, one by one";
  return section(
    "cards",
    title,
    paragraph(element("span", { class: "muted" }, intro(page))),
    classes.map((phase, i) => card(page, phase, i)),
  );
}

function intro({ noun, analysis }: Page): string {
  if (analysis.image.channelLines !== undefined)
    return `Each bar is the mean of an element map in the ${noun}, the grey one behind it the mean of the whole field. Every map has a scale of its own: full height is its largest mean.`;
  return `Each spectrum is the mean of the pixels of the ${noun}, on a logarithmic axis; the grey area is the mean of the whole map. Lines of which the ${noun} has more than the map are named in bold.`;
}

function card(page: Page, phase: PhaseClass, i: number): Markup {
  const { id, name, colour, pixels, areaFraction, areaUm2, countsPerPixel } = phase;
  const unit = areaUnitOf(page.analysis.classes);
  const size = [
    formatPercent(areaFraction),
    `${formatCount(pixels)} px`,
    ...(areaUm2 === undefined ? [] : [`${formatArea(areaUm2 / unit.um2)}${THIN_SPACE}${unit.name}`]),
    ...(page.analysis.image.counts.kind === "intensity" && page.analysis.image.channelLines !== undefined
      ? []
      : [`${formatNumber(countsPerPixel)} counts/px`]),
  ];
  const edited = phase.madeOf !== undefined;
  const evidence = edited ? undefined : page.analysis.evidence?.phases.find((candidate) => candidate.id === id);
  return element(
    "article",
    { class: "card", id: `phase-${id}`, "aria-labelledby": `phase-${id}-title` },
    element(
      "header",
      {},
      element("span", { class: "swatch" }, chip(`card${id}`, colour, colourPattern(colour), 18)),
      element("h3", { id: `phase-${id}-title` }, name),
      element("span", { class: "size" }, size.join(" · ")),
    ),
    spectrum(page, phase, i),
    edited ? paragraph(origins(page, phase)) : undefined,
    phase.note === undefined ? undefined : paragraph(phase.note),
    evidence === undefined ? undefined : why(page, evidence),
  );
}

function spectrum(page: Page, phase: PhaseClass, i: number): Markup {
  const { analysis } = page;
  const values = analysis.classSpectra[i];
  if (values === undefined) return fragment();
  const profile = profilePicture(analysis, values, analysis.classSpectra, {
    name: phase.name,
    colour: phase.colour,
    width: 940,
    withMean: true,
  });
  if (profile !== undefined) return element("figure", {}, trusted(profile));
  const pixels = page.frame.width * page.frame.height * page.frames.length;
  const mean = analysis.sumSpectrum?.map((value) => value / pixels);
  const view = spectrumView(analysis);
  const { factor, joined } = joinedChannels(values, phase.counts, view);
  const lines = markedLines(analysis, phase);
  const bold = lines.filter(({ emphasised }) => emphasised === true).map((line) => lineText(line.name));
  const picture = spectrumFigure({
    ...view,
    traces: [
      ...(mean === undefined ? [] : [{ name: "Mean of all pixels", values: mean, style: "area" as const }]),
      {
        name: factor === 1 ? phase.name : `${phase.name}, channels joined by ${factor}`,
        values: joined,
        style: "line",
        colour: phase.colour,
      },
    ],
    lines,
    floor: logFloor(joined, view, phase.pixels * factor),
    width: 940,
    height: 230,
    description: `Spectrum of ${phase.name} beside the mean of the map.${bold.length === 0 ? "" : ` ${listOf(bold)} ${bold.length === 1 ? "stands" : "stand"} out.`}`,
  });
  return element("figure", {}, trusted(picture));
}

function why(page: Page, evidence: PhaseEvidence): Markup {
  const { countsPerPixel = 0 } = page.analysis.classes.find(({ id }) => id === evidence.id) ?? {};
  return element(
    "div",
    { class: evidence.bins.length === 0 ? "why" : "two" },
    element(
      "div",
      {},
      element("h4", {}, "Why this is a phase"),
      paragraph(readable(evidence.sentence)),
      paragraph(source(evidence)),
      evidence.nearest === undefined || !page.has(evidence.nearest.id)
        ? undefined
        : paragraph(nearest(page, evidence.nearest, countsPerPixel)),
    ),
    evidence.bins.length === 0 ? undefined : element("div", {}, binTable(page, evidence)),
  );
}

function source({ purePixels, counts }: PhaseEvidence): string {
  if (purePixels === 0)
    return `No pixel holds nothing else, so its spectrum was taken out of mixed ones: ${formatCount(counts)} counts in all.`;
  const holds = purePixels === 1 ? "holds" : "hold";
  return `Its spectrum was taken from ${countOf(purePixels, "pixel")} that ${holds} nearly nothing else, ${formatCount(counts)} counts in all.`;
}

function nearest(page: Page, { id, countsNeeded }: NonNullable<PhaseEvidence["nearest"]>, counts: number): Markup {
  const enough = counts >= countsNeeded ? "so a single pixel decides" : "so single pixels lean on their neighbours";
  return fragment(
    "The most similar phase is ",
    page.link("cards", `phase-${id}`, page.nameOf(id)),
    `: it takes ${countOf(countsNeeded, "count")} to tell the two apart at two standard errors; a pixel here has ${formatNumber(counts)}, ${enough}.`,
  );
}

function binTable({ analysis }: Page, { bins }: PhaseEvidence): Markup {
  const most = Math.max(...bins.map(({ measured, predicted }) => Math.max(measured, predicted)), 1e-9);
  const rows = bins.map(({ line, energyKev, measured, predicted, sigma }) => [
    binName(lineOfBin(analysis, energyKev, line)),
    formatFixed(energyKev, 2),
    formatPercent(measured),
    formatPercent(predicted),
    `${sigma > 0 ? "+" : ""}${formatFixed(sigma, Math.abs(sigma) < 10 ? 1 : 0)}${THIN_SPACE}σ`,
    trusted(evidenceBar(measured, predicted, most, `Measured ${formatPercent(measured)}, predicted ${formatPercent(predicted)}`)),
  ]);
  return table(
    [
      { head: "Line", heads: true },
      { head: "keV", numeric: true },
      { head: "Measured", numeric: true },
      { head: "Predicted", numeric: true },
      { head: "Difference", numeric: true },
      { head: element("span", {}, "Measured ●, predicted ▬") },
    ],
    rows,
    "The energies that speak most for it: share of all counts there, measured and as the phases known before could make it.",
  );
}

function binName(line: string | undefined): string {
  return line === undefined ? "between lines" : lineText(line);
}

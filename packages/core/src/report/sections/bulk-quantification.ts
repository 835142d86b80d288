/** What the classes of a bulk sample are made of: a table of all, and for each the lines, k-ratios, errors, limits and the formula that it rests on. */
import type { QuantifiedElement } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { formatCount, formatFixed, formatNumber, listOf, THIN_SPACE, withUnit } from "../../numbers.js";
import { colourPattern } from "../../pipeline/colours/palette.js";
import type {
  BulkClass,
  BulkComposition,
  BulkQuantification,
  StandardFacts,
} from "../../pipeline/quantify/bulk-quantification.js";
import { lineText } from "../line-notation.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { type Column, type Page, paragraph, section, table } from "../report-page.js";
import { fractionMaps } from "./fraction-maps.js";
import { chip } from "./phases.js";

export function bulkQuantificationSection(page: Page, quantification: BulkQuantification): Markup {
  const { classes } = quantification;
  return section(
    "composition",
    "Composition",
    paragraph(introduction(quantification)),
    summaryTable(page, quantification),
    standardsTable(page, quantification.standards),
    classes.map((one) => evidence(page, one)),
    maps(page, quantification),
  );
}

const BOTH_WAYS = "Oxygen is by stoichiometry where its line agrees with oxides, else by its line: each class says which.";

function introduction({ classes, beamEnergyKev, takeOffAngleDeg, tiltDeg }: BulkQuantification): string {
  const done = classes.flatMap(({ quantified }) => quantified ?? []);
  const isStandardless = done.every(({ method }) => method === "standardless");
  const basis = isStandardless
    ? "Standardless: from the counts and the physics of emission, absorption, fluorescence and detector alone, normalised to 100 %."
    : done.some(({ method }) => method === "mixed")
      ? "With standards; elements without one by the physics between their lines and those of the standards."
      : "With standards, by k-ratios.";
  const whole = done.some(({ normalised }) => !normalised) ? " Raw totals are not normalised." : "";
  const ways = new Set(done.map(({ oxygen }) => oxygen).filter((oxygen) => oxygen !== "none"));
  const oxygen = ways.size === 2 ? ` ${BOTH_WAYS}` : ways.has("stoichiometry") ? " Oxygen is by stoichiometry." : "";
  const tilt = tiltDeg === 0 ? "" : `, tilted by ${withUnit(tiltDeg, "°")}`;
  return `${basis}${whole}${oxygen} Matrix correction XPP (Pouchou and Pichoir 1991) at ${withUnit(beamEnergyKev, "keV")} and a take-off angle of ${formatNumber(takeOffAngleDeg)}°${tilt}, for flat, thick and homogeneous material. Errors are one standard error: the first of counting and standards, the second of the model.`;
}

const swatch: Column = { head: element("span", { "aria-label": "Colour" }, ""), className: "swatch" };

function mark(page: Page, id: number): Child {
  const colour = page.analysis.classes.find((one) => one.id === id)?.colour;
  return colour === undefined ? "" : chip(`bulk${id}`, colour, colourPattern(colour), 14);
}

function nameOf(page: Page, id: number): string {
  return id < 0 ? "All pixels" : page.nameOf(id);
}

function summaryTable(page: Page, { elements, classes }: BulkQuantification): Markup {
  const columns: Column[] = [
    swatch,
    { head: "Class", heads: true },
    ...elements.map((symbol): Column => ({ head: `${symbol}, wt%`, numeric: true })),
    { head: "Total, wt%", numeric: true },
  ];
  const rows = classes.map((one) => [
    mark(page, one.id),
    nameOf(page, one.id),
    ...elements.map((symbol) => fractionCell(one, symbol)),
    totalCell(one),
  ]);
  const note =
    "Mass fractions of the classes. What lies below the detection limit (95 %) is given as less than that; a dash: not looked for in this class.";
  return table(columns, rows, fragment(page.number("Table"), note));
}

function fractionCell({ quantified, reason }: BulkClass, symbol: string): Child {
  if (quantified === undefined) return element("span", { class: "muted", title: reason }, "not quantified");
  const one = quantified.elements.find((other) => other.element === symbol);
  if (one === undefined) return "–";
  if (isBelowLimit(one))
    return element("span", { class: "muted" }, `<${THIN_SPACE}${formatNumber(100 * one.detectionLimit!, 1)}`);
  const decimals = decimalsFor(countedError(one));
  const per = (fraction: number) => formatFixed(100 * fraction, decimals);
  return `${per(one.massFraction)} ± ${per(countedError(one))} ± ${per(one.modelError)}`;
}

/** Decimals of per cent that an error bears. */
function decimalsFor(error: number): number {
  if (error >= 0.01) return 1;
  return error > 0 && error < 5e-5 ? 3 : 2;
}

function totalCell({ quantified }: BulkClass): Child {
  if (quantified === undefined) return "–";
  if (quantified.normalised) return element("span", { class: "muted" }, "100, normalised");
  return `${formatFixed(100 * quantified.rawTotal, 1)} ± ${errorText(quantified.rawTotalError)}`;
}

function isBelowLimit({ massFraction, detectionLimit }: QuantifiedElement): boolean {
  return detectionLimit !== undefined && massFraction < detectionLimit;
}

function countedError({ countingError, standardsError }: QuantifiedElement): number {
  return Math.sqrt(countingError * countingError + standardsError * standardsError);
}

function errorText(error: number): string {
  return formatNumber(100 * error, 2);
}

function standardsTable(page: Page, standards: readonly StandardFacts[]): Markup {
  if (standards.length === 0) return fragment();
  const columns: Column[] = [
    { head: "Standard", heads: true },
    { head: "For" },
    { head: "Counts" },
    { head: "Beam, keV", numeric: true },
    { head: "Dose, nA s", numeric: true },
    { head: "χ² of the fit", numeric: true },
  ];
  const rows = standards.map(({ name, elements, beamEnergyKev, doseNas, reducedChiSquare }) => [
    name,
    elements.length === 0 ? "not used" : listOf(elements.map((one) => one.element)),
    elements
      .map(({ line, counts, countsError }) => `${lineText(line)} ${formatCount(counts)} ± ${formatCount(countsError)}`)
      .join(", "),
    formatNumber(beamEnergyKev),
    doseNas === undefined ? "–" : formatNumber(doseNas),
    formatFixed(reducedChiSquare, 1),
  ]);
  return table(columns, rows, fragment(page.number("Table"), "Standards as they were used."));
}

function evidence(page: Page, one: BulkClass): Markup {
  const { id, quantified, reason, pixels, counts, pure } = one;
  const name = nameOf(page, id);
  if (quantified === undefined) return paragraph(`${name} is not quantified: ${reason ?? "nothing was measured"}.`);
  const which = pure ? "pure pixels" : "pixels";
  const dose = quantified.doseNas === undefined ? "" : `, dose ${withUnit(quantified.doseNas, "nA s")}`;
  return element(
    "details",
    {},
    element("summary", {}, `Composition of ${name}`),
    element(
      "div",
      {},
      paragraph(
        `From ${formatCount(pixels)} ${which} with ${formatCount(counts)} counts${dose}; reduced χ² of the fit ${formatFixed(quantified.reducedChiSquare, 1)}.${formulaText(quantified)}`,
      ),
      table(COLUMNS, quantified.elements.map(elementRow), undefined, [totalRow(quantified)]),
    ),
  );
}

const COLUMNS: readonly Column[] = [
  { head: "Element", heads: true },
  { head: "Line" },
  { head: "Net counts", numeric: true },
  { head: "k-ratio", numeric: true },
  { head: "wt%", numeric: true },
  { head: "± counts", numeric: true },
  { head: "± standards", numeric: true },
  { head: "± model", numeric: true },
  { head: "wt% of 100", numeric: true },
  { head: "at%", numeric: true },
  { head: "Oxide, wt%", numeric: true },
  { head: "Limit 95 %, wt%", numeric: true },
  { head: "3 σ, wt%", numeric: true },
];

function elementRow(one: QuantifiedElement): Child[] {
  const { line, counts, countsError, kRatio, kRatioError, oxide, detectionLimit, detectionLimit3Sigma } = one;
  return [
    one.element,
    line === undefined ? "not measured" : lineText(line),
    line === undefined ? "–" : `${formatCount(counts)} ± ${formatCount(countsError)}`,
    kRatio === undefined ? "–" : `${formatNumber(kRatio, 4)} ± ${formatNumber(kRatioError ?? 0, 2)}`,
    formatFixed(100 * one.massFraction, decimalsFor(countedError(one))),
    errorText(one.countingError),
    errorText(one.standardsError),
    errorText(one.modelError),
    formatFixed(100 * one.normalisedMassFraction, decimalsFor(countedError(one))),
    formatFixed(100 * one.atomicFraction, decimalsFor(countedError(one))),
    oxide === undefined || oxide.formula === one.element ? "–" : `${oxide.formula} ${formatNumber(100 * oxide.massFraction)}`,
    detectionLimit === undefined ? "–" : formatNumber(100 * detectionLimit, 2),
    detectionLimit3Sigma === undefined ? "–" : formatNumber(100 * detectionLimit3Sigma, 2),
  ];
}

function totalRow({ elements, rawTotal, rawTotalError, normalised }: BulkComposition): Child[] {
  const oxides = elements.reduce((sum, { oxide }) => sum + (oxide?.massFraction ?? 0), 0);
  const hasOxides = elements.some(({ oxide }) => oxide !== undefined);
  const total = formatFixed(100 * rawTotal, 1);
  return [
    "Total",
    "",
    "",
    "",
    normalised ? `${total}, normalised` : total,
    normalised ? "" : errorText(rawTotalError),
    "",
    "",
    "100",
    "100",
    hasOxides ? formatFixed(100 * oxides, 1) : "",
    "",
    "",
  ];
}

function formulaText({ formula }: BulkComposition): string {
  if (formula === undefined) return "";
  const atoms = formula.atoms
    .filter((one) => one.atoms >= Math.min(0.001, 3 * one.countingError))
    .map(({ element: symbol, atoms: count, countingError, modelError }) => {
      const error = Math.sqrt(countingError * countingError + modelError * modelError);
      return `${symbol} ${formatFixed(count, 2)} ± ${formatFixed(error, 2)}`;
    });
  return ` Atoms on ${formatNumber(formula.basis.count)} ${formula.basis.of}: ${atoms.join(", ")} (errors of counting and model together).`;
}

/** Maps of fewer quantified pixels than this share say nothing. */
const LEAST_SHARE_OF_PIXELS = 0.05;

function maps(page: Page, { pixels, elements }: BulkQuantification): Markup {
  if (pixels === undefined) return fragment();
  return fractionMaps(page, {
    elements,
    fraction: pixels.massFraction,
    quantifiedPixels: pixels.quantifiedPixels,
    leastShare: LEAST_SHARE_OF_PIXELS,
    quantity: "Mass fraction",
    unit: "wt%",
    caption:
      "Mass fractions pixel by pixel, each with the matrix correction of its class: right where a pixel is like its class, an approximation elsewhere. Grey where there are too few counts, or where the element was not looked for.",
  });
}

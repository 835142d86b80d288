/** What the phases may be called and why, and what they are made of with the errors. */
import type { NameCandidate } from "../../algorithms/name-phases/name-phase.js";
import type { QuantifiedElement } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { formatCount, formatFixed, formatNumber, formatPercent, listOf, THIN_SPACE } from "../../numbers.js";
import { colourPattern } from "../../pipeline/colours/palette.js";
import type { ClassElement, ClassIdentity } from "../../pipeline/identified-classes.js";
import { lineText } from "../line-notation.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { modalShares, porosity } from "../modal-results.js";
import { type Column, type Page, paragraph, readable, section, table } from "../report-page.js";
import { chip } from "./phases.js";

export function identificationSection(page: Page): Markup {
  const { identities } = page.analysis;
  if (identities === undefined || identities.length === 0) return fragment();
  return section(
    "names",
    "What the phases may be",
    paragraph(
      "Names are those of the library whose composition the net counts of all lines fit best; what the counts cannot tell apart stands together. Compositions are standardless: without standards, by the physics of absorption, fluorescence and the detector, normalised to 100 %.",
    ),
    namesTable(page, identities),
    pores(page),
    compositionTable(page, identities),
    identities.filter(({ elements }) => elements.length > 0).map((identity) => evidence(page, identity)),
  );
}

function mark(page: Page, id: number, where: string): Markup {
  const colour = page.analysis.classes.find((one) => one.id === id)?.colour ?? "#808080";
  return chip(`${where}${id}`, colour, colourPattern(colour), 14);
}

const swatch: Column = { head: element("span", { "aria-label": "Colour" }, ""), className: "swatch" };

function namesTable(page: Page, identities: readonly ClassIdentity[]): Markup {
  const shares = new Map(modalShares(page.analysis).map((share) => [share.id, share]));
  const columns: Column[] = [
    swatch,
    { head: "Class", heads: true },
    { head: "May be" },
    { head: "Fit, σ", numeric: true },
    { head: "Lines that decide" },
    { head: "Density", numeric: true },
    { head: "Weight", numeric: true },
  ];
  const rows = identities.map((identity) => {
    const { weightFraction } = shares.get(identity.id) ?? {};
    return [
      mark(page, identity.id, "name"),
      page.link("cards", `phase-${identity.id}`, page.nameOf(identity.id)),
      element("span", {}, names(identity), weakness(identity)),
      identity.shown[0] === undefined || identity.verdict === "mixture"
        ? "–"
        : formatFixed(Math.max(0, identity.shown[0].misfitSigma), 1),
      identity.deciding.length === 0 ? "–" : listOf(identity.deciding.map(lineText)),
      identity.densityGcm3 === undefined ? "–" : formatNumber(identity.densityGcm3),
      weightFraction === undefined ? "–" : formatPercent(weightFraction),
    ];
  });
  return table(
    columns,
    rows,
    fragment(
      page.number("Table"),
      "Names, best first. Fit is how far the best lies from the measurement in standard errors; below 3 it fits; a mixture has none, since its shares are fitted. Names are proposals from composition alone. Density in g/cm³; weight is area times density, of the classes that have one.",
    ),
  );
}

function pores(page: Page): Markup | undefined {
  const found = porosity(modalShares(page.analysis));
  if (found === undefined) return undefined;
  const half = found.interval === undefined ? "" : ` ± ${formatFixed(100 * found.interval, 2)}`;
  return paragraph(
    `Porosity: ${formatFixed(100 * found.fraction, 2)}${half}${THIN_SPACE}% of the area (${listOf(found.ids.map((id) => page.nameOf(id)))}); pores have no weight.`,
  );
}

function names({ verdict, shown, sentence }: ClassIdentity): Child {
  if (shown.length === 0) return sentence;
  if (verdict === "mixture") return `mixture: ${shown.map(named).join(" and ")}`;
  const [first, ...others] = shown;
  return fragment(element("b", {}, named(first!)), others.length === 0 ? "" : `, or ${others.map(named).join(", ")}`);
}

/** What a reader must know before believing a name. */
function weakness({ pure, shown }: ClassIdentity): string | undefined {
  return pure || shown.length === 0 ? undefined : "; weak evidence: too few pure pixels, so its neighbours may take part";
}

function named({ name, series, members }: NameCandidate): string {
  if (series === undefined) return name;
  const parts = members.map((member) => `${member.name} ${formatFixed(100 * member.share, 0)}${THIN_SPACE}%`);
  return `${series} (${parts.join(", ")})`;
}

function compositionTable(page: Page, identities: readonly ClassIdentity[]): Markup {
  const measured = identities.filter(({ composition }) => composition !== undefined);
  const symbols = [...new Set(measured.flatMap(({ composition }) => composition!.elements.map((one) => one.element)))];
  if (symbols.length === 0) return fragment();
  const columns: Column[] = [
    swatch,
    { head: "Class", heads: true },
    ...symbols.map((symbol): Column => ({ head: symbol, numeric: true })),
  ];
  const rows = measured.map(({ id, composition }) => [
    mark(page, id, "made"),
    page.nameOf(id),
    ...symbols.map((symbol) => cell(composition!.elements.find((one) => one.element === symbol))),
  ]);
  const note =
    "Weight per cent, standardless, normalised to 100 %; ± one standard error, of counting and of the model together. Elements of films and of the instrument are left out.";
  return table(columns, rows, fragment(page.number("Table"), note));
}

function cell(one: QuantifiedElement | undefined): Child {
  if (one === undefined) return "–";
  if (one.detectionLimit !== undefined && one.massFraction < one.detectionLimit) {
    return element("span", { class: "muted" }, `<${THIN_SPACE}${formatNumber(100 * one.detectionLimit, 1)}`);
  }
  const error = 100 * Math.sqrt(one.countingError * one.countingError + one.modelError * one.modelError);
  const decimals = error < 0.05 ? 2 : 1;
  return `${formatFixed(100 * one.massFraction, decimals)}${THIN_SPACE}±${THIN_SPACE}${formatFixed(error, decimals)}`;
}

function evidence(page: Page, identity: ClassIdentity): Markup {
  const { id, elements, rejectedElements, pixels, counts, pure } = identity;
  const which = pure ? "pure pixels" : "pixels, mixed ones among them,";
  return element(
    "details",
    {},
    element("summary", {}, `Evidence for ${page.nameOf(id)}`),
    element(
      "div",
      {},
      paragraph(`${readable(identity.sentence)} From ${formatCount(pixels)} ${which} with ${formatCount(counts)} counts.`),
      table(
        [
          { head: "Element", heads: true },
          { head: "Significance, σ", numeric: true },
          { head: "Lines: counts measured, expected" },
          { head: "Overlaps with" },
          { head: "From" },
        ],
        elements.map(row),
      ),
      rejectedElements.length === 0
        ? undefined
        : paragraph(
            `Looked for and not found: ${rejectedElements.map((one) => `${one.element} (${one.reason.replace(/\.$/, "")})`).join(", ")}.`,
          ),
    ),
  );
}

function row({ element: symbol, significance, lines, overlaps, from, reason }: ClassElement): Child[] {
  return [
    symbol,
    formatFixed(significance, significance < 10 ? 1 : 0),
    lines
      .slice(0, 4)
      .map(({ line, measured, expected }) => `${lineText(line)} ${formatCount(measured)}, ${formatCount(expected)}`)
      .join("; "),
    overlaps.length === 0 ? "–" : listOf([...new Set(overlaps.flatMap((overlap) => overlap.with))].slice(0, 4).map(lineText)),
    reason ?? from,
  ];
}

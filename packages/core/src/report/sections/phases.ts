import {
  type AreaUnit,
  areaUnit,
  formatArea,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  listOf,
  THIN_SPACE,
} from "../../numbers.js";
import type { PhaseClass } from "../../pipeline/analysis.js";
import { colourPattern, unassignedColour } from "../../pipeline/colours/palette.js";
import type { ClassIdentity } from "../../pipeline/identified-classes.js";
import { areaIntervals } from "../area-interval.js";
import { figure } from "../figures/figure.js";
import { groupedOthers } from "../figures/grouped-others.js";
import type { Pattern } from "../figures/patterns.js";
import { phaseMapFigure } from "../figures/phase-map.js";
import { swatch } from "../figures/swatch.js";
import { lineText } from "../line-notation.js";
import { type Child, element, fragment, type Markup, trusted } from "../markup.js";
import { type ModalShare, modalShares } from "../modal-results.js";
import { type Column, type Page, section, table } from "../report-page.js";
import { shortName } from "../short-name.js";

/** The phase map and the table of phases. */
export function phasesSection(page: Page): Markup {
  const { labels, classes } = page.analysis;
  if (labels === undefined || classes.length === 0) return fragment();
  return section("phases", page.noun === "phase" ? "Phase map" : "Map of classes", maps(page, labels), phaseTable(page, labels));
}

function maps(page: Page, labels: Int32Array): Markup {
  const { analysis, base, frames } = page;
  const list = listOf(analysis.classes.slice(0, 12).map(({ name, areaFraction }) => `${name} ${formatPercent(areaFraction)}`));
  const drawn = frames.slice(0, 12);
  return fragment(
    drawn.map((frame, i) => {
      const picture = phaseMapFigure({
        id: `map${i}`,
        geometry: frame,
        labels: labels.subarray(frame.start, frame.start + frame.width * frame.height),
        classes: analysis.classes.filter(({ hidden }) => hidden !== true),
        base,
        legend: "none",
        pictureWidth: 780,
        description: `Map of ${analysis.classes.length} ${page.noun === "phase" ? "phases" : "classes"}: ${list}.`,
      });
      if (i > 0) return page.figure(picture, caption(page, i));
      const figcaption = element("figcaption", {}, page.number("Figure"), caption(page, i));
      return element("figure", { class: "keyed" }, trusted(picture), key(page, labels), figcaption);
    }),
    frames.length > drawn.length
      ? element("p", { class: "muted" }, `The first ${drawn.length} of ${frames.length} planes are shown.`)
      : undefined,
  );
}

/** What the colours mean, as text that keeps its size beside a map of any width. */
function key({ analysis: { classes } }: Page, labels: Int32Array): Markup {
  const entry = (id: string, name: string, colour: string, pattern: Pattern, share: number): Markup =>
    element("li", {}, chip(id, colour, pattern, 14), element("span", {}, name), element("span", {}, formatPercent(share)));
  const shown = groupedOthers(classes.filter(({ hidden }) => hidden !== true)).classes;
  const unassigned = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  return element(
    "ul",
    { class: "key" },
    shown.map(({ id, name, colour, areaFraction }) => entry(`key${id}`, name, colour, colourPattern(colour), areaFraction)),
    unassigned === 0 ? undefined : entry("keynone", "Unassigned", unassignedColour, "hatch", unassigned / labels.length),
  );
}

function caption({ analysis, base, frames, noun }: Page, i: number): string {
  const plane = frames.length > 1 ? `Plane ${i + 1} of ${frames.length}. ` : "";
  const under =
    base === undefined
      ? ""
      : ` over ${base.name}; each colour is brightened and darkened by the picture beneath, so that texture shows`;
  const hidden = analysis.classes.flatMap((phase) => (phase.hidden === true ? phase.name : []));
  const left = hidden.length === 0 ? "" : ` Hidden and grey: ${listOf(hidden)}.`;
  return `${plane}Every pixel in the colour of its ${noun}${under}. Pixels are squares and are not smoothed. Unassigned pixels are grey and hatched.${left}`;
}

const MAY_BE = "May be";
const BY_SHARES = "By shares, ± 95 %";
const PURE = "Pure";

const columnsIn = (unit: AreaUnit): readonly Column[] => [
  { head: element("span", { "aria-label": "Colour" }, ""), className: "swatch" },
  { head: "Id", numeric: true },
  { head: "Name", heads: true },
  { head: MAY_BE },
  { head: "Pixels", numeric: true },
  { head: "Area", numeric: true },
  { head: BY_SHARES, numeric: true },
  { head: PURE, numeric: true },
  { head: areaHead(unit), numeric: true },
  { head: "Counts/px", numeric: true },
  { head: "Lines that stand out", className: "lines" },
];

function phaseTable(page: Page, labels: Int32Array): Markup {
  const { classes, membership, identities = [] } = page.analysis;
  const calibrated = classes.some(({ areaUm2 }) => areaUm2 !== undefined);
  const shares = modalShares(page.analysis);
  const unit = areaUnitOf(classes);
  const columns = columnsIn(unit);
  const keep = columns.map(({ head }) => {
    if (head === MAY_BE) return identities.length > 0;
    if (head === BY_SHARES) return membership !== undefined;
    if (head === PURE) return shares.some(({ areaOfPure }) => areaOfPure !== undefined);
    return head !== areaHead(unit) || calibrated;
  });
  const chosen = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => keep[i]);
  const interval = areaIntervals(page.analysis);
  const rows = classes.map((phase, column) => {
    const identity = identities.find(({ id }) => id === phase.id);
    return chosen(cells(page, phase, { identity, unit, interval: interval?.[column], share: shares[column] }));
  });
  const none = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const unassigned: Child[] = [
    chip("none", unassignedColour, "hatch"),
    "",
    "Unassigned",
    "",
    formatCount(none),
    formatPercent(none / labels.length),
    "",
    "",
    "",
    "",
    "",
  ];
  const note =
    interval === undefined
      ? "Counts per pixel are means over the pixels of a class."
      : shares[0]?.areaOfShares === undefined
        ? "The 95 % interval is that of the number of pixels by their probabilities, that is, by counting statistics alone; mixed pixels count whole for one class."
        : "Area counts each pixel whole for its largest share. By shares, mixed pixels count for each of their phases, with the 95 % interval by the probabilities and the shares of the pixels, that is, by counting alone: whether these are the right phases is not in it. Pure: pixels that hold at least nine tenths of the phase, as a share of the map.";
  return table(
    chosen(columns),
    rows,
    fragment(
      page.number("Table"),
      `${page.noun === "phase" ? "Phases" : "Classes"}. × is the line's share of the counts over its share in the whole map. ${note}`,
    ),
    none === 0 ? [] : [chosen(unassigned)],
  );
}

/** The area by shares with its interval; without shares, the interval of the labels. */
function intervalCell(ofLabels: number | undefined, share: ModalShare | undefined): Child {
  const { areaOfShares, areaInterval = ofLabels } = share ?? {};
  if (areaInterval === undefined) return "–";
  const decimals = areaInterval < 0.00095 ? 2 : 1;
  const half = formatFixed(100 * areaInterval, decimals);
  return areaOfShares === undefined ? half : `${formatFixed(100 * areaOfShares, decimals)}${THIN_SPACE}±${THIN_SPACE}${half}`;
}

interface CellContext {
  readonly unit: AreaUnit;
  readonly identity: ClassIdentity | undefined;
  readonly interval: number | undefined;
  readonly share: ModalShare | undefined;
}

function areaHead({ name }: AreaUnit): string {
  return `Area, ${name}`;
}

/** For the areas of all classes, in tables and on cards. */
export function areaUnitOf(classes: readonly Pick<PhaseClass, "areaUm2">[]): AreaUnit {
  return areaUnit(classes.reduce((largest, { areaUm2 = 0 }) => Math.max(largest, areaUm2), 0));
}

function cells(page: Page, phase: PhaseClass, { identity, unit, interval, share }: CellContext): Child[] {
  return [
    chip(`c${phase.id}`, phase.colour, colourPattern(phase.colour)),
    String(phase.id),
    page.link("cards", `phase-${phase.id}`, phase.name),
    identity === undefined ? "–" : page.link("names", "names", shortName(identity)),
    formatCount(phase.pixels),
    formatPercent(phase.areaFraction),
    intervalCell(interval, share),
    share?.areaOfPure === undefined ? "–" : formatPercent(share.areaOfPure),
    phase.areaUm2 === undefined ? "–" : formatArea(phase.areaUm2 / unit.um2),
    formatNumber(phase.countsPerPixel),
    outstanding(phase, 4),
  ];
}

/** Lines of which the class has more than the map, strongest difference first; else its strongest lines. */
export function outstanding({ dominantLines }: PhaseClass, most: number): Markup {
  const more = dominantLines.filter(({ ratioToMean, sigma }) => ratioToMean > 1.05 && sigma > 3);
  const shown = (more.length > 0 ? more : dominantLines).slice(0, most);
  return fragment(
    shown.map(({ line, ratioToMean, mayBe }, i) =>
      fragment(
        i === 0 ? "" : ", ",
        element("b", {}, lineText(line)),
        mayBe === undefined ? "" : ` or ${lineText(mayBe)}`,
        `${THIN_SPACE}×${THIN_SPACE}${ratioToMean < 10 ? formatFixed(ratioToMean, 1) : formatNumber(ratioToMean, 2)}`,
      ),
    ),
  );
}

/** A class's colour as a small picture. */
export function chip(id: string, colour: string, pattern: Pattern, size = 16): Markup {
  return trusted(
    figure({ width: size, height: size, description: `Colour ${colour}` }, swatch(`chip-${id}`, colour, pattern, 0, 0, size)),
  );
}

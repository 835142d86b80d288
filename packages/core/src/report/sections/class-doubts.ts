import { formatCount, formatFixed, formatPercent } from "../../numbers.js";
import type { ClassPair, UnexplainedCounts } from "../../pipeline/class-doubts.js";
import type { RareElement } from "../../pipeline/rare-elements.js";
import { lineText } from "../line-notation.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { type Page, paragraph, section, table } from "../report-page.js";

/** Classes that hardly differ, and counts that no class explains. */
export function classDoubtsSection(page: Page): Markup {
  const { doubts } = page.analysis;
  if (doubts === undefined) return fragment();
  const { pairs, ledger, rare = [] } = doubts;
  if (pairs.length === 0 && ledger.length === 0 && rare.length === 0) return fragment();
  return section(
    "class-doubts",
    "Doubts about the classes",
    pairs.length === 0 ? undefined : pairTable(page, pairs),
    ledgerPart(page, ledger),
    rare.length === 0 ? undefined : rareTable(page, rare),
  );
}

/** Pixels named in the table; the others are in `result.json`. */
const SHOWN_PIXELS = 6;

function rareTable(page: Page, rare: readonly RareElement[]): Markup {
  const width = page.analysis.image.counts.navigationShape.at(-1) ?? 1;
  const place = (pixel: number) => `(${pixel % width}, ${Math.floor(pixel / width)})`;
  return table(
    [
      { head: "Element", heads: true },
      { head: "Line" },
      { head: "Pixels", numeric: true },
      { head: "Counts, expected without", numeric: true },
      { head: "σ", numeric: true },
      { head: "Where (x, y)" },
    ],
    rare.map(({ element: symbol, line, couldBe, pixels, counts, expected, significance }): Child[] => [
      [symbol, ...couldBe].join(" or "),
      lineText(line),
      formatCount(pixels.length),
      `${formatCount(counts)}, ${formatFixed(expected, 0)}`,
      formatFixed(significance, 1),
      `${pixels.slice(0, SHOWN_PIXELS).map(place).join(", ")}${pixels.length > SHOWN_PIXELS ? ", …" : ""}`,
    ]),
    fragment(
      page.number("Table"),
      "Elements that no class holds but a few pixels do: pixels whose counts of a line would come by chance in one of a thousand such maps, confirmed by a fit of their spectrum (σ).",
    ),
  );
}

function pairTable(page: Page, pairs: readonly ClassPair[]): Markup {
  return table(
    [
      { head: "Class", heads: true },
      { head: "Most like" },
      { head: "Spectra differ by", numeric: true },
      { head: "Certainty, σ", numeric: true },
      { head: "Lines that tell" },
      { head: "" },
    ],
    pairs.map(({ id, nearest, distance, sigma, deciding, mayMerge }): Child[] => [
      page.nameOf(id),
      page.nameOf(nearest),
      formatPercent(distance),
      formatFixed(sigma, sigma < 10 ? 1 : 0),
      deciding
        .filter(({ line }) => line !== undefined)
        .slice(0, 3)
        .map(({ line, excess }) => `${lineText(line!)} ${excess > 0 ? "more" : "less"}`)
        .join(", "),
      mayMerge ? element("b", {}, "may be one") : "",
    ]),
    fragment(
      page.number("Table"),
      "Each class and the one most like it: share of the counts by which their spectra differ, and how sure it is that they do (likelihood-ratio test of the counts of pure pixels). Below 3 σ counting does not tell the two apart.",
    ),
  );
}

function ledgerPart(page: Page, ledger: readonly UnexplainedCounts[]): Markup {
  if (ledger.length === 0)
    return paragraph("The endmembers explain the counts of every class: no group of channels departs by 5 standard errors.");
  return table(
    [
      { head: "Class", heads: true },
      { head: "Energy, keV", numeric: true },
      { head: "Line" },
      { head: "Counts", numeric: true },
      { head: "σ", numeric: true },
    ],
    ledger.map(({ id, energyKev, line, counts, sigma }): Child[] => [
      page.nameOf(id),
      formatFixed(energyKev, 2),
      line === undefined ? "–" : lineText(line),
      `${counts > 0 ? "+" : ""}${formatCount(counts)}`,
      formatFixed(sigma, 1),
    ]),
    fragment(
      page.number("Table"),
      "Counts that the endmembers do not explain, by class and energy, most certain first; 1 % is allowed for the endmembers' own errors.",
    ),
  );
}

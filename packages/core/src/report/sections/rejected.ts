import type { RejectedCandidate, RejectionReason } from "../../algorithms/find-phases/found-phases.js";
import { countOf, formatCount, formatNumber, formatPercent, listOf } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { type Column, type Page, paragraph, section, table } from "../report-page.js";

const reasons = {
  tiny: "Too small: too few pixels hold nothing else, so that its spectrum cannot be trusted.",
  duplicate: "The same spectrum as a phase that is kept, within counting noise.",
  continuum: "One end of a gradient: calm pixels fill the way to its neighbour, as thickness or absorption does.",
  mixture: "A mixture of kept phases in one pixel, as at boundaries and thin grains.",
  overlap: "Grains over each other: a mixture of kept phases explains it.",
} as const satisfies Record<RejectionReason, string>;

/** So many are listed at once; the rest opens on demand. */
const SHOWN = 10;

const columns: readonly Column[] = [
  { head: "Place, px", heads: true },
  { head: "Area, px", numeric: true },
  { head: "Effect", numeric: true },
  { head: "Why it was not kept" },
  { head: "Explained by" },
];

/** What was looked at and not kept, with the reason. */
export function rejectedSection(page: Page): Markup {
  const rejected = page.analysis.evidence?.rejected ?? [];
  if (page.analysis.evidence === undefined) return fragment();
  if (rejected.length === 0)
    return section("rejected", "Candidates not kept", paragraph("Every candidate that was found was kept."));
  const bySize = rejected.toSorted((a, b) => b.area - a.area || b.effect - a.effect || a.seedPixel - b.seedPixel);
  const [first, others] = [bySize.slice(0, SHOWN), bySize.slice(SHOWN)];
  return section(
    "rejected",
    "Candidates not kept",
    paragraph(
      `${countOf(rejected.length, "candidate")} stood out from the counts and ${rejected.length === 1 ? "is" : "are"} no phase; the largest come first.`,
    ),
    table(
      columns,
      first.map((candidate) => row(page, candidate)),
      fragment(
        page.number("Table"),
        "Candidates that were looked at and not kept. The effect is a chi-square distance from what the phases known then could make.",
      ),
    ),
    rejected.some(({ reason }) => reason === "continuum")
      ? paragraph(
          "Ends of gradients stay phases of their own where the recipe says joinGradients: false; particles that lie buried in a matrix need that, since they fade into it.",
        )
      : undefined,
    others.length === 0
      ? undefined
      : element(
          "details",
          {},
          element("summary", {}, `${countOf(others.length, "smaller candidate")} not kept`),
          element(
            "div",
            {},
            table(
              columns,
              others.map((candidate) => row(page, candidate)),
            ),
          ),
        ),
  );
}

function row(page: Page, { seedPixel, area, effect, reason, explainedBy }: RejectedCandidate): string[] {
  const { width, height } = page.frame;
  const inPlane = seedPixel % (width * height);
  const plane = page.frames.length > 1 ? `, plane ${Math.floor(seedPixel / (width * height)) + 1}` : "";
  const weighed = explainedBy.length > 1 && explainedBy.every(({ weight }) => weight > 0);
  const parents = explainedBy.map(({ id, weight }) =>
    weighed ? `${formatPercent(weight)} ${page.nameOf(id)}` : page.nameOf(id),
  );
  return [
    `x ${inPlane % width}, y ${Math.floor(inPlane / width)}${plane}`,
    formatCount(area),
    formatNumber(effect),
    reasons[reason],
    parents.length === 0 ? "–" : listOf(parents),
  ];
}

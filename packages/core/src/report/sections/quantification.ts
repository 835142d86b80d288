import type { Composition } from "../../algorithms/quantify/composition.js";
import type { FilmComposition } from "../../algorithms/quantify/film-formula.js";
import { formatFixed, formatNumber, THIN_SPACE } from "../../numbers.js";
import type { ThinQuantification } from "../../pipeline/analysis.js";
import { colourPattern } from "../../pipeline/colours/palette.js";
import { lineText } from "../line-notation.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { type Column, type Page, paragraph, section, table } from "../report-page.js";
import { bulkQuantificationSection } from "./bulk-quantification.js";
import { fractionMaps } from "./fraction-maps.js";
import { chip } from "./phases.js";

/** What the classes are made of, with errors, and where each element is. */
export function quantificationSection(page: Page): Markup {
  const { quantification } = page.analysis;
  if (quantification === undefined || quantification.elements.length === 0) return fragment();
  if (quantification.method === "xpp") return bulkQuantificationSection(page, quantification);
  return section(
    "composition",
    "Composition",
    paragraph(
      `${methodText(quantification)} The elements listed are taken to be all there are: fractions sum to 100 %. Errors are one standard error by counting statistics. What lies below the detection limit (Currie 1968) is given as less than that in per cent by mass, and by a dash in atoms.`,
    ),
    compositionTable(page, quantification, "atomic"),
    compositionTable(page, quantification, "mass"),
    compositionMaps(page, quantification),
  );
}

function methodText(quantification: ThinQuantification): string {
  const { lines } = quantification;
  const used = (factors: readonly number[]) =>
    lines.map((line, k) => `${lineText(line)} ${formatNumber(factors[k]!)}`).join(", ");
  if (quantification.method === "zeta-factor") {
    const { takeOffAngleDeg } = quantification;
    const absorbed =
      takeOffAngleDeg === undefined
        ? "absorption not corrected"
        : `corrected for absorption at a take-off angle of ${formatNumber(takeOffAngleDeg)}°`;
    return `By net counts and electron dose after Watanabe and Williams (2006), with the zeta factors ${used(quantification.zetaFactors)} kg/m², ${absorbed}.`;
  }
  const { film } = quantification;
  const absorbed =
    film === undefined
      ? ""
      : `, corrected for absorption in ${formatNumber(film.thicknessNm)} nm of ${formatNumber(film.densityGcm3)} g/cm³ at a take-off angle of ${formatNumber(film.takeOffAngleDeg)}°`;
  return `By the ratios of net counts after Cliff and Lorimer (1975), with the k-factors ${used(quantification.kFactors)}${absorbed}.`;
}

function compositionTable(page: Page, quantification: ThinQuantification, kind: "atomic" | "mass"): Markup {
  const { elements, classes } = quantification;
  const hasThickness = kind === "mass" && quantification.method === "zeta-factor";
  const columns: Column[] = [
    { head: element("span", { "aria-label": "Colour" }, ""), className: "swatch" },
    { head: "Name", heads: true },
    ...elements.map((symbol): Column => ({ head: `${symbol}, ${kind === "atomic" ? "at%" : "wt%"}`, numeric: true })),
    ...(hasThickness ? [{ head: "Mass thickness, µg/cm²", numeric: true }] : []),
  ];
  const rows = classes.flatMap(({ id, composition, detectionLimit }) => {
    const phase = page.analysis.classes.find((one) => one.id === id);
    if (phase === undefined) return [];
    const mark = chip(`${kind}${id}`, phase.colour, colourPattern(phase.colour), 14);
    const cells = elements.map((_, k) => cell(composition, detectionLimit, k, kind));
    return [[mark, phase.name, ...cells, ...(hasThickness ? [thicknessText(composition)] : [])]];
  });
  const what = kind === "atomic" ? "Atomic fractions" : "Mass fractions";
  return table(columns, rows, fragment(page.number("Table"), `${what} of the classes, per cent, with standard errors.`));
}

function cell(composition: Composition | undefined, limit: ArrayLike<number>, k: number, kind: "atomic" | "mass"): Child {
  if (composition === undefined) return element("span", { class: "muted" }, "too few counts");
  const [fraction, error] =
    kind === "atomic"
      ? [composition.atomicFraction[k]!, composition.atomicFractionError[k]!]
      : [composition.massFraction[k]!, composition.massFractionError[k]!];
  if (composition.massFraction[k]! < limit[k]!) {
    return element("span", { class: "muted" }, kind === "mass" ? `<${THIN_SPACE}${percent(limit[k]!, limit[k]!)}` : "–");
  }
  return `${percent(fraction, error)}${THIN_SPACE}±${THIN_SPACE}${formatNumber(100 * error, 2)}`;
}

const KG_M2_TO_UG_CM2 = 1e5;

function thicknessText(composition: FilmComposition | undefined): string {
  const { massThicknessKgM2, massThicknessError } = composition ?? {};
  if (massThicknessKgM2 === undefined || massThicknessError === undefined) return "–";
  return `${formatNumber(KG_M2_TO_UG_CM2 * massThicknessKgM2)} ± ${formatNumber(KG_M2_TO_UG_CM2 * massThicknessError, 2)}`;
}

/** Per cent with as many decimals as the error bears. */
function percent(fraction: number, error: number): string {
  const size = 100 * error;
  return formatFixed(100 * fraction, size >= 1 ? 0 : size >= 0.1 ? 1 : 2);
}

/** Maps of fewer quantified pixels than this share say nothing. */
const LEAST_SHARE_OF_PIXELS = 0.2;

function compositionMaps(page: Page, { elements, atomicFraction, quantifiedPixels }: ThinQuantification): Markup {
  return fractionMaps(page, {
    elements,
    fraction: atomicFraction,
    quantifiedPixels,
    leastShare: LEAST_SHARE_OF_PIXELS,
    quantity: "Atomic fraction",
    unit: "at%",
    caption: "Atomic fractions pixel by pixel; grey where there are too few counts.",
    otherwise: "The maps are in the folder composition.",
  });
}

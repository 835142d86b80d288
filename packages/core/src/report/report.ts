import { ParameterError } from "../errors.js";
import type { Analysis } from "../pipeline/analysis.js";
import { element, fragment, type Markup, trusted } from "./markup.js";
import { type Page, pageOf, type ReportContext } from "./report-page.js";
import { reportStyle } from "./report-style.js";
import { classDoubtsSection } from "./sections/class-doubts.js";
import { classNumberSection } from "./sections/class-number.js";
import { dataSection } from "./sections/data.js";
import { decompositionSection } from "./sections/decomposition.js";
import { identificationSection } from "./sections/identification.js";
import { doubtSection, elementMapsSection, latentSection } from "./sections/maps.js";
import { methodSection, provenanceSection } from "./sections/method.js";
import { overview, summary } from "./sections/overview.js";
import { phaseCards } from "./sections/phase-cards.js";
import { phasesSection } from "./sections/phases.js";
import { quantificationSection } from "./sections/quantification.js";
import { rejectedSection } from "./sections/rejected.js";
import { stabilitySection } from "./sections/stability.js";
import { statisticsSection } from "./sections/statistics.js";
import { trainingSection } from "./sections/training.js";
import { unmixingSection } from "./sections/unmixing.js";
import { upscaledSection } from "./sections/upscaled.js";

export type { ReportContext } from "./report-page.js";

/** Nothing may be loaded and nothing runs; pictures are data inside the file. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** The parts of a report in their order. Those of which an analysis has nothing to say are empty and leave themselves out. */
const reportParts = [
  { id: "phases", title: "Map", make: phasesSection },
  { id: "cards", title: "Classes", make: phaseCards },
  { id: "names", title: "Names", make: identificationSection },
  { id: "class-doubts", title: "Doubts about the classes", make: classDoubtsSection },
  { id: "stability", title: "Stability", make: stabilitySection },
  { id: "composition", title: "Composition", make: quantificationSection },
  { id: "statistics", title: "Grains", make: statisticsSection },
  { id: "highres", title: "Fine masks", make: upscaledSection },
  { id: "rejected", title: "Candidates not kept", make: rejectedSection },
  { id: "elements", title: "Element maps", make: elementMapsSection },
  { id: "components", title: "Components", make: decompositionSection },
  { id: "latent", title: "Latent space", make: latentSection },
  { id: "training", title: "Training", make: trainingSection },
  { id: "number", title: "Number of classes", make: classNumberSection },
  { id: "endmembers", title: "Endmembers", make: unmixingSection },
  { id: "doubt", title: "Doubt", make: doubtSection },
  { id: "data", title: "Data", make: dataSection },
  { id: "method", title: "Method", make: methodSection },
  { id: "provenance", title: "Provenance", make: provenanceSection },
] as const satisfies readonly { id: string; title: string; make(page: Page): Markup }[];

export type ReportSectionId = (typeof reportParts)[number]["id"];

/** The parts that a report can have, in their order, to choose from. */
export const reportSections: readonly { readonly id: ReportSectionId; readonly title: string }[] = reportParts.map(
  ({ id, title }) => ({ id, title }),
);

/** Throws {@link ParameterError} for a name that is no part of a report. */
export function reportSectionsNamed(names: readonly string[]): ReportSectionId[] {
  return names.map((name) => {
    const found = reportSections.find(({ id }) => id === name);
    if (found !== undefined) return found.id;
    throw new ParameterError(`The report has no part ${name}.`, {
      where: "report",
      found: name,
      expected: `some of ${reportSections.map(({ id }) => id).join(", ")}`,
    });
  });
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/**
 * The report of an analysis: one HTML file that opens offline, without scripts and without anything from elsewhere. It follows the
 * reader's light or dark theme, prints on white, and is well-formed XML, too. The same analysis and context give the same text. With `sections` in the context it has these
 * parts alone, and says at its end what was left out.
 */
export function renderReport(analysis: Analysis, context: ReportContext): string {
  const page = pageOf(analysis, context);
  const head = overview(page);
  const parts = partsOf(page).filter(({ content }) => content.markup !== "");
  const html = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("meta", { name: "generator", content: `SIGMA ${context.programVersion}` }),
      element("meta", { name: "description", content: summary(page) }),
      element("title", {}, `${context.inputName}: phase report`),
      element("style", {}, trusted(reportStyle)),
    ),
    element(
      "body",
      {},
      element("a", { class: "skip", href: "#main" }, "Skip to the results"),
      element(
        "div",
        { class: "page" },
        head,
        element(
          "nav",
          { "aria-label": "Contents" },
          element(
            "ul",
            {},
            parts.map(({ id, title }) => element("li", {}, element("a", { href: `#${id}` }, title))),
          ),
        ),
        element(
          "main",
          { id: "main" },
          parts.map(({ content }) => content),
        ),
        element(
          "footer",
          {},
          [`Made by SIGMA ${context.programVersion} from ${context.inputFile ?? context.inputName}.`, leftOut(context)]
            .filter((sentence) => sentence !== undefined)
            .join(" "),
        ),
      ),
    ),
  );
  return `<!DOCTYPE html>\n${fragment(html).markup}\n`;
}

function partsOf(page: Page): Part[] {
  const { sections } = page.context;
  const wanted = reportParts.filter(({ id }) => sections === undefined || sections.includes(id));
  return wanted.map(({ id, title, make }) => {
    const named = id === "cards" && page.noun === "phase" ? "Phases" : title;
    return { id, title: named, content: make(page) };
  });
}

/** Which parts a reader was not given, for the last line; `undefined` where nothing was left out. */
function leftOut({ sections }: ReportContext): string | undefined {
  const titles = reportParts.flatMap(({ id, title }) => (sections === undefined || sections.includes(id) ? [] : [title]));
  return titles.length === 0 ? undefined : `Left out on request: ${titles.join(", ")}.`;
}

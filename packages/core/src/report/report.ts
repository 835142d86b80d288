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

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/**
 * The report of an analysis: one HTML file that opens offline, without scripts and without anything from elsewhere. It follows the
 * reader's light or dark theme, prints on white, and is well-formed XML, too. The same analysis and context give the same text.
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
        element("footer", {}, `Made by SIGMA ${context.programVersion} from ${context.inputFile ?? context.inputName}.`),
      ),
    ),
  );
  return `<!DOCTYPE html>\n${fragment(html).markup}\n`;
}

function partsOf(page: Page): Part[] {
  const phases = page.noun === "phase" ? "Phases" : "Classes";
  return [
    { id: "phases", title: "Map", content: phasesSection(page) },
    { id: "cards", title: phases, content: phaseCards(page) },
    { id: "names", title: "Names", content: identificationSection(page) },
    { id: "class-doubts", title: "Doubts about the classes", content: classDoubtsSection(page) },
    { id: "stability", title: "Stability", content: stabilitySection(page) },
    { id: "composition", title: "Composition", content: quantificationSection(page) },
    { id: "statistics", title: "Grains", content: statisticsSection(page) },
    { id: "highres", title: "Fine masks", content: upscaledSection(page) },
    { id: "rejected", title: "Candidates not kept", content: rejectedSection(page) },
    { id: "elements", title: "Element maps", content: elementMapsSection(page) },
    { id: "components", title: "Components", content: decompositionSection(page) },
    { id: "latent", title: "Latent space", content: latentSection(page) },
    { id: "training", title: "Training", content: trainingSection(page) },
    { id: "number", title: "Number of classes", content: classNumberSection(page) },
    { id: "endmembers", title: "Endmembers", content: unmixingSection(page) },
    { id: "doubt", title: "Doubt", content: doubtSection(page) },
    { id: "data", title: "Data", content: dataSection(page) },
    { id: "method", title: "Method", content: methodSection(page) },
    { id: "provenance", title: "Provenance", content: provenanceSection(page) },
  ];
}

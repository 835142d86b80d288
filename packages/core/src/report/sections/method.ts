import { formatNumber } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { methodsText } from "../methods-text.js";
import { descriptions, type Page, paragraph, readable, section, table } from "../report-page.js";

/** How it was done: choices, a paragraph for a paper with references, constants, the recipe, and where everything comes from. */
export function methodSection(page: Page): Markup {
  const { paragraphs, references } = methodsText(page);
  return section(
    "method",
    "How it was done",
    element(
      "div",
      { class: "prose" },
      paragraphs.map((text) => paragraph(text)),
    ),
    choices(page),
    references.length === 0
      ? undefined
      : element(
          "div",
          { class: "prose references" },
          element("h3", { style: "margin-top:28px;font-size:15px" }, "References"),
          element(
            "ol",
            {},
            references.map((reference) => element("li", {}, reference)),
          ),
        ),
    constants(page),
    element(
      "details",
      {},
      element("summary", {}, "Recipe"),
      element(
        "div",
        {},
        element("pre", { tabindex: "0", "aria-label": "Recipe as JSON" }, JSON.stringify(page.context.recipe, null, 2)),
      ),
    ),
  );
}

function choices({ analysis }: Page): Markup {
  const all = [...new Set(analysis.choices)];
  if (all.length === 0) return fragment();
  return element(
    "div",
    { class: "prose" },
    element("h3", { style: "margin-top:28px;font-size:15px" }, "Chosen from the data"),
    element(
      "ul",
      {},
      all.map((choice) => element("li", {}, readable(choice))),
    ),
  );
}

function constants(page: Page): Markup {
  const list = page.analysis.evidence?.constants ?? [];
  if (list.length === 0) return fragment();
  return element(
    "details",
    {},
    element("summary", {}, `Constants of the method (${list.length})`),
    element(
      "div",
      {},
      table(
        [{ head: "Constant", heads: true }, { head: "Value", numeric: true }, { head: "Unit" }, { head: "Why this value" }],
        list.map(({ name, value, unit, sentence }) => [words(name), formatNumber(value, 4), unit, sentence]),
      ),
    ),
  );
}

/** `poorBinShare` as `Poor bin share`. */
function words(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What is needed to do it again. */
export function provenanceSection({ context }: Page): Markup {
  const timings = context.timings?.map(({ step, seconds }) => `${step} ${formatNumber(seconds, 2)} s`).join(", ");
  return section(
    "provenance",
    "To do it again",
    paragraph("The same file, recipe and program version give the same bytes on every machine."),
    descriptions("meta", [
      ["Input", context.inputFile ?? context.inputName],
      ["SHA-256 of the input", element("code", {}, context.inputSha256)],
      ["SHA-256 of the recipe", element("code", {}, context.recipeSha256)],
      ["Seed", String(context.recipe.seed)],
      ["Program", `SIGMA ${context.programVersion}`],
      ["Date", context.date],
      ["Time taken", timings === "" ? undefined : timings],
    ]),
  );
}

import { countOf, formatCount, formatNumber, formatPercent, listOf, THIN_SPACE, withUnit } from "../../numbers.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { element, fragment, type Markup } from "../markup.js";
import { descriptions, type Page, readable } from "../report-page.js";
import { lengthText, pixelSizeText } from "../scale-bar.js";
import { shortName } from "../short-name.js";

const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/** Title, the result in a paragraph, the facts of the data, and what to be careful about. */
export function overview(page: Page): Markup {
  return fragment(
    element(
      "header",
      {},
      element(
        "p",
        { class: "kicker" },
        ["Phase report", fileName(page), page.context.date].filter((part) => part !== undefined).join(" · "),
      ),
      element("h1", {}, page.context.inputName),
      element("p", { class: "lead" }, summary(page)),
    ),
    facts(page),
    warnings(page),
  );
}

/** The file, where the title does not say it already. */
function fileName({ context }: Page): string | undefined {
  const { inputFile, inputName } = context;
  return inputFile === inputName || inputFile?.replace(/\.[^.]+$/, "") === inputName ? undefined : inputFile;
}

/** The result in words: how many, how large, what is left. */
export function summary(page: Page): string {
  const { classes, labels, unmixing } = page.analysis;
  if (labels === undefined || classes.length === 0) return "No phases were looked for; this report shows the data.";
  const number = WORDS[classes.length] ?? formatCount(classes.length);
  const noun = classes.length === 1 ? page.noun : page.noun === "class" ? "classes" : "phases";
  const verb = classes.length === 1 ? "was" : "were";
  const unassigned = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0) / labels.length;
  const left = unassigned === 0 ? "Every pixel is assigned" : `${formatPercent(unassigned)} of the pixels are left unassigned`;
  const unexplained =
    unmixing === undefined ? "" : `; ${formatPercent(unmixing.unexplainedShare)} of all counts are not explained`;
  return `${number} ${noun} ${verb} found in ${formatCount(labels.length)} pixels. ${areas(page)} ${left}${unexplained}.${names(page)}`;
}

/** The names that stand out, where the classes are not called so already. */
function names({ analysis: { classes, identities = [] } }: Page): string {
  const called = new Set(classes.map(({ name }) => name.toLowerCase()));
  const found = identities.filter(({ verdict }) => verdict === "one").map(shortName);
  const fresh = [...new Set(found)].filter((name) => !called.has(name.toLowerCase()));
  return fresh.length === 0
    ? ""
    : ` ${fresh.length === 1 ? "A name that stands out" : "Names that stand out"} by composition: ${listOf(fresh)}.`;
}

function areas({ analysis }: Page): string {
  const bySize = analysis.classes.toSorted((a, b) => b.areaFraction - a.areaFraction || a.id - b.id);
  const named = bySize.slice(0, 3).map(({ name, areaFraction }) => `${name} (${formatPercent(areaFraction)})`);
  const smallest =
    bySize.length > 4 ? `; the smallest is ${bySize.at(-1)!.name} (${formatPercent(bySize.at(-1)!.areaFraction)})` : "";
  return `By area the largest ${named.length === 1 ? "is" : "are"} ${listOf(named)}${smallest}.`;
}

function facts({ analysis, frame, frames }: Page): Markup {
  const { image, sumSpectrum } = analysis;
  const { beamEnergyKev, detector } = image.metadata;
  const times = `${THIN_SPACE}×${THIN_SPACE}`;
  const pixels = frame.width * frame.height * frames.length;
  const counts = sumSpectrum?.reduce((sum, value) => sum + value, 0);
  const size = frame.pixelSizeUm;
  return descriptions("facts", [
    [
      "Map",
      `${formatCount(frame.width)}${times}${formatCount(frame.height)} px${frames.length > 1 ? `${times}${frames.length}` : ""}`,
    ],
    [
      "Field",
      size === undefined ? undefined : `${lengthText(frame.width * size[0])}${times}${lengthText(frame.height * size[1])}`,
    ],
    ["Pixel", size === undefined ? "not calibrated" : pixelSizeText(size[0])],
    ["Beam", beamEnergyKev === undefined ? undefined : withUnit(beamEnergyKev, "kV")],
    ["Counts", counts === undefined || noCounts(image) ? undefined : formatCount(counts)],
    ["Counts per pixel", counts === undefined || noCounts(image) ? undefined : formatNumber(counts / pixels)],
    [image.channelLines === undefined ? "Channels" : "Element maps", channels(image.counts.channels, image.energyAxis.scale)],
    ["Live time", detector.liveTimeS === undefined ? undefined : withUnit(detector.liveTimeS, "s", 4)],
  ]);
}

/** Intensities of maps have no unit in common: their sum says nothing. */
function noCounts({ counts, channelLines }: SpectrumImage): boolean {
  return channelLines !== undefined && counts.kind === "intensity";
}

function channels(count: number, scaleKev: number | undefined): string {
  return scaleKev === undefined ? formatCount(count) : `${formatCount(count)} of ${withUnit(scaleKev * 1000, "eV")}`;
}

function warnings({ analysis }: Page): Markup {
  const all = [
    ...analysis.image.loadReport.findings.filter(({ severity }) => severity === "warning").map(({ message }) => message),
    ...analysis.warnings,
  ];
  const unique = [...new Set(all)];
  if (unique.length === 0) return fragment();
  return element(
    "aside",
    { class: "notice", "aria-labelledby": "warnings-title" },
    element("h2", { id: "warnings-title" }, countOf(unique.length, "warning")),
    element(
      "ul",
      {},
      unique.map((warning) => element("li", {}, readable(warning))),
    ),
  );
}

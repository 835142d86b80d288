/** What a step gave, in a few words: the step list says it as each ends. */
import { type Analysis, countOf, elementOf, formatCount, formatPercent, type Stage } from "@sigma-eds/core";
import { editWords } from "./edit-words.js";

type Words = (analysis: Analysis) => string | undefined;

/** What the host does before the first step that computes. */
const READ = "read";
/** More names than this are counted. */
const MOST_NAMES = 8;
/** How the step identify begins to say that it could not. */
const NOT_NAMED = "Phases are not named: ";

/** Of steps whose result is not a number of something, what is known afterwards. */
const words: Readonly<Partial<Record<Stage | typeof READ, Words>>> = {
  read: ({ image }) =>
    `${formatCount(pixelsOf(image.counts.navigationShape))} spectra of ${formatCount(image.counts.channels)} channels`,
  crop: sizeOf,
  bin: sizeOf,
  mask: ({ mask }) => mask && `${countOf(mask.filter((value) => value === 0).length, "pixel")} left out`,
  elements: ({ lines }) => {
    const elements = [...new Set(lines.map(elementOf))];
    return `${countOf(elements.length, "element")}${elements.length > 0 && elements.length <= MOST_NAMES ? `: ${elements.join(", ")}` : ""}`;
  },
  "find-phases": ({ evidence, labels }) => {
    if (evidence === undefined) return undefined;
    const found = labels !== undefined && idsOf(labels).size === 0 ? "No phase" : countOf(evidence.phases.length, "phase");
    return `${found}, ${unassigned(labels)}, ${formatPercent(evidence.unexplainedShare)} of counts not explained`;
  },
  decompose: ({ decomposition }) => decomposition && countOf(decomposition.components.length, "component"),
  maps: ({ elementMaps }) => countOf(elementMaps.length, "map"),
  features: ({ features }) => features && `${countOf(features.lines.length, "feature")} of each pixel`,
  normalise: ({ features }) => features && `${countOf(features.lines.length, "feature")} on one scale`,
  embed: ({ latent }) =>
    latent && `${countOf(latent.data.length / latent.dimensions, "pixel")} in ${countOf(latent.dimensions, "dimension")}`,
  cluster: ({ labels }) => labels && `${countOf(idsOf(labels).size, "class", "classes")}, ${unassigned(labels)}`,
  edit: ({ edits, classes }) => {
    const last = edits?.outcomes.at(-1);
    return last && editWords(last, { classes });
  },
  spectra: ({ classes }) => `Spectra of ${countOf(classes.length, "class", "classes")}`,
  stability: ({ stability }) => stability && `Found again in ${countOf(stability.runs, "run")}`,
  statistics: ({ statistics }) => statistics && `${countOf(statistics.grains.grains.length, "grain")} measured`,
  unmix: ({ unmixing }) =>
    unmixing &&
    `${countOf(unmixing.endmembers.length, "endmember")}, ${formatPercent(unmixing.unexplainedShare)} of counts not explained`,
  identify: ({ identities, warnings }) => {
    if (identities === undefined) return leftOut(warnings);
    const names = identities.flatMap(({ verdict, name }) => (verdict === "one" && name !== undefined ? [name] : []));
    const found = `${names.length} of ${countOf(identities.length, "class", "classes")} named`;
    return names.length > 0 && names.length <= MOST_NAMES ? `${found}: ${names.join(", ")}` : found;
  },
  quantify: ({ quantification }) => quantification && `${countOf(quantification.classes.length, "class", "classes")} quantified`,
};

/** That the phases were not named, and why, in the few words that a line holds: the warning says the rest. */
function leftOut(warnings: readonly string[]): string | undefined {
  const warning = warnings.find((sentence) => sentence.startsWith(NOT_NAMED));
  return warning && `Left out: ${warning.slice(NOT_NAMED.length).split(/[.;,]/)[0]}`;
}

/** Undefined for a step that has nothing to say. */
export function stepResult(step: string, analysis: Analysis): string | undefined {
  return words[step as Stage | typeof READ]?.(analysis);
}

function pixelsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function sizeOf({ image }: Analysis): string {
  return `${[...image.counts.navigationShape].reverse().map(formatCount).join(" × ")} pixels`;
}

function idsOf(labels: Int32Array): Set<number> {
  return new Set(labels.filter((label) => label >= 0));
}

function unassigned(labels: Int32Array | undefined): string {
  const without = labels?.reduce((count, label) => count + (label < 0 ? 1 : 0), 0) ?? 0;
  return without === 0 ? "every pixel assigned" : `${formatPercent(without / (labels?.length ?? 1))} of pixels unassigned`;
}

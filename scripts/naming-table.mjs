/**
 * How well `auto` names the seven minerals and how often its 95 % intervals hold the truth: a section of docs/results.md. Printed alone by
 * `npm run results -- --only names` (three minutes), and by `npm run results` with the rest.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "./setup.mjs";

const SEEDS = 20;
const DOSE = 150;
const HEADING = "## Names, areas and compositions";
/** What the phantom's phases are called in the library. */
const rightNames = { carbon: ["graphite"], biotite: ["annite", "phlogopite"], apatite: ["fluorapatite"] };

/** The section, as Markdown. */
export async function namingSection() {
  const core = await import("../packages/core/dist/index.js");
  const { scoreNames } = await import("../packages/core/dist/report/score-names.js");
  const auto = core.presetRecipe("auto");
  const steps = auto.steps.filter(({ step }) => !["maps", "features", "normalise", "embed"].includes(step));
  const recipe = core.parseRecipe({ ...auto, steps });
  const runs = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { image, truth } = await core.makePhantom({
      ...core.phantomPresets["seven-minerals"].parameters,
      countsPerPixel: DOSE,
      seed,
    });
    const { analysis } = await core.runRecipe(image, recipe);
    const scores = scoreNames(analysis, truth, rightNames);
    runs.push(scores);
    process.stderr.write(`names, seed ${seed}: ${scores.filter(({ rank }) => rank === 1).length} of ${scores.length} first\n`);
  }
  return section(runs);
}

/** The section as it stands in the page. */
export function writtenNamingSection() {
  const text = readFileSync(`${root}docs/results.md`, "utf8");
  const start = text.indexOf(HEADING);
  return start < 0 ? "" : text.slice(start);
}

/** Puts the section in the place of the one that docs/results.md has, or at its end. */
export async function writeNamingSection() {
  const path = `${root}docs/results.md`;
  const text = readFileSync(path, "utf8");
  const start = text.indexOf(HEADING);
  const next = start < 0 ? -1 : text.indexOf("\n## ", start + 1);
  const before = start < 0 ? `${text.trimEnd()}\n\n` : text.slice(0, start);
  const made = await namingSection();
  writeFileSync(path, `${before}${made}${next < 0 ? "" : text.slice(next)}`);
  process.stdout.write(made);
}

function section(runs) {
  const phases = runs[0].map(({ phase }) => phase);
  const firsts = runs.map((scores) => scores.filter(({ phase, rank }) => phase !== "carbon" && rank === 1).length);
  const shown = runs.filter((scores) => scores.every(({ rank }) => rank !== undefined)).length;
  const areas = runs.flatMap((scores) => scores.map(({ area }) => area));
  const fractions = runs.flatMap((scores) => scores.flatMap(({ composition }) => composition));
  return [
    HEADING,
    "",
    `Seven minerals, 200 x 150 pixels, ${DOSE} counts per pixel, \`auto\`, seeds 1 to ${SEEDS}: on every seed ${Math.min(...firsts)} or more of the seven are named right at rank 1, all seven on ${firsts.filter((n) => n === 7).length} seeds; the`,
    `true phase is among those shown for every class on ${shown} of ${SEEDS} seeds. The stated 95 % intervals hold the truth for ${percent(areas)} of the areas (by shares of the pixels) and ${percent(fractions)} of the mass fractions`,
    "(standardless; counting and model errors together. The phantom is made by the physics that measures it, so the model's error is not put to the test here; on real standards it is, see [methods/xpp.md](methods/xpp.md)).",
    "The substrate is where intervals of compositions fail: its pixels count as pure from a share of 0.9 on, and what the rest holds, 0.1 % of oxygen, is more than counting explains.",
    "*Error*: median of the absolute differences from the truth. *Interval*: median of half its width.",
    "",
    "| phase | rank 1 | shown | area held | area: error, interval, % of the map | mass fractions held | error, interval, % by mass |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...phases.map((phase, i) =>
      row(
        phase,
        runs.map((scores) => scores[i]),
      ),
    ),
    "",
  ].join("\n");
}

function row(phase, scores) {
  const areas = scores.map(({ area }) => area);
  const fractions = scores.flatMap(({ composition }) => composition);
  const count = (isSo) => `${scores.filter(isSo).length} of ${scores.length}`;
  return `| ${[
    phase,
    count(({ rank }) => rank === 1),
    count(({ rank }) => rank !== undefined),
    count(({ area }) => area?.covers === true),
    errorAndInterval(areas, 3),
    `${fractions.filter(({ covers }) => covers).length} of ${fractions.length}`,
    errorAndInterval(fractions, 2),
  ].join(" | ")} |`;
}

function errorAndInterval(values, digits) {
  const known = values.filter((value) => value !== undefined);
  const error = median(known.map(({ value, truth }) => Math.abs(value - truth)));
  return `${(100 * error).toFixed(digits)}, ${(100 * median(known.map(({ half }) => half))).toFixed(digits)}`;
}

function percent(values) {
  return `${((100 * values.filter((value) => value?.covers).length) / values.length).toFixed(1)} %`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

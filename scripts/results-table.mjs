/**
 * How well phases are found on phantoms whose answer is known: writes docs/results.md. Five seeds at 15, 60, 150 and 600 counts per pixel, the preset
 * `auto` beside SIGMA's chain, every preset at 150 counts, the special cases, and names with areas and compositions. Run: npm run results [-- --seeds 10] [-- --only names | methods | standards] (forty minutes on two cores, most of them for the autoencoder).
 */

import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { namingSection, writeNamingSection, writtenNamingSection } from "./naming-table.mjs";
import { ensureBuilt, ensurePackages, root } from "./setup.mjs";
import { writeStandardsSection } from "./standards-table.mjs";

const DOSES = [15, 60, 150, 600];
const METHODS = ["auto", "sigma-umap-gmm"];
const PRESETS = ["auto", "sigma-umap-gmm", "sigma-umap-hdbscan", "sigma-ae-gmm", "sigma-compat"];
/** Counts per pixel of the table of presets and of the special cases. */
const DOSE = 150;
const DEFAULT_SEEDS = 5;
const CASES = ["thickness-gradient", "gradient-with-inclusions", "rare-grain", "glass-and-oxides"];
/** What each special case must show. */
const purpose = {
  "thickness-gradient": "one phase stays one, whatever its thickness",
  "gradient-with-inclusions": "the gradient adds no phase to the three",
  "rare-grain": "a single grain of 30 pixels is found",
  "glass-and-oxides": "a glass among the oxides it is made of is a phase",
};

if (isMainThread) await main();
else await serve();

async function main() {
  ensurePackages();
  ensureBuilt();
  const only = process.argv[process.argv.indexOf("--only") + 1];
  if (only === "names") return writeNamingSection();
  if (only === "standards") return writeStandardsSection();
  const seeds = Number(process.argv[process.argv.indexOf("--seeds") + 1]) || DEFAULT_SEEDS;
  const results = await runAll(jobsOver(Array.from({ length: seeds }, (_, i) => i + 1)));
  const text = `${page(results, seeds)}\n${only === "methods" ? writtenNamingSection() : await namingSection()}`;
  writeFileSync(`${root}docs/results.md`, text);
  process.stdout.write(text);
}

/** Every run that a table needs, once each: the presets first, since they tell most. */
function jobsOver(seeds) {
  const minerals = (counts, methods) =>
    methods.flatMap((method) => seeds.map((seed) => ({ phantom: "seven-minerals", counts, method, seed })));
  return [
    ...minerals(DOSE, PRESETS),
    ...DOSES.filter((counts) => counts !== DOSE).flatMap((counts) => minerals(counts, METHODS)),
    ...CASES.flatMap((phantom) => seeds.map((seed) => ({ phantom, counts: DOSE, method: "auto", seed }))),
  ];
}

/** Gives jobs to as many workers as there are processors; results come back in the order of the jobs. */
async function runAll(jobs) {
  const results = new Array(jobs.length);
  let next = 0;
  const workers = Array.from(
    { length: Math.min(jobs.length, availableParallelism()) },
    () => new Worker(fileURLToPath(import.meta.url), { workerData: {} }),
  );
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve, reject) => {
          const give = () => {
            const index = next++;
            if (index >= jobs.length) return worker.terminate().then(resolve);
            worker.once("message", (result) => {
              results[index] = { ...jobs[index], ...result };
              const { phantom, counts, method, seed } = jobs[index];
              const { found, truth, rand, similarity } = result;
              process.stderr.write(
                `${phantom} ${counts} ${method} seed ${seed}: ${found}/${truth}, ${rand.toFixed(4)}, ${similarity.toFixed(4)}, ${result.seconds.toFixed(0)} s\n`,
              );
              give();
            });
            worker.postMessage(jobs[index]);
          };
          worker.on("error", reject);
          give();
        }),
    ),
  );
  return results;
}

async function serve() {
  void workerData;
  const core = await import("../packages/core/dist/index.js");
  parentPort.on("message", async (job) => parentPort.postMessage(await trial(core, job)));
}

async function trial(core, { phantom, counts, method, seed }) {
  const { image, truth } = await core.makePhantom({ ...core.phantomPresets[phantom].parameters, countsPerPixel: counts, seed });
  const recipe = recipeOf(core, method, seed);
  const started = performance.now();
  const { analysis } = await core.runRecipe(image, recipe);
  const seconds = (performance.now() - started) / 1000;
  const binning = recipe.steps.find(({ step }) => step === "bin")?.factor ?? 1;
  const { labels, classSpectra, unmixing } = analysis;
  const result = { labels, classSpectra, endmembers: unmixing.endmembers, abundances: unmixing.abundances };
  const score = core.scoreResult(result, core.binnedTruth(truth, binning));
  return {
    found: score.classes,
    truth: score.truePhases,
    missing: score.missing,
    surplus: score.surplus.length,
    rand: score.adjustedRandIndexPure,
    recall: score.recall.mean,
    classSimilarity: score.classCosine.mean,
    similarity: score.endmemberCosine.mean,
    least: score.endmemberCosine.least,
    abundanceError: score.abundanceMeanAbsoluteError,
    seconds,
  };
}

/** The preset's recipe; `auto` without the picture beside it, which decides nothing. */
function recipeOf(core, method, seed) {
  const recipe = core.presetRecipe(method);
  const picture = ["maps", "features", "normalise", "embed"];
  const steps = method === "auto" ? recipe.steps.filter(({ step }) => !picture.includes(step)) : recipe.steps;
  return core.parseRecipe({ ...recipe, seed, steps });
}

function page(results, seeds) {
  const of = (phantom, counts, method) =>
    results.filter((r) => r.phantom === phantom && r.counts === counts && r.method === method);
  return [
    "# Results on phantoms",
    "",
    `Printed by \`npm run results\`: ${seeds} seeds each, no number of phases given to \`auto\`. Medians over the seeds, the worst in brackets.`,
    "",
    "## Seven minerals on a substrate (eight phases)",
    "",
    "200 x 150 pixels. *Right number*: seeds with exactly as many classes as phases, each phase found. *Rand*: adjusted Rand index on pure pixels. *Recall*: share of a phase's pure pixels",
    "in its class, mean over phases. *Similarity*: cosine of endmembers (of class spectra) with the true spectra, mean over phases, a missing phase counting 0. *Abundance error*: mean absolute.",
    "SIGMA's chain is the preset `sigma-umap-gmm`: maps of the lines, 2 x 2 binning, neighbour mean, z-score, UMAP, Gaussian mixture of 8 (it is told the right number), NMF.",
    "",
    "| counts per pixel | method | right number | classes | Rand | recall | endmember similarity | class similarity | abundance error | time, s |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...DOSES.flatMap((counts) => METHODS.map((method) => row([counts, `\`${method}\``], of("seven-minerals", counts, method)))),
    "",
    `## Every preset, seven minerals, ${DOSE} counts per pixel`,
    "",
    "The chains are in [methods/sigma-presets.md](methods/sigma-presets.md). The mixtures are told the right number of classes, `auto` and HDBSCAN are not; NMF takes as many endmembers as classes.",
    "",
    "| preset | right number | classes | Rand | recall | endmember similarity | class similarity | abundance error | time, s |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...PRESETS.map((method) => row([`\`${method}\``], of("seven-minerals", DOSE, method))),
    "",
    `## Special cases, \`auto\`, ${DOSE} counts per pixel`,
    "",
    "| phantom | what must hold | right number | classes | Rand | recall | endmember similarity | class similarity | abundance error | time, s |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...CASES.map((phantom) => row([phantom, purpose[phantom]], of(phantom, DOSE, "auto"))),
    "",
    "Times were taken two at a time on two cores and are only good for comparing rows.",
    "",
  ].join("\n");
}

function row(head, results) {
  const right = results.filter(({ missing, surplus }) => missing.length === 0 && surplus === 0).length;
  const number = (key, digits, worst) =>
    `${median(results.map((r) => r[key])).toFixed(digits)} (${worst(...results.map((r) => r[key])).toFixed(digits)})`;
  const found = results.map(({ found }) => found);
  const cells = [
    ...head,
    `${right} of ${results.length}`,
    `${Math.min(...found)} to ${Math.max(...found)}`,
    number("rand", 4, Math.min),
    number("recall", 3, Math.min),
    number("similarity", 4, Math.min),
    number("classSimilarity", 4, Math.min),
    number("abundanceError", 4, Math.max),
    median(results.map((r) => r.seconds)).toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

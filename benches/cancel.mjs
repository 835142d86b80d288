/**
 * How soon a run ends after it was stopped: every step of each preset that takes longer than a second is begun again and stopped at a quarter, a half and three
 * quarters of its time. The wait counts from the moment that the stop was meant for, so that a step which lets nothing else happen is not flattered. Two threads.
 * Run: npm run bench:cancel [-- auto sigma-umap-gmm ...] [-- --pixels 66000]
 */
import { ensureBuilt, ensurePackages } from "../scripts/setup.mjs";
import { brief } from "./measure.mjs";

const PRESETS = ["auto", "sigma-umap-gmm", "sigma-umap-hdbscan", "sigma-ae-gmm", "sigma-compat"];
const MOMENTS = [0.25, 0.5, 0.75];
const LONG_S = 1;
/** An epoch is as every other: few of them show what a stop costs. */
const EPOCHS = 2;

ensurePackages();
ensureBuilt();
const { makePhantom, parseRecipe, phantomPresets, presetRecipe, runRecipe } = await import("../packages/core/dist/index.js");
const { nodeThreads } = await import("../packages/cli/dist/threads.js");

const words = process.argv.slice(2);
const pixels = Number(words[words.indexOf("--pixels") + 1]) || 66_000;
const named = PRESETS.filter((name) => words.includes(name));
const threads = nodeThreads(2);
const image = await specimen();
console.log(`${image.counts.navigationShape.join(" x ")} pixels\n`);
console.log("| preset | step | takes, s | longest wait after a stop, s |\n| --- | --- | --- | --- |");
for (const preset of named.length > 0 ? named : PRESETS) await measure(preset);
await threads.close();

async function specimen() {
  const height = Math.round(Math.sqrt(pixels / 1.364));
  const size = { width: Math.round(pixels / height), height };
  const { image } = await makePhantom({ ...phantomPresets["seven-minerals"].parameters, ...size, countsPerPixel: 180 });
  return image;
}

async function measure(preset) {
  const recipe = parseRecipe(shortened(presetRecipe(preset)));
  const states = [];
  const clock = () => performance.now();
  let before;
  const { timings } = await runRecipe(image, recipe, {
    threads,
    clock,
    onStep(analysis, step, done) {
      states.push({ step, before });
      before = { analysis, done };
    },
  });
  for (const [i, { step, before: after }] of states.entries()) {
    const { seconds } = timings[i];
    if (seconds < LONG_S) continue;
    let longest = 0;
    for (const moment of MOMENTS) longest = Math.max(longest, await stopped(recipe, after, moment * seconds * 1000));
    console.log(`| ${preset} | ${step} | ${brief(seconds)} | ${brief(longest / 1000)} |`);
  }
}

function shortened(recipe) {
  const steps = recipe.steps.map((entry) => (entry.method === "autoencoder" ? { ...entry, epochs: EPOCHS } : entry));
  return { ...recipe, steps };
}

/** Milliseconds from the moment of the stop to the end of the run. What was remembered makes a second time shorter: where the run ends first, the stop comes earlier. */
async function stopped(recipe, after, milliseconds) {
  const control = new AbortController();
  const meant = performance.now() + milliseconds;
  const timer = setTimeout(() => control.abort(), milliseconds);
  try {
    await runRecipe(image, recipe, { threads, signal: control.signal, ...(after === undefined ? {} : { after }) });
    return milliseconds < 1 ? 0 : await stopped(recipe, after, milliseconds / 4);
  } catch (error) {
    if (error?.name !== "AbortedError") throw error;
    return performance.now() - meant;
  } finally {
    clearTimeout(timer);
  }
}

import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import {
  countOf,
  parseRecipe,
  parseRecipeText,
  presetRecipe,
  type Recipe,
  type ResultDocument,
  runRecipe,
  type TrainedModels,
  throwIfAborted,
  writeResultFolder,
} from "@sigma-eds/core";
import { UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";
import { openImage } from "../image-input.js";
import { type JoinOptions, joinOf } from "../join-options.js";
import { type OutputFolder, openOutputFolder } from "../output-folder.js";
import { withOwnPhases } from "../own-phases.js";
import { phaseTable } from "../phase-table.js";
import { defaultProgressMode, type ProgressMode, progressPrinter } from "../progress.js";
import { withImageFeatures, withMasksOn, withStability } from "../recipe-options.js";
import { sectionsAsked } from "../report-sections.js";
import { withNamedSpectra, withSeedSpectra } from "../seed-spectra.js";
import { withNamedStandards, withStandards } from "../standards.js";
import { nodeThreads } from "../threads.js";

export interface RunOptions extends JoinOptions {
  readonly out: string;
  readonly axes?: readonly string[];
  readonly detectors?: readonly string[];
  readonly frames?: { readonly start: number; readonly end: number };
  readonly preset?: string;
  readonly recipe?: string;
  readonly dataset?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly maxMemory?: number;
  readonly overwrite?: boolean;
  readonly strict?: boolean;
  readonly addImage?: readonly string[];
  readonly imageFeature?: readonly string[];
  readonly masksOn?: string;
  readonly ownPhase?: readonly string[];
  readonly stability?: number;
  readonly seedSpectrum?: readonly string[];
  readonly standard?: readonly string[];
  readonly reportSections?: readonly string[];
  readonly json?: boolean;
  readonly progress?: ProgressMode;
}

/** Share of the machine's memory that counts may take when nothing else is asked. */
const MEMORY_SHARE = 0.6;
/** More threads than this wait for each other more than they help. */
const MOST_THREADS_UNASKED = 4;

/** `sigma run`: a file, or several as one image, through a recipe into a result folder. */
export async function run(paths: readonly string[], options: RunOptions, host: Host): Promise<void> {
  await runInto(paths, await chosenRecipe(options, host.signal), options, host);
}

/** Runs a recipe on files into `options.out`, with models of an earlier run where there are some. */
export async function runInto(
  paths: readonly string[],
  recipe: Recipe,
  options: RunOptions,
  host: Host,
  trained?: TrainedModels,
): Promise<void> {
  const output = await openOutputFolder(options.out, { overwrite: options.overwrite ?? false, marker: "result.json" });
  const progress = progressPrinter(options.progress ?? defaultProgressMode());
  try {
    const document = await analyse({ paths, recipe, options, trained }, output, host, progress);
    throwIfAborted(host.signal);
    await output.commit();
    progress.close();
    host.out(options.json ? `${JSON.stringify(document, null, 2)}\n` : summary(document, options.out));
  } finally {
    progress.close();
    await output.discard();
  }
}

async function chosenRecipe(options: RunOptions, signal: AbortSignal): Promise<Recipe> {
  if (options.recipe !== undefined && options.preset !== undefined) {
    throw new UsageError("--recipe and --preset exclude each other: a recipe says everything that a preset says.");
  }
  const recipe = options.recipe === undefined ? presetRecipe(options.preset ?? "auto") : await recipeIn(options.recipe, signal);
  const seeded = await withSeedSpectra(
    withImageFeatures(recipe.steps, options.imageFeature ?? []),
    options.seedSpectrum ?? [],
    signal,
  );
  const named = await withOwnPhases(seeded, options.ownPhase ?? [], signal);
  const measured = await withStandards(named, options.standard ?? [], signal);
  const steps = withMasksOn(withStability(measured, options.stability), options.masksOn);
  const { seed, dataset, axes, detectors, frames } = options;
  const chosen = { seed, dataset, axes, detectors, frames };
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  return parseRecipe({ ...recipe, steps, ...given });
}

/** A recipe in a file, in which endmembers to start from may be named as files beside it. */
async function recipeIn(path: string, signal: AbortSignal): Promise<Recipe> {
  const text = await readFile(path, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parseRecipeText(text);
  }
  const folder = dirname(path);
  return parseRecipe(await withNamedStandards(await withNamedSpectra(value, folder, signal), folder, signal));
}

interface Job {
  readonly paths: readonly string[];
  readonly recipe: Recipe;
  readonly options: RunOptions;
  readonly trained: TrainedModels | undefined;
}

async function analyse(
  { paths, recipe, options, trained }: Job,
  output: OutputFolder,
  host: Host,
  progress: ReturnType<typeof progressPrinter>,
): Promise<ResultDocument> {
  const { addImage: pictures } = options;
  const reportSections = options.reportSections && sectionsAsked(options.reportSections);
  const { dataset, axes, detectors, frames } = recipe;
  const input = await openImage(paths, {
    dataset,
    join: joinOf(paths, options),
    signal: host.signal,
    axes,
    detectors,
    frames,
    pictures,
  });
  const threads = nodeThreads(options.threads ?? Math.min(availableParallelism(), MOST_THREADS_UNASKED));
  try {
    const { image } = input;
    const inputFiles = await input.hashes();
    const { analysis, timings } = await runRecipe(image, recipe, {
      signal: host.signal,
      onProgress: (event) => progress.show(event),
      clock: () => performance.now(),
      maxCountBytes: options.maxMemory === undefined ? MEMORY_SHARE * totalmem() : options.maxMemory * 2 ** 30,
      strict: options.strict ?? false,
      threads,
      trained,
    });
    // The report is made without them, and each holds memory of its own.
    await threads.close();
    const inputName = input.name(inputFiles);
    return await writeResultFolder({ analysis, recipe, inputFiles, inputName, timings, reportSections }, async (file) => {
      throwIfAborted(host.signal);
      await output.write(file.path, file.bytes);
    });
  } finally {
    await threads.close();
    await input.close();
  }
}

function summary(document: ResultDocument, folder: string): string {
  const seconds = document.timings.reduce((sum, timing) => sum + timing.seconds, 0);
  return [
    phaseTable(document),
    ...document.warnings.map((warning) => `! ${warning}`),
    `${countOf(document.phases.length, "class", "classes")} in ${seconds.toFixed(1)} s. Report: ${join(folder, "report.html")}`,
    "",
  ].join("\n");
}

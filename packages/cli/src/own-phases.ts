/** Phases of a user's from files, put into the recipe: what was run is then complete without them. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { FormatError, type Recipe } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";
import { isRecord, oneByOne } from "./json-records.js";
import { seedSpectrumOf } from "./seed-spectra.js";

type Entry = Recipe["steps"][number] | { readonly step: string };

/**
 * The steps with the phases added to those that `identify` looks for: a spectrum (any file with one, such as .msa) under the name of its file, or a .json with one phase or a list of
 * them, in which `spectrum` may name a file beside it. Throws {@link UsageError} where the recipe does not identify.
 */
export async function withOwnPhases(
  steps: readonly Entry[],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  if (paths.length === 0) return steps;
  if (!steps.some(({ step }) => step === "identify")) {
    throw new UsageError('--own-phase needs a recipe with a step "identify", such as the preset auto.');
  }
  const added: unknown[] = [];
  for (const path of paths) added.push(...(await phasesIn(path, signal)));
  return steps.map((entry) =>
    entry.step === "identify"
      ? { ...entry, ownPhases: [...("ownPhases" in entry ? (entry.ownPhases as readonly unknown[]) : []), ...added] }
      : entry,
  );
}

async function phasesIn(path: string, signal: AbortSignal): Promise<readonly unknown[]> {
  if (!path.toLowerCase().endsWith(".json")) return [await phaseOfSpectrum(path, signal)];
  const content = jsonOf(await readFile(path, "utf8"), path);
  const entries = Array.isArray(content) ? content : [content];
  return oneByOne(entries, (entry) => withNamedSpectrum(entry, dirname(path), signal));
}

async function phaseOfSpectrum(path: string, signal: AbortSignal) {
  const { name, ...spectrum } = await seedSpectrumOf(path, signal);
  return { name, spectrum };
}

/** An entry of a .json whose `spectrum` may be the name of a file; the name of the phase is that of the file where it has none. */
async function withNamedSpectrum(entry: unknown, folder: string, signal: AbortSignal): Promise<unknown> {
  if (!isRecord(entry) || typeof entry["spectrum"] !== "string") return entry;
  const { name, spectrum } = await phaseOfSpectrum(resolve(folder, entry["spectrum"]), signal);
  return { name, ...entry, spectrum };
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError("This is no JSON.", {
      where,
      found: (error as Error).message,
      expected: "a phase or a list of phases, as ownPhases of the step identify has them",
    });
  }
}

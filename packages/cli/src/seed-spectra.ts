/** Spectra of standards from files, put into the recipe: what was run is then complete without them. */
import { basename, resolve } from "node:path";
import { DataCheckError, isEnergyCalibrated, pass, type Recipe, sumSpectrum } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";
import { openInput } from "./input.js";
import { isRecord, oneByOne, withEachStep } from "./json-records.js";

/** As the step `unmix` has it. */
export interface SeedSpectrum {
  readonly name: string;
  readonly energyOffsetKev: number;
  readonly energyScaleKev: number;
  readonly counts: readonly number[];
}

type Entry = Recipe["steps"][number] | { readonly step: string };

/** The spectrum in a file, or the sum of all pixels of a map. Throws {@link DataCheckError} for a file without spectra or without a calibration of energies. */
export async function seedSpectrumOf(path: string, signal: AbortSignal): Promise<SeedSpectrum> {
  const input = await openInput(path, { signal });
  try {
    const image = input.contents.datasets[0];
    if (image === undefined || !isEnergyCalibrated(image.energyAxis)) {
      throw new DataCheckError("The file cannot be an endmember.", {
        where: path,
        found: image === undefined ? "no spectrum" : "a spectrum without energies",
        expected: "a spectrum whose energies are known, for example .msa",
      });
    }
    const [counts] = await pass(image.counts, [sumSpectrum(image.counts)], { signal });
    const { offset, scale } = image.energyAxis;
    const name = basename(path).replace(/\.[^.]+$/, "");
    return { name, energyOffsetKev: offset, energyScaleKev: scale, counts: [...counts] };
  } finally {
    await input.close();
  }
}

/** The steps with the spectra added to what unmixing starts from. Throws {@link UsageError} where the recipe does not unmix. */
export async function withSeedSpectra(
  steps: readonly Entry[],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  if (paths.length === 0) return steps;
  if (!steps.some(({ step }) => step === "unmix")) {
    throw new UsageError('--seed-spectrum needs a recipe with a step "unmix", such as the preset sigma-umap-gmm.');
  }
  const added: SeedSpectrum[] = [];
  for (const path of paths) added.push(await seedSpectrumOf(path, signal));
  return steps.map((entry) => ("seedSpectra" in entry ? { ...entry, seedSpectra: [...entry.seedSpectra, ...added] } : entry));
}

/**
 * A recipe as read from JSON in which `seedSpectra` of a step may name files, relative to `folder`: each name is replaced by the spectrum. What is not of
 * that form is left to the check of the recipe.
 */
export async function withNamedSpectra(recipe: unknown, folder: string, signal: AbortSignal): Promise<unknown> {
  const spectrumOf = async (seed: unknown) =>
    typeof seed === "string" ? await seedSpectrumOf(resolve(folder, seed), signal) : seed;
  return withEachStep(recipe, async (step) => {
    if (!isRecord(step) || !Array.isArray(step["seedSpectra"])) return step;
    return { ...step, seedSpectra: await oneByOne(step["seedSpectra"], spectrumOf) };
  });
}

/** Endmembers that a recipe gives to unmixing: spectra of classes, and spectra from elsewhere with an energy axis of their own. */
import { z } from "zod";
import { requireEnergyAxis } from "../algorithms/preprocess/line-windows.js";
import { resampledSpectrum } from "../algorithms/unmix/resample-spectrum.js";
import { ParameterError } from "../errors.js";
import type { Analysis } from "./analysis.js";

const MOST_CHANNELS = 65_536;

export const seedParameters = {
  seedClasses: z.array(z.int().min(0)).max(200).default([]).meta({
    title: "Classes as endmembers",
    description: "Ids of classes whose spectra are given as endmembers.",
  }),
  seedSpectra: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        energyOffsetKev: z.number(),
        energyScaleKev: z.number().positive(),
        counts: z.array(z.number().min(0)).min(1).max(MOST_CHANNELS),
      }),
    )
    .max(200)
    .default([])
    .meta({
      title: "Spectra as endmembers",
      description:
        "Spectra, of standards for example, that are given as endmembers: name, energy at the middle of channel 0 and channel width (keV), counts.",
    }),
};

export interface Seeds {
  readonly names: readonly string[];
  /** Each float64 [channels] on the energy axis of the data. */
  readonly spectra: readonly Float64Array[];
}

/** The given endmembers, classes first. Throws {@link ParameterError} for a class that does not exist and a spectrum that does not fit. */
export function seedsOf(
  { image, classes, classSpectra }: Analysis,
  { seedClasses, seedSpectra }: z.output<z.ZodObject<typeof seedParameters>>,
): Seeds {
  const ofClasses = seedClasses.map((id) => {
    const at = placeOfClass(classes, id, "seedClasses");
    return { name: classes[at]!.name, spectrum: classSpectra[at]! };
  });
  const axis = seedSpectra.length === 0 ? undefined : requireEnergyAxis(image);
  const given = seedSpectra.map((spectrum) => ({ name: spectrum.name, spectrum: resampledSpectrum(spectrum, axis!) }));
  const all = [...ofClasses, ...given];
  return { names: all.map(({ name }) => name), spectra: all.map(({ spectrum }) => spectrum) };
}

/** Where the class of an id stands in the table. Throws {@link ParameterError} that names the field and the ids that exist. */
export function placeOfClass(classes: Analysis["classes"], id: number, field: string): number {
  const at = classes.findIndex((phase) => phase.id === id);
  if (at >= 0) return at;
  throw new ParameterError("There is no class of this id.", {
    field,
    found: String(id),
    expected: `one of ${classes.map((phase) => phase.id).join(", ")}`,
  });
}

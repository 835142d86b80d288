import { z } from "zod";

const energyRange = z
  .tuple([z.number().min(0).max(1000), z.number().min(0).max(1000)])
  .refine(([from, to]) => from < to, { error: "An energy range must end above its start." });

/** Parameters of find-phases. Every one has a default; on most data none needs to be touched. */
export const findPhasesParameters = z.object({
  detail: z.number().min(0.002).max(0.5).default(0.012).meta({
    title: "Detail",
    unit: "",
    description: "Smallest chi-square distance between two spectra that counts as another phase; lower finds finer differences.",
  }),
  significance: z.number().min(3).max(100).default(8).meta({
    title: "Significance",
    unit: "standard errors",
    description: "How far above counting noise a difference must stand before it is looked at.",
  }),
  smallestGrain: z.number().int().min(1).max(10_000).default(4).meta({
    title: "Smallest grain",
    unit: "pixels",
    description: "Connected pixels that a new phase must fill, at the least; blur of the smoothing may ask for more.",
  }),
  effectiveCounts: z.number().min(100).max(100_000).default(2000).meta({
    title: "Counts per cell",
    unit: "counts",
    description: "How many counts the smoothing gathers around each pixel before spectra are compared.",
  }),
  vacuumThreshold: z.number().min(0).max(0.9).default(0.15).meta({
    title: "Vacuum threshold",
    unit: "of the typical counts per pixel",
    description: "Pixels with fewer counts than this are vacuum or holes and stay unassigned.",
  }),
  maximumPhases: z.number().int().min(1).max(30).default(30).meta({
    title: "Most phases",
    unit: "phases",
    description: "The search stops at this number; it is a guard for time, not a choice of the number of phases.",
  }),
  neighbourCounts: z.number().min(0).max(1000).default(20).meta({
    title: "Weight of neighbours",
    unit: "counts",
    description: "How many counts the eight neighbours are worth when the shares of phases in a pixel are estimated.",
  }),
  lowestEnergyKev: z.number().min(0).max(10).default(0.1).meta({
    title: "Lowest energy",
    unit: "keV",
    description: "Energies below are left out: they hold the zero peak and noise of the electronics.",
  }),
  ignoredEnergiesKev: z.array(energyRange).max(50).default([]).meta({
    title: "Energies to ignore",
    unit: "keV",
    description: "Ranges that must not decide on phases, for example lines of the grid or of the coating.",
  }),
  ignoredElements: z
    .array(z.string().regex(/^[A-Z][a-z]?$/))
    .max(50)
    .default([])
    .meta({
      title: "Elements to ignore",
      unit: "",
      description: "Elements whose lines must not decide on phases, for example C of the coating or Cu of the grid.",
    }),
  correctDrift: z.boolean().default(true).meta({
    title: "Correct gain drift",
    unit: "",
    description: "Puts peaks that wander from row to row back in place when their movement is significant.",
  }),
  correctAbsorption: z.boolean().default(true).meta({
    title: "Correct absorption gradients",
    unit: "",
    description: "Takes out a smooth change of the low energies across the map, as a wedge or a shadow makes it.",
  }),
  joinGradients: z.boolean().default(true).meta({
    title: "Join gradients",
    unit: "",
    description:
      "Two spectra between which calm pixels lead step by step are one phase, as in a zoned grain. Off: they stay two, as particles buried in a matrix should.",
  }),
});

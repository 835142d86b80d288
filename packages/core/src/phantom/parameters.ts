import { z } from "zod";
import { MemoryLimitError, ParameterError } from "../errors.js";

const phase = z.strictObject({
  name: z.string().min(1).meta({ title: "Name", description: "Name of the phase, for example albite." }),
  formula: z
    .string()
    .min(1)
    .meta({ title: "Formula", description: "Chemical formula, for example NaAlSi3O8 or (Mg0.9Fe0.1)2SiO4." }),
});

const rarePhase = phase.extend({
  pixels: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(30)
    .meta({ title: "Pixels", description: "Area of the phase's only grain.", unit: "px" }),
});

/** What a phantom is made of. Every field has a default; {@link phantomParameters}.parse({}) is the preset `seven-minerals`. */
export const phantomParameters = z.strictObject({
  title: z.string().default("Phantom").meta({ title: "Title", description: "Title of the spectrum image." }),
  width: z.number().int().min(4).max(16_384).default(200).meta({ title: "Width", description: "Pixels in x.", unit: "px" }),
  height: z.number().int().min(4).max(16_384).default(150).meta({ title: "Height", description: "Pixels in y.", unit: "px" }),
  countsPerPixel: z
    .number()
    .positive()
    .max(1_000_000)
    .default(180)
    .meta({ title: "Counts per pixel", description: "Expected counts of a pixel, mean over the map, without the zero peak." }),
  channels: z.number().int().min(64).max(65_535).default(2048).meta({ title: "Channels", description: "Energy channels." }),
  channelWidthEv: z
    .number()
    .min(1)
    .max(100)
    .default(10)
    .meta({ title: "Channel width", description: "Energy of a channel.", unit: "eV" }),
  offsetEv: z
    .number()
    .min(-2000)
    .max(2000)
    .default(0)
    .meta({ title: "Offset", description: "Energy at the middle of the first channel.", unit: "eV" }),
  beamEnergyKev: z
    .number()
    .min(1)
    .max(100)
    .default(15)
    .meta({ title: "Beam energy", description: "Energy of the electrons.", unit: "keV" }),
  takeOffAngleDeg: z.number().min(5).max(90).default(35).meta({
    title: "Take-off angle",
    description: "Between the sample's surface and the direction to the detector.",
    unit: "deg",
  }),
  resolutionEv: z
    .number()
    .min(50)
    .max(300)
    .default(130)
    .meta({ title: "Resolution", description: "Full width at half maximum at Mn Ka.", unit: "eV" }),
  window: z
    .enum(["polymer", "beryllium", "none"])
    .default("polymer")
    .meta({ title: "Window", description: "Window of the detector; beryllium shows nothing below 1 keV." }),
  pixelSizeUm: z
    .number()
    .positive()
    .max(1000)
    .default(0.5)
    .meta({ title: "Pixel size", description: "Edge of a pixel.", unit: "um" }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(1)
    .meta({ title: "Seed", description: "Same seed, same phantom." }),
  matrix: phase
    .default({ name: "carbon", formula: "C" })
    .meta({ title: "Matrix", description: "Phase that fills the map behind the particles." }),
  particlePhases: z
    .array(phase)
    .max(30)
    .default([
      { name: "quartz", formula: "SiO2" },
      { name: "albite", formula: "NaAlSi3O8" },
      { name: "orthoclase", formula: "KAlSi3O8" },
      { name: "biotite", formula: "K(Mg1.5Fe1.5)AlSi3O10(OH)2" },
      { name: "apatite", formula: "Ca5(PO4)3F" },
      { name: "ilmenite", formula: "FeTiO3" },
      { name: "dolomite", formula: "CaMg(CO3)2" },
    ])
    .meta({
      title: "Particle phases",
      description: "Phases of the particles, each with the same number of them; without phases there are no particles.",
    }),
  rarePhases: z
    .array(rarePhase)
    .max(20)
    .default([])
    .meta({ title: "Rare phases", description: "Phases that exist as a single grain on top of everything else." }),
  particles: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(90)
    .meta({ title: "Particles", description: "Number of particles, ellipses and polygons, later ones over earlier ones." }),
  smallestRadiusPx: z
    .number()
    .positive()
    .max(1000)
    .default(5)
    .meta({ title: "Smallest radius", description: "Smallest half axis of a particle.", unit: "px" }),
  largestRadiusPx: z
    .number()
    .positive()
    .max(1000)
    .default(18)
    .meta({ title: "Largest radius", description: "Largest half axis of a particle.", unit: "px" }),
  thinShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.15)
    .meta({ title: "Thin particles", description: "Share of particles through which 30 to 65 % of what lies beneath is seen." }),
  blurPx: z
    .number()
    .min(0)
    .max(20)
    .default(1)
    .meta({ title: "Blur", description: "Standard deviation of the interaction volume's Gaussian.", unit: "px" }),
  brightnessGradient: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .meta({ title: "Brightness gradient", description: "Share of all counts lost at the right edge; none is lost at the left." }),
  absorbingMassMgCm2: z.number().min(0).max(100).default(0).meta({
    title: "Absorbing mass",
    description: "Matter of the pixel's own composition that X-rays must pass at the right edge; none at the left.",
    unit: "mg/cm2",
  }),
  gainDrift: z
    .number()
    .min(-0.05)
    .max(0.05)
    .default(0)
    .meta({ title: "Gain drift", description: "Relative change of the energy scale from the first to the last row." }),
  zeroPeakCounts: z
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({ title: "Zero peak", description: "Counts per pixel of the electronics' peak at 0 keV (standard deviation 25 eV)." }),
});

export type PhantomParameters = z.output<typeof phantomParameters>;
/** As a person writes them: everything optional. */
export type PhantomParametersInput = z.input<typeof phantomParameters>;

/** Largest number of shares (pixels x phases) of a phantom: they are held in memory, 12 bytes each while they are made. */
const MOST_SHARES = 3e8;

/**
 * Parameters with their defaults. Throws {@link ParameterError} that names the first field that does not fit, {@link MemoryLimitError}
 * when the map is too large for its truth to be held in memory.
 */
export function parsePhantomParameters(given: PhantomParametersInput): PhantomParameters {
  const parsed = phantomParameters.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys : [];
    throw new ParameterError(`${issue?.message ?? "The parameters do not fit"}.`, {
      where: "phantom",
      field: [...(issue?.path ?? []), ...unknown].join(".") || "parameters",
      remedy: "Leave the field out to have its default.",
    });
  }
  const { width, height, particlePhases, rarePhases } = parsed.data;
  const shares = width * height * (1 + particlePhases.length + rarePhases.length);
  if (shares > MOST_SHARES) {
    throw new MemoryLimitError("The phantom is too large.", {
      where: "phantom",
      found: `${width} x ${height} pixels with ${1 + particlePhases.length + rarePhases.length} phases`,
      expected: `at most ${MOST_SHARES} pixels x phases`,
      remedy: "Choose a smaller map or fewer phases.",
    });
  }
  return parsed.data;
}

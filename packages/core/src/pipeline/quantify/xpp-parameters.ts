/** What a recipe may say of the quantification of bulk samples. */
import { z } from "zod";
import { isElement } from "../../xray/elements.js";

const MOST_CHANNELS = 65_536;

const symbol = z.string().refine(isElement, "Not an element symbol");

const takeOffAngleDeg = z.number().min(5).max(90).optional().meta({
  title: "Take-off angle",
  unit: "deg",
  description:
    "Between the untilted sample's surface and the direction to the detector. Left out: as the file says, or 35 degrees.",
});

const coating = z
  .strictObject({
    material: z.string().min(1).max(100).meta({ title: "Material", description: "Formula of the coating, for example C or Au." }),
    thicknessNm: z.number().positive().max(1000).meta({ title: "Thickness", unit: "nm", description: "Of the coating." }),
    densityGcm3: z.number().positive().max(30).optional().meta({
      title: "Density",
      unit: "g/cm3",
      description: "Of the coating. Left out: that of the element; compounds need it.",
    }),
  })
  .optional()
  .meta({ title: "Coating", description: "Layer on the sample that absorbs X-rays; its elements are not quantified." });

const standard = z
  .strictObject({
    name: z.string().min(1).max(200).meta({ title: "Name", description: "What the standard is called." }),
    formula: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ title: "Formula", description: "Its composition as a formula, for example MgO." }),
    massFractions: z
      .record(symbol, z.number().min(0).max(1))
      .optional()
      .meta({ title: "Mass fractions", description: "Its composition instead of a formula, by element, summing to about 1." }),
    elements: z.array(symbol).max(92).default([]).meta({
      title: "Elements",
      description: "Elements that it is the standard for. Left out: all that no standard before it has.",
    }),
    energyOffsetKev: z.number().meta({ title: "Energy offset", unit: "keV", description: "Energy at the middle of channel 0." }),
    energyScaleKev: z.number().positive().meta({ title: "Channel width", unit: "keV", description: "Energy of one channel." }),
    counts: z.array(z.number().min(0)).min(16).max(MOST_CHANNELS).meta({ title: "Counts", description: "Of every channel." }),
    liveTimeS: z.number().positive().optional().meta({ title: "Live time", unit: "s", description: "Of its spectrum." }),
    beamCurrentNa: z.number().positive().optional().meta({ title: "Beam current", unit: "nA", description: "Of its spectrum." }),
    beamEnergyKev: z
      .number()
      .positive()
      .max(60)
      .optional()
      .meta({ title: "Beam energy", unit: "keV", description: "Of its spectrum. Left out: that of the sample." }),
    takeOffAngleDeg,
    coating,
    relativeError: z.number().min(0).max(1).default(0.005).meta({
      title: "Error of its composition",
      unit: "of the mass fraction",
      description: "Standard error of its mass fractions over themselves.",
    }),
  })
  .refine(
    ({ formula, massFractions }) => (formula === undefined) !== (massFractions === undefined),
    "Give a formula or mass fractions",
  );

export type GivenStandard = z.output<typeof standard>;
export type GivenCoating = NonNullable<z.output<typeof coating>>;

const tied = z.strictObject({
  element: symbol.meta({ title: "Element", description: "What is not measured." }),
  perAtomOf: z
    .array(symbol)
    .min(1)
    .max(92)
    .meta({ title: "Goes with", description: "Elements that it goes with, oxygen not among them." }),
  atoms: z
    .number()
    .positive()
    .max(100)
    .meta({ title: "Atoms", unit: "per atom", description: "How many go with each atom of those." }),
});

export const xppSchema = z.strictObject({
  step: z.literal("quantify"),
  method: z.literal("xpp"),
  elements: z.array(symbol).max(92).default([]).meta({
    title: "Elements",
    description:
      "What to quantify in every class. Left out: what the step identify found in each, else the elements of the marked lines.",
  }),
  lines: z.array(z.string().min(1).max(20)).max(92).default([]).meta({
    title: "Lines",
    description: "Families to use in place of the best excited ones, named by a line of theirs, for example Fe_La.",
  }),
  oxygen: z.enum(["auto", "measured", "stoichiometry", "none"]).default("auto").meta({
    title: "Oxygen",
    description:
      "auto: by the stoichiometry of usual oxides where the line of oxygen shows at least half of what these hold, else by its line; measured: by its line; stoichiometry: always; none: not looked at.",
  }),
  valences: z.record(symbol, z.number().int().min(-4).max(8)).default({}).meta({
    title: "Valences",
    description: "Valences that differ from the usual ones, for example Fe 3; negative ones take oxygen's place.",
  }),
  tied: z.array(tied).max(20).default([]).meta({
    title: "Tied elements",
    description: "Elements that are not measured but go with others, for example 1 C per atom of Ca and Mg in carbonates.",
  }),
  difference: symbol.optional().meta({
    title: "By difference",
    description: "Element that makes up what the others leave to 100 %; needs standards, live times and beam currents.",
  }),
  coating,
  standards: z.array(standard).max(40).default([]).meta({
    title: "Standards",
    description: "Spectra of known composition. Without them the compositions are standardless.",
  }),
  beamEnergyKev: z
    .number()
    .min(1)
    .max(60)
    .optional()
    .meta({ title: "Beam energy", unit: "keV", description: "Left out: as the file says." }),
  takeOffAngleDeg,
  tiltDeg: z.number().min(-45).max(45).default(0).meta({
    title: "Tilt",
    unit: "deg",
    description: "Of the surface towards the detector; negative: away from it.",
  }),
  liveTimeS: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Live time", unit: "s", description: "Of all pixels of the image together. Left out: as the file says." }),
  beamCurrentNa: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Beam current", unit: "nA", description: "Left out: as the file says." }),
  window: z.enum(["polymer", "beryllium", "none"]).default("polymer").meta({
    title: "Detector window",
    description: "What stands before the detector's crystal; it decides how soft lines are weighed where there are no standards.",
  }),
  formula: z
    .strictObject({
      of: z.string().min(1).max(10).meta({ title: "Of", description: "O, cations, or an element." }),
      count: z
        .number()
        .positive()
        .max(200)
        .meta({ title: "Number", unit: "atoms", description: "How many of them a formula unit has." }),
    })
    .optional()
    .meta({
      title: "Formula basis",
      description:
        "What formulas are counted on, for example 8 O for feldspars. Left out: the oxygens of the mineral that the step identify names.",
    }),
  minimumCounts: z.number().min(50).max(1e9).default(1000).meta({
    title: "Fewest counts",
    unit: "counts",
    description: "Classes with fewer counts in their pure pixels are not quantified.",
  }),
  pixels: z.boolean().default(false).meta({
    title: "Pixels",
    description: "Also maps of mass fractions, each pixel with the matrix correction of its class.",
  }),
  minimumPixelCounts: z.number().min(1).max(1e9).default(300).meta({
    title: "Fewest counts of a pixel",
    unit: "net counts",
    description: "Pixels whose lines have fewer net counts together are not quantified.",
  }),
});

export type XppParameters = z.output<typeof xppSchema>;

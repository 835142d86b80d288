/** The entries `{ "step": "edit", "action": ... }` of a recipe: one for each thing that a person does to the classes. */
import { z } from "zod";
import { covarianceTypes } from "../../algorithms/cluster/mixture-model.js";
import { ParameterError } from "../../errors.js";
import { parseGate } from "./gate-expression.js";

const classId = z.int().min(0).max(65_534);
const id = classId.meta({ title: "Class", description: "Id of the class." });
const name = z.string().trim().min(1).max(200);
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, "A colour is written #rrggbb")
  .transform((text) => text.toLowerCase());

const on = z.enum(["latent", "features"]).default("latent").meta({
  title: "What is looked at",
  description: "latent: the places of the pixels in the latent space; features: their element maps.",
});
const nClusters = z.int().min(2).max(100).default(2).meta({
  title: "Number of parts",
  unit: "classes",
  description: "How many classes are made of the one.",
});
const nInit = z.int().min(1).max(100).default(5).meta({
  title: "Number of starts",
  unit: "starts",
  description: "How many times the search starts anew; the best result is kept.",
});

const mode = z.enum(["replace", "add", "subtract", "intersect"]).default("add").meta({
  title: "Combination",
  description:
    "How the region meets the regions before it: it replaces them, joins them, is cut out of them, or only what lies in both stays. A first region that is cut out is cut out of the whole map.",
});
const corners = z
  .array(z.tuple([z.number(), z.number()]))
  .min(3)
  .max(10_000)
  .meta({
    title: "Corners",
    description:
      "Corners of a closed polygon, in order; a place is inside when a ray from it crosses the outline an odd number of times.",
  });
const source = z.enum(["features", "maps"]).default("features").meta({
  title: "Values",
  description: "features: as they are clustered, normalised or not; maps: counts of the element maps.",
});
const expression = z
  .string()
  .min(1)
  .max(2000)
  .superRefine((text, { addIssue }) => {
    try {
      parseGate(text);
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      addIssue({ code: "custom", message: error.message });
    }
  })
  .meta({
    title: "Condition",
    description:
      "Which pixels are taken, for example Fe_Ka > 0.3 and not Si_Ka >= 0.1. Names of X-ray lines, membership (of the most probable class) and entropy (0 to 1), grain_px and grain_um2 (area of the grain), numbers, + - * /, comparisons, and, or, not, parentheses.",
  });

const region = z.discriminatedUnion("on", [
  z.strictObject({
    on: z.literal("latent"),
    corners,
    dimensions: z
      .tuple([z.int().min(0), z.int().min(0)])
      .default([0, 1])
      .meta({ title: "Dimensions", description: "Which two dimensions of the latent space were drawn, counted from 0." }),
    latentSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .meta({
        title: "Latent space",
        description: "SHA-256 of the latent space on which the polygon was drawn; on any other it is not applied.",
      }),
    mode,
  }),
  z.strictObject({
    on: z.literal("map"),
    corners,
    shape: z.array(z.int().min(1)).min(1).max(10).optional().meta({
      title: "Map",
      unit: "pixels",
      description: "Shape of the map on which the polygon was drawn, slowest axis first; on any other it is not applied.",
    }),
    mode,
  }),
  z.strictObject({
    on: z.literal("class"),
    ids: z.array(classId).min(1).max(1000).meta({ title: "Classes", description: "All pixels of these classes." }),
    mode,
  }),
  z.strictObject({ on: z.literal("gate"), expression, of: source, mode }),
]);

const assignment = {
  within: z
    .array(z.union([classId, z.literal("unassigned")]))
    .max(1000)
    .default([])
    .meta({
      title: "Only from",
      description: "Classes from which pixels may be taken. Empty: from all, and from unassigned pixels.",
    }),
  target: z
    .union([z.literal("new"), z.literal("unassigned"), classId])
    .default("new")
    .meta({
      title: "Goes to",
      description: "new: a new class; unassigned: no class; or the id of a class that takes the pixels.",
    }),
  name: name.optional().meta({ title: "Name", description: "Name of the new class. Left out: after its lines." }),
  colour: colour.optional().meta({ title: "Colour", description: "Colour of the new class. Left out: one that no class has." }),
};

function edit<const Action extends string, Shape extends z.ZodRawShape>(action: Action, shape: Shape) {
  return z.strictObject({ step: z.literal("edit"), action: z.literal(action), ...shape });
}

/** Schema of an edit, discriminated by `action`. */
export const editSchema = z.discriminatedUnion("action", [
  edit("merge", {
    ids: z
      .array(classId)
      .min(2)
      .max(1000)
      .meta({ title: "Classes", description: "Classes that become one. The largest keeps its id, name and colour." }),
  }),
  edit("split", {
    id,
    by: z.enum(["grains", "k-means"]).default("grains").meta({
      title: "How",
      description:
        "grains: into connected pieces of the map; k-means: into round groups of like pixels. The largest part keeps the id.",
    }),
    connectivity: z
      .union([z.literal(4), z.literal(8)])
      .default(8)
      .meta({ title: "Neighbours", description: "For grains. 4: pixels that share an edge hang together; 8: or a corner." }),
    minimumPixels: z.int().min(1).max(1_000_000_000).default(1).meta({
      title: "Smallest grain",
      unit: "pixels",
      description: "For grains. Smaller ones stay with the old class.",
    }),
    mostClasses: z.int().min(2).max(1000).default(50).meta({
      title: "Most parts",
      unit: "classes",
      description: "For grains. Only the largest become classes of their own; the rest stay with the old class.",
    }),
    nClusters,
    nInit,
    on,
  }),
  edit("recluster", {
    id,
    method: z.enum(["gaussian-mixture", "k-means"]).default("gaussian-mixture").meta({
      title: "Method",
      description: "How the pixels of the class are put into groups. The largest group keeps the id.",
    }),
    nClusters,
    nInit,
    covarianceType: z.enum(covarianceTypes).default("full").meta({
      title: "Shape of the components",
      description: "For a Gaussian mixture. full: any ellipse each; tied: one for all; diag: along the axes; spherical: circles.",
    }),
    on,
  }),
  edit("smooth", {
    id,
    keepFraction: z.number().gt(0).max(0.5).default(0.13).meta({
      title: "Frequencies kept",
      description:
        "Share of the frequencies of the class's mask that stays, from the lowest: smaller gives rounder outlines. 0.5: all.",
    }),
    threshold: z.number().gt(0).lt(1).default(0.2).meta({
      title: "Threshold",
      description: "Where the smoothed mask lies above it, pixels are of the class: below 0.5 the class grows, above it shrinks.",
    }),
  }),
  edit("polygon", {
    regions: z.array(region).min(1).max(100).meta({
      title: "Regions",
      description: "Polygons in the latent space or on the map, classes and conditions, combined in their order.",
    }),
    ...assignment,
  }),
  edit("gate", { expression, of: source, ...assignment }),
  edit("rename", { id, name: name.meta({ title: "Name", description: "What the class is called." }) }),
  edit("recolour", { id, colour: colour.meta({ title: "Colour", description: "Colour of the class, #rrggbb." }) }),
  edit("keep-colours", {
    colours: z
      .array(z.strictObject({ id: classId, colour }))
      .min(1)
      .max(65_535)
      .meta({
        title: "Colours",
        description:
          "Colours that classes had when they were found before, and colours for the others that go with them. The app writes it where a run finds classes again; classes that are not there are passed over.",
      }),
  }),
  edit("note", {
    id,
    note: z.string().max(10_000).meta({ title: "Note", description: "Anything worth keeping about the class. Empty: no note." }),
  }),
  edit("hide", {
    id,
    hidden: z.boolean().default(true).meta({ title: "Hidden", description: "Hidden classes are not drawn; their data stay." }),
  }),
  edit("lock", {
    id,
    locked: z.boolean().default(true).meta({ title: "Locked", description: "A locked class neither loses nor takes pixels." }),
  }),
  edit("delete", { id }),
  edit("unassigned", {
    include: z.boolean().default(true).meta({
      title: "Count unassigned pixels",
      description: "Whether area fractions are of all pixels, or of the assigned ones only.",
    }),
  }),
]);

/** One edit as in a recipe, defaults filled in. */
export type Edit = z.output<typeof editSchema>;
/** One edit as it may be written, without what is as usual. */
export type EditInput = z.input<typeof editSchema>;
export type EditAction = Edit["action"];
export type EditOf<Action extends EditAction> = Extract<Edit, { readonly action: Action }>;
/** Whether a person made the edit; the app adds others, so that what is found again looks as it did. */
export function isByHand({ action }: Pick<EditInput, "action">): boolean {
  return action !== "keep-colours";
}
/** A part of a selection: a polygon, some classes, or a condition. */
export type Region = EditOf<"polygon">["regions"][number];

import { z } from "zod";
import { FormatError } from "../errors.js";
import type { Analysis, PhaseClass } from "../pipeline/analysis.js";
import type { ClassDoubts } from "../pipeline/class-doubts.js";
import type { ChosenNumber } from "../pipeline/class-number.js";
import type { ClassIdentity } from "../pipeline/identified-classes.js";
import type { Recipe } from "../pipeline/recipe.js";
import type { StepTiming } from "../pipeline/run-recipe.js";
import type { StabilityOfClasses } from "../pipeline/steps/stability.js";
import type { UpscaledMasks } from "../pipeline/upscaled-masks.js";
import { pixelCount } from "../spectrum-image/counts.js";
import type { Finding } from "../spectrum-image/spectrum-image.js";
import { programVersion } from "../version.js";

/** Version of the form of `result.json`. */
const resultSchemaVersion = 1;

export interface InputFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface FileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `result.json`: what was done, to what, with what result, and which files hold it. */
export interface ResultDocument {
  readonly schemaVersion: typeof resultSchemaVersion;
  readonly program: { readonly name: "sigma"; readonly version: string };
  /** `sha256` is that of the first file; a set of files lists each. */
  readonly input: {
    readonly sha256: string;
    readonly files: readonly InputFile[];
    readonly dataset: number;
    readonly title: string;
  };
  readonly recipe: { readonly sha256: string; readonly name: string | undefined };
  readonly seed: number;
  /** SHA-256 of `labels` as little-endian int32, row-major: equal on every machine for the same input, recipe and version. */
  readonly labelsSha256: string | undefined;
  readonly shape: readonly number[];
  readonly channels: number;
  readonly pixels: number;
  readonly unassignedPixels: number;
  readonly unexplainedShare: number | undefined;
  readonly phases: readonly PhaseClass[];
  /** What the phases may be called, by id; undefined where no step identified them. */
  readonly identities: readonly ClassIdentity[] | undefined;
  /** Classes that hardly differ, and counts that none explains. */
  readonly doubts: ClassDoubts | undefined;
  /** How the number of classes was chosen, where it was. */
  readonly classNumber: ChosenNumber | undefined;
  /** How far the classes are found again; the map is in `stability.npy`. */
  readonly stability: Omit<StabilityOfClasses, "pixels"> | undefined;
  /** Masks on the grid of a finer picture: which, how fine, and how well the two agree. */
  readonly upscaled: Omit<UpscaledMasks, "labels"> | undefined;
  readonly choices: readonly string[];
  readonly warnings: readonly string[];
  readonly loadFindings: readonly Finding[];
  readonly timings: readonly StepTiming[];
  readonly files: readonly FileEntry[];
}

export interface ResultDocumentParts {
  readonly analysis: Analysis;
  readonly recipe: Recipe;
  readonly recipeSha256: string;
  readonly inputFiles: readonly InputFile[];
  readonly labelsSha256: string | undefined;
  readonly timings: readonly StepTiming[];
  readonly files: readonly FileEntry[];
}

export function resultDocument(parts: ResultDocumentParts): ResultDocument {
  const { analysis, recipe } = parts;
  const { image, labels } = analysis;
  const pixels = pixelCount(image.counts.navigationShape);
  return {
    schemaVersion: resultSchemaVersion,
    program: { name: "sigma", version: programVersion },
    input: { sha256: parts.inputFiles[0]?.sha256 ?? "", files: parts.inputFiles, dataset: recipe.dataset, title: image.title },
    recipe: { sha256: parts.recipeSha256, name: recipe.name },
    seed: recipe.seed,
    labelsSha256: parts.labelsSha256,
    shape: image.counts.navigationShape,
    channels: image.counts.channels,
    pixels,
    unassignedPixels: labels === undefined ? pixels : labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0),
    unexplainedShare: analysis.unmixing?.unexplainedShare,
    phases: analysis.classes,
    identities: analysis.identities,
    doubts: analysis.doubts,
    classNumber: analysis.classNumber,
    stability: withoutPixels(analysis.stability),
    upscaled: withoutLabels(analysis.upscaled),
    choices: analysis.choices,
    warnings: analysis.warnings,
    loadFindings: image.loadReport.findings,
    timings: parts.timings,
    files: parts.files,
  };
}

function withoutPixels(stability: StabilityOfClasses | undefined): ResultDocument["stability"] {
  if (stability === undefined) return undefined;
  const { pixels: _, ...facts } = stability;
  return facts;
}

function withoutLabels(upscaled: UpscaledMasks | undefined): ResultDocument["upscaled"] {
  if (upscaled === undefined) return undefined;
  const { labels: _, ...facts } = upscaled;
  return facts;
}

/** What other programs of ours read of a `result.json`. */
const form = z.object({
  schemaVersion: z.literal(resultSchemaVersion),
  phases: z.array(z.object({ id: z.int().min(0), name: z.string().optional(), areaFraction: z.number().optional() })),
  files: z.array(z.object({ path: z.string() })),
});

/** The phases and files that a `result.json` lists. Throws {@link FormatError} for a text that is none. */
export function parseResultDocument(text: string, where: string): z.output<typeof form> {
  const parsed = form.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new FormatError("This is not the result.json of a result.", {
    where,
    field: issue?.path.map(String).join("."),
    found: issue?.message,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A whole result: every file of the folder, and last `result.json`, which lists them. The same bytes whoever asks. */
import type { Analysis } from "../pipeline/analysis.js";
import { canonicalJson } from "../pipeline/canonical-json.js";
import type { Recipe } from "../pipeline/recipe.js";
import type { StepTiming } from "../pipeline/run-recipe.js";
import { sha256OfBytes } from "../spectrum-image/hashes.js";
import { programVersion } from "../version.js";
import { type ReportContext, type ReportSectionId, renderReport } from "./report.js";
import { type FileEntry, type InputFile, type ResultDocument, resultDocument } from "./result-document.js";
import { type ResultFile, resultFiles } from "./result-files.js";

export interface ResultFolderParts {
  readonly analysis: Analysis;
  readonly recipe: Recipe;
  /** Every file that was read, the named one first. */
  readonly inputFiles: readonly InputFile[];
  /** For titles: the name of the file, or of the first one and how many there are. */
  readonly inputName: string;
  readonly timings: readonly StepTiming[];
  /** Ids of the parts of the report, see `reportSections`. Left out: all of them. */
  readonly reportSections?: readonly ReportSectionId[] | undefined;
}

/** Gives every file to `write`, one after the other, and the document that lists them, which `write` gets last as `result.json`. */
export async function writeResultFolder(
  { analysis, recipe, inputFiles, inputName, timings, reportSections }: ResultFolderParts,
  write: (file: ResultFile) => Promise<void>,
): Promise<ResultDocument> {
  const encoder = new TextEncoder();
  const context = await contextOf({ analysis, recipe, inputFiles, inputName, reportSections });
  const files: FileEntry[] = [];
  for (const file of resultFiles(analysis, context)) {
    await write(file);
    files.push({ path: file.path, bytes: file.bytes.length, sha256: await sha256OfBytes(file.bytes) });
  }
  const labelsSha256 = await sha256OfLabels(analysis.labels);
  const document = resultDocument({
    analysis,
    recipe,
    recipeSha256: context.recipeSha256,
    inputFiles,
    labelsSha256,
    timings,
    files,
  });
  await write({ path: "result.json", bytes: encoder.encode(`${JSON.stringify(document, null, 2)}\n`) });
  return document;
}

/** `report.html` alone: the same bytes as in the folder. */
export async function reportOf(parts: Omit<ResultFolderParts, "timings">): Promise<string> {
  return renderReport(parts.analysis, await contextOf(parts));
}

async function contextOf(parts: Omit<ResultFolderParts, "timings">): Promise<ReportContext> {
  const { analysis, recipe, inputFiles, inputName, reportSections: sections } = parts;
  return {
    inputName: analysis.image.title,
    inputFile: inputName,
    inputSha256: inputFiles[0]?.sha256 ?? "",
    recipe,
    recipeSha256: await sha256OfBytes(new TextEncoder().encode(canonicalJson(recipe))),
    programVersion,
    sections,
  };
}

/** SHA-256 of the labels as little-endian int32; undefined where there are none. */
export async function sha256OfLabels(labels: Int32Array | undefined): Promise<string | undefined> {
  if (labels === undefined) return undefined;
  return sha256OfBytes(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
}

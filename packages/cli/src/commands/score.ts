import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  binnedTruth,
  DataCheckError,
  FormatError,
  type PhantomTruth,
  parseMsa,
  parseResultDocument,
  parseTruth,
  readNpy,
  type Score,
  scoreResult,
} from "@sigma-eds/core";
import type { Host } from "../host.js";
import { aligned } from "../phase-table.js";

export interface ScoreOptions {
  readonly json?: boolean;
}

/** `sigma score`: how well a result folder agrees with the truth of a phantom. */
export async function score(resultFolder: string, truthPath: string, options: ScoreOptions, host: Host): Promise<void> {
  const truth = await readTruth(truthPath);
  const { labels, shape } = await readLabels(resultFolder);
  const matching = truthLike(truth, shape, resultFolder);
  const document = scoreResult({ labels, ...(await readSpectra(resultFolder)) }, matching);
  host.out(options.json ? `${JSON.stringify(document, null, 2)}\n` : forPeople(document));
}

async function readTruth(path: string): Promise<PhantomTruth> {
  const file = (await stat(path)).isDirectory() ? join(path, "truth.json") : path;
  return parseTruth(await readFile(file, "utf8"), file);
}

async function readLabels(folder: string): Promise<{ labels: Int32Array; shape: readonly number[] }> {
  const file = join(folder, "labels.npy");
  const { data, shape } = readNpy(await readFile(file), file);
  if (!(data instanceof Int32Array)) throw new FormatError("Labels must be 32-bit integers.", { where: file });
  return { labels: data, shape };
}

/** The truth binned as the result is. Throws {@link DataCheckError} when the result cannot be of this phantom. */
function truthLike(truth: PhantomTruth, shape: readonly number[], folder: string): PhantomTruth {
  const [height = 1, width = 1] = shape;
  const factor = Math.max(1, Math.floor(truth.width / width));
  if (shape.length === 2 && Math.floor(truth.width / factor) === width && Math.floor(truth.height / factor) === height) {
    return binnedTruth(truth, factor);
  }
  throw new DataCheckError("The result is not of this phantom.", {
    where: folder,
    found: `labels of ${shape.join(" x ")} pixels`,
    expected: `${truth.height} x ${truth.width}, or that binned`,
    remedy: "Give the truth.json that was written with the file that was analysed.",
  });
}

async function readSpectra(folder: string) {
  const { phases, files } = parseResultDocument(await readFile(join(folder, "result.json"), "utf8"), folder);
  const held = new Set(files.map(({ path }) => path));
  const classSpectra = await Promise.all(phases.map(({ id }) => spectrum(folder, `spectra/class-${id}.msa`)));
  const names = [...held].filter((path) => path.startsWith("endmembers/")).length;
  const endmembers = await Promise.all(
    Array.from({ length: names }, (_, j) => spectrum(folder, `endmembers/endmember-${j}.msa`)),
  );
  if (!held.has("abundances.npy")) return { classSpectra, endmembers };
  const { data } = readNpy(await readFile(join(folder, "abundances.npy")));
  return { classSpectra, endmembers, abundances: data instanceof Float32Array ? data : Float32Array.from(data) };
}

async function spectrum(folder: string, name: string): Promise<Float64Array> {
  const file = join(folder, name);
  return Float64Array.from(parseMsa(await readFile(file, "latin1"), file).values);
}

function forPeople(document: Score): string {
  const percent = (value: number | undefined): string => (value === undefined ? "-" : (100 * value).toFixed(1));
  const cosine = (value: number | undefined): string => (value === undefined ? "-" : value.toFixed(4));
  const rows = document.phases.map((phase) => [
    phase.name,
    phase.matchedClass === undefined ? "none" : String(phase.matchedClass),
    String(phase.pixels),
    percent(phase.recall),
    percent(phase.precision),
    cosine(phase.classCosine),
    cosine(phase.endmemberCosine),
    phase.abundance?.correlation?.toFixed(3) ?? "-",
  ]);
  const header = ["phase", "class", "pixels", "recall %", "precision %", "class cosine", "endmember cosine", "abundance r"];
  return [
    aligned([header, ...rows], [false, true, true, true, true, true, true, true]),
    "",
    `Phases found      ${document.phasesFound} of ${document.truePhases}, ${document.surplus.length} surplus${document.missing.length > 0 ? `; missing: ${document.missing.join(", ")}` : ""}`,
    `Adjusted Rand     ${document.adjustedRandIndexPure.toFixed(4)} on pure pixels, ${document.adjustedRandIndex.toFixed(4)} on all`,
    `Endmember cosine  ${cosine(document.endmemberCosine?.mean)} mean, ${cosine(document.endmemberCosine?.least)} least`,
    "",
  ].join("\n");
}

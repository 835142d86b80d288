/** Opens a `.ser` file, or an `.emi` file with all `.ser` files that belong to it. */
import { FormatError, isSigmaError, type SigmaError, throwIfAborted } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { FileContents, OpenOptions } from "../format.js";
import { type EmiObject, readEmiObjects } from "./emi-objects.js";
import { readSerElement, readSerHeader } from "./ser-header.js";
import { imagesOfSer } from "./ser-images.js";
import { spectraOfSer } from "./ser-spectra.js";

/** Numbers that are missing in a row before the search for `_1.ser`, `_2.ser` ... ends. */
const MOST_MISSING = 10;

/** Opens the set. Throws FormatError and UnsupportedError; in a set, files that cannot be read are left out and reported. */
export async function openTia(source: ByteSource, options: OpenOptions = {}): Promise<FileContents> {
  const head = await source.read(0, Math.min(2, source.size), options.signal);
  const set = head[0] === 0x4a && head[1] === 0x4b ? await openEmi(source, options) : await openSer(source, options);
  return { format: "tia", ...set };
}

interface SerSet {
  readonly datasets: readonly SpectrumImage[];
  readonly images: readonly NavigationImage[];
}

async function openSer(source: ByteSource, { signal }: OpenOptions): Promise<SerSet> {
  const [, base, number] = /^(.*)_(\d+)\.ser$/i.exec(source.name) ?? [];
  const emi = base === undefined ? undefined : await source.sibling(`${base}.emi`);
  if (emi === undefined) return readSer(source, [], signal);
  const { objects } = await readEmiObjects(emi, signal);
  const earlier = await Promise.all(
    Array.from({ length: Math.min(Number(number), 100) - 1 }, (_, i) => source.sibling(`${base}_${i + 1}.ser`)),
  );
  for (const file of earlier) if (file !== undefined) await contentOf(file, objects, signal);
  return readSer(source, objects, signal);
}

/** Takes the object of an earlier file of the set out of the list. */
async function contentOf(source: ByteSource, objects: EmiObject[], signal: AbortSignal | undefined): Promise<void> {
  try {
    takeObject(objects, (await readSerHeader(source, signal)).content);
  } catch (error) {
    throwIfAborted(signal);
    if (!isSigmaError(error)) throw error;
  }
}

async function openEmi(source: ByteSource, { signal }: OpenOptions): Promise<SerSet> {
  const { objects, damaged } = await readEmiObjects(source, signal);
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const problems: SigmaError[] = [];
  for await (const file of serFiles(source)) {
    try {
      const set = await readSer(file, objects, signal);
      datasets.push(...set.datasets);
      images.push(...set.images);
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push(error);
    }
  }
  if (datasets.length + images.length === 0) throw problems[0] ?? withoutSer(source);
  const findings = reported(problems, damaged);
  return { datasets: datasets.map((dataset) => withFindings(dataset, findings)), images };
}

async function* serFiles(source: ByteSource) {
  const base = source.name.replace(/\.emi$/i, "");
  for (let number = 1, missing = 0; missing < MOST_MISSING; number++) {
    const file = await source.sibling(`${base}_${number}.ser`);
    missing = file === undefined ? missing + 1 : 0;
    if (file !== undefined) yield file;
  }
}

function withoutSer(source: ByteSource): FormatError {
  const base = source.name.replace(/\.emi$/i, "");
  return new FormatError("The data are in other files, which are not here.", {
    where: source.name,
    expected: `${base}_1.ser in the same folder`,
    remedy: "Put the .ser files beside the .emi file, or open them together.",
  });
}

async function readSer(source: ByteSource, objects: EmiObject[], signal: AbortSignal | undefined): Promise<SerSet> {
  const header = await readSerHeader(source, signal);
  const object = takeObject(objects, header.content);
  const element = await readSerElement(source, header, signal);
  if (header.content === "images") return { datasets: [], images: await imagesOfSer(source, header, element, signal) };
  return { datasets: [await spectraOfSer(source, header, element, object, signal)], images: [] };
}

function takeObject(objects: EmiObject[], content: EmiObject["content"]): EmiObject | undefined {
  const index = objects.findIndex((object) => object.content === content);
  return index < 0 ? undefined : objects.splice(index, 1)[0];
}

function reported(problems: readonly SigmaError[], damaged: number): Finding[] {
  const findings: Finding[] = problems.map((problem) => ({
    severity: "warning",
    code: "file-left-out",
    message: `A file of the set was left out. ${problem.message}`,
  }));
  if (damaged > 0) {
    findings.push({
      severity: "warning",
      code: "damaged-metadata",
      message: `The .emi file holds ${damaged} description(s) that are not well-formed XML; they were left out.`,
    });
  }
  return findings;
}

function withFindings(dataset: SpectrumImage, findings: readonly Finding[]): SpectrumImage {
  if (findings.length === 0) return dataset;
  return { ...dataset, loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] } };
}

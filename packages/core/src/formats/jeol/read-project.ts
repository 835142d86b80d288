/** `.ASW`: the list of samples, their views, and the files of each view. */
import { FormatError, isSigmaError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { FileContents } from "../format.js";
import { type JeolKind, kindOf } from "./jeol-format.js";
import { findTag, readTagTree, type TagNode, tagText } from "./tag-tree.js";

const TREE_AT = 12;
const MOST_FILES = 10_000;

type Content = Pick<FileContents, "datasets" | "images">;
type ReadFile = (source: ByteSource, kind: JeolKind, signal: AbortSignal | undefined) => Promise<Content>;

interface View {
  readonly name: string;
  /** Paths below the folder of the project. */
  readonly files: readonly string[];
}

/** Reads every file of the project; pictures go with the map of their view. Throws FormatError when nothing of it is there. */
export async function readProject(source: ByteSource, read: ReadFile, signal: AbortSignal | undefined): Promise<Content> {
  const views = viewsOf(await readTagTree(source, TREE_AT, signal));
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const findings: Finding[] = [];
  for (const view of views) {
    const content = await readView(source, view, read, findings, signal);
    datasets.push(...content.datasets);
    images.push(...content.images);
  }
  if (datasets.length + images.length === 0) throw nothingFound(source, views);
  return { datasets: datasets.map((dataset) => withFindings(dataset, findings)), images };
}

function viewsOf(tree: TagNode): View[] {
  const samples = findTag(tree, "SampleInfo")?.children ?? [];
  const views = samples.flatMap((sample) => findTag(sample, "ViewInfo")?.children ?? []);
  return views.map((view) => ({
    name: tagText(view, "Memo") ?? view.name,
    files: (findTag(view, "ViewData")?.children ?? [])
      .flatMap((file) => tagText(file, "Filename") ?? [])
      .map((path) =>
        path
          .split(/[\\/]/)
          .filter((part) => part !== "" && part !== ".")
          .join("/"),
      )
      .slice(0, MOST_FILES),
  }));
}

/** Pictures stand before the map that they were taken with, or belong to the only map of the view; others stay by themselves. */
async function readView(
  source: ByteSource,
  view: View,
  read: ReadFile,
  findings: Finding[],
  signal: AbortSignal | undefined,
): Promise<Content> {
  const datasets: SpectrumImage[] = [];
  let images: readonly NavigationImage[] = [];
  for (const path of view.files) {
    const content = await readPart(source, path, read, signal);
    if (typeof content === "string") {
      findings.push({ severity: "warning", code: "file-left-out", message: `A file of ${view.name} was left out: ${content}` });
      continue;
    }
    images = [...images, ...content.images];
    for (const dataset of content.datasets) {
      datasets.push(isMap(dataset) ? withImages(dataset, images) : dataset);
      if (isMap(dataset)) images = [];
    }
  }
  if (datasets.filter(isMap).length !== 1) return { datasets, images };
  return { datasets: datasets.map((dataset) => (isMap(dataset) ? withImages(dataset, images) : dataset)), images: [] };
}

function isMap({ navigationAxes }: SpectrumImage): boolean {
  return navigationAxes.length > 0;
}

/** What a file holds, or the reason why nothing of it can be read. */
async function readPart(
  source: ByteSource,
  path: string,
  read: ReadFile,
  signal: AbortSignal | undefined,
): Promise<Content | string> {
  const file = (await source.sibling(path)) ?? (await source.sibling(path.split("/").at(-1)!));
  if (file === undefined) return `${path} is missing.`;
  try {
    const kind = kindOf(await file.read(0, Math.min(64, file.size), signal));
    if (kind === undefined || kind === "project") return `${path} is of a kind that is not read.`;
    return await read(file, kind, signal);
  } catch (error) {
    if (!isSigmaError(error) || error.tag === "aborted") throw error;
    return error.message;
  }
}

function withImages(dataset: SpectrumImage, images: readonly NavigationImage[]): SpectrumImage {
  return { ...dataset, images: [...dataset.images, ...images] };
}

function withFindings(dataset: SpectrumImage, findings: readonly Finding[]): SpectrumImage {
  return { ...dataset, loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] } };
}

function nothingFound(source: ByteSource, views: readonly View[]): FormatError {
  const files = views.flatMap((view) => view.files);
  return new FormatError("Nothing of the project can be read.", {
    where: source.name,
    field: "SampleInfo/ViewInfo/ViewData/Filename",
    found: files.length === 0 ? "no files in the list" : `none of ${files.length} files, beginning with ${files[0]}`,
    remedy: "Keep the folder of the project together, or open its .pts files directly.",
  });
}

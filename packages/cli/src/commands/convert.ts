import { basename, dirname, extname, resolve } from "node:path";
import {
  DataCheckError,
  type FileContents,
  type NavigationImage,
  pictureFiles,
  type SpectrumImage,
  throwIfAborted,
  type Writer,
  type WrittenFile,
  writers,
} from "@sigma-eds/core";
import { UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";
import { openImage } from "../image-input.js";
import { chooseDataset, openInput } from "../input.js";
import { type JoinOptions, joinOf } from "../join-options.js";
import { checkFree, type OutputFile, writeFiles } from "../output-files.js";
import { defaultProgressMode, type ProgressMode, progressPrinter } from "../progress.js";

export interface ConvertOptions extends JoinOptions {
  readonly dataset?: number;
  readonly image?: number;
  readonly axes?: readonly string[];
  readonly detectors?: readonly string[];
  readonly frames?: { readonly start: number; readonly end: number };
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly progress?: ProgressMode;
}

/** `sigma convert`: a dataset of a file, or of several joined into one, or a picture, into a file of another kind, which its extension names. */
export async function convert(paths: readonly string[], out: string, options: ConvertOptions, host: Host): Promise<void> {
  if (paths.length === 0) throw new UsageError(`${out} is the only file that was named: name the file to write after it.`);
  const writer = writerOf(out);
  if (paths.some((path) => resolve(path) === resolve(out))) {
    throw new UsageError(`${out} is the file that is read: give the new one another name.`);
  }
  if (options.image !== undefined && options.dataset !== undefined) {
    throw new UsageError("--image and --dataset exclude each other.");
  }
  if (options.image !== undefined && (options.stack === true || options.mosaic !== undefined)) {
    throw new UsageError("--image takes a picture of one file: it excludes --stack and --mosaic.");
  }
  if (options.image !== undefined && writer !== writers.tif) throw new UsageError("Pictures are written as .tif only.");
  await checkFree(resolve(out), options.overwrite ?? false);
  const input = await openSource(paths, writer, options, host);
  const progress = progressPrinter(options.progress ?? defaultProgressMode());
  try {
    const stem = basename(out, extname(out));
    const files = await input.files(stem, {
      signal: host.signal,
      onProgress: (fraction) => progress.show({ step: 1, steps: 1, title: "Convert", fraction }),
    });
    // The first file gets the name as the user spelled it.
    const named = files.map((file, i) => ({ name: i === 0 ? basename(out) : file.name, content: watched(file, host.signal) }));
    const written = await writeFiles(dirname(out), named, options.overwrite ?? false);
    progress.close();
    host.out(options.json ? `${JSON.stringify({ files: written }, null, 2)}\n` : written.map(line).join(""));
  } finally {
    progress.close();
    await input.close();
  }
}

function writerOf(out: string): Writer {
  const extension = extname(out).toLowerCase();
  const all: Writer[] = Object.values(writers);
  const writer = all.find(({ extensions }) => extensions.includes(extension));
  if (writer !== undefined) return writer;
  const known = all.map(({ name, extensions }) => `${extensions[0]} (${name})`).join(", ");
  throw new UsageError(`"${extname(out) || basename(out)}" is no extension that can be written. There are: ${known}.`);
}

/** What is read, and the files that it becomes. */
interface Source {
  files(stem: string, context: Parameters<Writer["write"]>[2]): Promise<WrittenFile[]>;
  close(): Promise<void>;
}

async function openSource(paths: readonly string[], writer: Writer, options: ConvertOptions, host: Host): Promise<Source> {
  const { axes, detectors, frames, dataset = 0 } = options;
  const choice = { signal: host.signal, axes, detectors, frames };
  const join = joinOf(paths, options);
  if (join !== undefined) {
    const { image, close } = await openImage(paths, { ...choice, dataset, join });
    return { files: (stem, context) => writer.write(image, stem, context), close };
  }
  const [path] = paths as [string];
  const { contents, close } = await openInput(path, choice);
  return { files: (stem, context) => contentOf(contents, path, stem, writer, options, context), close };
}

async function contentOf(
  contents: FileContents,
  path: string,
  stem: string,
  writer: Writer,
  options: ConvertOptions,
  context: Parameters<Writer["write"]>[2],
): Promise<WrittenFile[]> {
  const onlyPictures = contents.datasets.length === 0 && writer === writers.tif;
  if (options.image !== undefined || onlyPictures) return pictureFiles(chooseImage(contents, options.image ?? 0, path), stem);
  return writer.write(chooseDataset(contents, options.dataset ?? 0, path), stem, context);
}

/** Pictures are counted through the datasets, then through the file, as `sigma info` lists them. */
function chooseImage(contents: FileContents, index: number, path: string): NavigationImage {
  const images = [...contents.datasets.flatMap((dataset: SpectrumImage) => dataset.images), ...contents.images];
  const image = images[index];
  if (image !== undefined) return image;
  throw new DataCheckError(`The file has no picture ${index}.`, { where: path, found: `${images.length} pictures` });
}

async function* watched({ content }: WrittenFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    throwIfAborted(signal);
    yield piece;
  }
}

function line({ path, bytes }: OutputFile): string {
  return `${path}  ${bytes.toLocaleString("en-GB")} bytes\n`;
}

/** Every format that can be read: one line each. What is said about all of them is said here once. */
import { FormatError, ParameterError, UnsupportedError } from "../errors.js";
import type { ByteSource } from "../spectrum-image/byte-source.js";
import { bcfFormat } from "./bcf/bcf-format.js";
import { dmFormat } from "./dm/dm-format.js";
import { edaxFormat } from "./edax/edax-format.js";
import { emdFormat } from "./emd/emd-format.js";
import type { FileContents, Format, OpenOptions } from "./format.js";
import { h5oinaFormat } from "./h5oina/h5oina-format.js";
import { hspyFormat } from "./hspy/hspy-format.js";
import { imagesFormat } from "./images/images-format.js";
import { jeolFormat } from "./jeol/jeol-format.js";
import { msaFormat } from "./msa/msa-format.js";
import { phenomFormat } from "./phenom/phenom-format.js";
import { rplFormat } from "./rpl/rpl-format.js";
import { spxFormat } from "./spx/spx-format.js";
import { tiaFormat } from "./tia/tia-format.js";
import { zspyFormat } from "./zspy/zspy-format.js";

export const formats = {
  bcf: bcfFormat,
  spx: spxFormat,
  emd: emdFormat,
  tia: tiaFormat,
  edax: edaxFormat,
  jeol: jeolFormat,
  h5oina: h5oinaFormat,
  phenom: phenomFormat,
  dm: dmFormat,
  hspy: hspyFormat,
  zspy: zspyFormat,
  rpl: rplFormat,
  msa: msaFormat,
  images: imagesFormat,
} as const satisfies Record<string, Format>;

export type FormatId = keyof typeof formats;

export interface OpenFileOptions extends OpenOptions {
  /** Read as this format, whatever the file looks like. Default: the format that {@link detectFormat} finds. */
  readonly format?: FormatId | undefined;
}

const HEAD = 4096;

/**
 * The format of a file: by its content where the content tells, else by its extension. Throws {@link UnsupportedError} when no format or more
 * than one fits; the message lists them.
 */
export async function detectFormat(source: ByteSource, options: OpenOptions = {}): Promise<FormatId> {
  const head = await source.read(0, Math.min(HEAD, source.size), options.signal);
  const answers = formatIds().map((id) => ({ id, answer: formats[id].detect(head, source.name) }));
  const sure = answers.filter(({ answer }) => answer === "yes").map(({ id }) => id);
  const possible = answers.filter(({ answer }) => answer !== "no").map(({ id }) => id);
  const candidates = sure.length > 0 ? sure : possible;
  const byName = candidates.filter((id) =>
    formats[id].extensions.some((extension) => source.name.toLowerCase().endsWith(extension)),
  );
  const [only, ...others] = byName.length > 0 ? byName : candidates;
  if (only !== undefined && others.length === 0) return only;
  throw new UnsupportedError(
    only === undefined ? "No format that this program reads fits the file." : "More than one format fits the file.",
    {
      where: source.name,
      found:
        only === undefined
          ? `a file of ${source.size} bytes that begins ${preview(head)}`
          : `${[only, ...others].map(nameOf).join(" or ")}`,
      expected: `one of: ${formatIds().map(nameOf).join("; ")}`,
      remedy:
        only === undefined ? "Export the map from the microscope's program in one of these formats." : "Say which format it is.",
    },
  );
}

/** Opens a file: datasets, images, metadata. Throws ParameterError for a choice that the format has not, and what {@link detectFormat} and the format's reader throw. */
export async function openFile(source: ByteSource, options: OpenFileOptions = {}): Promise<FileContents> {
  if (source.size === 0) throw new FormatError("The file is empty.", { where: source.name, offset: 0, found: "0 bytes" });
  const id = options.format ?? (await detectFormat(source, options));
  const reader = await formats[id].reader();
  const contents = await reader.open(source, options);
  checkChoices(contents, source.name, options);
  return contents;
}

function checkChoices({ format }: FileContents, where: string, options: OpenFileOptions): void {
  const { name, choices = [] }: Format = formats[format as FormatId];
  for (const choice of ["detectors", "frames"] as const) {
    if (options[choice] === undefined || choices.includes(choice)) continue;
    throw new ParameterError(`The ${choice} of this kind of file cannot be chosen.`, {
      where,
      found: name,
      remedy: `Leave the choice of ${choice} out: everything in the file is read.`,
    });
  }
}

function formatIds(): FormatId[] {
  return Object.keys(formats) as FormatId[];
}

function nameOf(id: FormatId): string {
  return `${formats[id].name} (${formats[id].extensions.join(", ")})`;
}

function preview(head: Uint8Array): string {
  return Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/**
 * Texts beside a .rpl/.raw pair, of the same name, that say what the pair does not: the sum spectrum as EMSA/MAS (`.txt`, `.emsa`, `.msa`), and the
 * details of the map as AZtec shows them (`.par`, or `.txt`). Which of the two a text is, its content says.
 */
import { isSigmaError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, Metadata } from "../../spectrum-image/spectrum-image.js";
import { msaFormat } from "../msa/msa-format.js";
import { type AztecDetails, parseAztecDetails } from "./aztec-details.js";
import { readShortText } from "./rpl-text.js";

/** In the order in which they are believed. */
const EXTENSIONS = [".emsa", ".msa", ".txt", ".par"];
const HEAD = 4096;

/** What one text beside the pair states. */
export interface Sidecar {
  readonly fileName: string;
  /** From an EMSA/MAS spectrum: its channels in keV. */
  readonly energy?: { readonly offsetKev?: number | undefined; readonly scaleKev?: number | undefined } | undefined;
  readonly channels?: number | undefined;
  /** From the details: the size of the field and its pixels. */
  readonly field?: Pick<AztecDetails, "widthUm" | "heightUm" | "pixelsWide" | "pixelsHigh"> | undefined;
  readonly energyRangeKev?: number | undefined;
  readonly metadata: Metadata;
}

export interface Sidecars {
  readonly sidecars: readonly Sidecar[];
  readonly findings: readonly Finding[];
}

/** Reads every text beside `opened` that has the name of the .rpl file. A text that cannot be read is a finding, not an error: the map is read without it. */
export async function readSidecars(opened: ByteSource, signal: AbortSignal | undefined): Promise<Sidecars> {
  const sidecars: Sidecar[] = [];
  const findings: Finding[] = [];
  for (const extension of EXTENSIONS) {
    const source = await opened.sibling(opened.name.replace(/\.(rpl|raw)$/i, extension));
    if (source === undefined) continue;
    try {
      const sidecar = await readSidecar(source, findings, signal);
      if (sidecar !== undefined) sidecars.push(sidecar);
    } catch (error) {
      if (!isSigmaError(error) || signal?.aborted === true) throw error;
      findings.push(notRead(source.name, error.message));
    }
  }
  return { sidecars, findings };
}

async function readSidecar(
  source: ByteSource,
  findings: Finding[],
  signal: AbortSignal | undefined,
): Promise<Sidecar | undefined> {
  const head = await source.read(0, Math.min(HEAD, source.size), signal);
  if (msaFormat.detect(head, source.name) !== "no") return spectrumSidecar(source, signal);
  const details = parseAztecDetails(await readShortText(source, signal));
  if (details === undefined) {
    findings.push(notRead(source.name, "It is neither an EMSA/MAS spectrum nor the details of a map."));
    return undefined;
  }
  for (const line of details.unread) findings.push(notRead(source.name, `The line "${line.slice(0, 80)}" is not understood.`));
  return {
    fileName: source.name,
    channels: details.channels,
    field: details,
    energyRangeKev: details.energyRangeKev,
    metadata: {
      beamEnergyKev: details.beamEnergyKev,
      magnification: details.magnification,
      detector: { liveTimeS: details.liveTimeS, realTimeS: details.realTimeS },
      elements: [],
    },
  };
}

async function spectrumSidecar(source: ByteSource, signal: AbortSignal | undefined): Promise<Sidecar | undefined> {
  const { datasets } = await (await msaFormat.reader()).open(source, { signal });
  const [spectrum] = datasets;
  if (spectrum === undefined) return undefined;
  const { offset, scale, size, units } = spectrum.energyAxis;
  return {
    fileName: source.name,
    channels: size,
    energy: units === "keV" ? { offsetKev: offset, scaleKev: scale } : undefined,
    // The title is that of the spectrum, not of the map.
    metadata: { ...spectrum.metadata, title: undefined },
  };
}

function notRead(fileName: string, why: string): Finding {
  return { severity: "warning", code: "sidecar-not-read", message: `${fileName} beside the map was not read: ${why}` };
}

/** A file with a spectrum as a standard of a recipe: with everything that the file says about how and of what it was measured. */
import { DataCheckError } from "../../errors.js";
import type { FileContents } from "../../formats/format.js";
import { isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { isElement } from "../../xray/elements.js";
import { xppSchema } from "./xpp-parameters.js";

/** An entry of `standards`, with or without what the file does not say. */
export interface StandardEntry {
  readonly name: string;
  readonly massFractions?: Readonly<Record<string, number>> | undefined;
  readonly energyOffsetKev: number;
  readonly energyScaleKev: number;
  readonly counts: readonly number[];
  readonly liveTimeS?: number | undefined;
  readonly beamCurrentNa?: number | undefined;
  readonly beamEnergyKev?: number | undefined;
  readonly takeOffAngleDeg?: number | undefined;
  readonly coating?: { readonly material: string; readonly thicknessNm: number; readonly densityGcm3: number } | undefined;
}

/**
 * The sum of all pixels as a standard. Composition and coating are those of NIST's keywords `##D2STDCMP` and `##CONDCOATING` where the file has them; else the
 * recipe must say them. Throws {@link DataCheckError} for data that are no counts or have no energies.
 */
export async function standardFromImage(image: SpectrumImage, name: string, signal?: AbortSignal): Promise<StandardEntry> {
  const { energyAxis, metadata, counts, originalMetadata } = image;
  if (!isEnergyCalibrated(energyAxis) || counts.kind !== "counts" || image.channelLines !== undefined) {
    throw new DataCheckError("The file cannot be a standard.", {
      where: name,
      found: counts.kind === "counts" ? "data without energies" : "values that are no counts",
      expected: "a spectrum of counts whose energies are known, for example .msa",
    });
  }
  const [spectrum] = await pass(counts, [sumSpectrum(counts)], { signal });
  const { detector } = metadata;
  const entry: StandardEntry = {
    name,
    massFractions: statedComposition(originalMetadata),
    energyOffsetKev: energyAxis.offset,
    energyScaleKev: energyAxis.scale,
    counts: [...spectrum],
    liveTimeS: positive(detector.liveTimeS),
    beamCurrentNa: positive(metadata.beamCurrentNa),
    beamEnergyKev: positive(metadata.beamEnergyKev),
    takeOffAngleDeg: within(takeOffRange, detector.elevationAngleDeg),
    coating: statedCoating(originalMetadata),
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as unknown as StandardEntry;
}

/**
 * The first spectrum image of an open file as a standard that has the file's name without its extension. Every host takes standards by this function, so that the same
 * files make the same recipe. Throws {@link DataCheckError} for a file without spectra, and what {@link standardFromImage} throws.
 */
export async function standardOfFile(
  { datasets }: Pick<FileContents, "datasets">,
  fileName: string,
  signal?: AbortSignal,
): Promise<StandardEntry> {
  const [image] = datasets;
  if (image !== undefined) return standardFromImage(image, fileName.replace(/\.[^.]+$/, ""), signal);
  throw new DataCheckError("The file cannot be a standard.", {
    where: fileName,
    found: "no spectrum",
    expected: "a spectrum, for example .msa",
  });
}

/** The entry with what a person says of it, which goes before what the file says: a formula takes the place of its mass fractions. */
export function withOwnStandardFacts<T extends object>(entry: StandardEntry, own: T): StandardEntry & T {
  const { massFractions, ...rest } = entry;
  return "formula" in own || "massFractions" in own || massFractions === undefined ? { ...rest, ...own } : { ...entry, ...own };
}

/** Parameters of the step quantify under which standards may be named as files. */
export function takesStandards(entry: unknown): entry is { readonly standards?: readonly unknown[] } {
  const method = xppSchema.shape.method.value;
  return typeof entry === "object" && entry !== null && "method" in entry && entry.method === method;
}

const takeOffRange = [5, 90] as const;

function within([least, most]: readonly [number, number], value: number | undefined): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** `CaF2,(F:48.6667),(Ca:51.3333),3.18`: mass per cent. */
function statedComposition(keywords: unknown): Readonly<Record<string, number>> | undefined {
  const known = massPercents(keywordOf(keywords, "D2STDCMP"));
  return known.length === 0 ? undefined : Object.fromEntries(known.map(([symbol, percent]) => [symbol, percent / 100]));
}

/** `10.000 nm of Pure Carbon,(C:100.0),1.9`: a thickness, one element, a density in g/cm3. */
function statedCoating(keywords: unknown): StandardEntry["coating"] {
  const text = keywordOf(keywords, "CONDCOATING");
  const [first, second] = massPercents(text);
  const [, thickness] = /^\s*(\d+(?:\.\d+)?)\s*nm\b/.exec(text) ?? [];
  const [, density] = /\),(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (first === undefined || second !== undefined || thickness === undefined || density === undefined) return undefined;
  return { material: first[0], thicknessNm: Number(thickness), densityGcm3: Number(density) };
}

function massPercents(text: string): (readonly [symbol: string, percent: number])[] {
  return [...text.matchAll(/\(([A-Z][a-z]?):(\d+(?:\.\d+)?)\)/g)]
    .map(([, symbol, percent]) => [symbol!, Number(percent)] as const)
    .filter(([symbol, percent]) => isElement(symbol) && percent > 0);
}

function keywordOf(keywords: unknown, name: string): string {
  if (!Array.isArray(keywords)) return "";
  for (const one of keywords as readonly unknown[]) {
    if (typeof one !== "object" || one === null || !("name" in one) || !("value" in one)) continue;
    if (one.name === name && typeof one.value === "string") return one.value;
  }
  return "";
}

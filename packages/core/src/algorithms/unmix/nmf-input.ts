/** What a non-negative factorisation is given, and the checks of it. */
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { type CountSource, countsFromDense } from "../../spectrum-image/counts.js";
import { requireParameter } from "../parameters.js";
import { checkEndmembers } from "./abundances.js";
import type { SpectraRows } from "./spectra-rows.js";

export interface NmfInput {
  /** Spectra of pixels or of classes, not negative. For a few dense spectra see {@link sourceOfSpectra}. */
  readonly spectra: CountSource;
  /** Uint8 [rows]; a spectrum with 0 is left out and gets abundances of 0. */
  readonly mask?: Uint8Array | undefined;
  /** Endmembers to start from, each float64 [channels]: the first components, in this order. The rest is found by `nndsvda`. */
  readonly seeds?: readonly Float64Array[] | undefined;
  /** For `init: "custom"`: abundances [rows x nComponents] and endmembers [nComponents x channels], row-major, not negative. */
  readonly start?: { readonly abundances: ArrayLike<number>; readonly endmembers: ArrayLike<number> } | undefined;
}

/** A few dense spectra (float64 [channels] each) as a source. */
export function sourceOfSpectra(spectra: readonly Float64Array[]): CountSource {
  const channels = spectra[0]?.length ?? 0;
  const dense = new Float64Array(spectra.length * channels);
  spectra.forEach((spectrum, row) => {
    if (spectrum.length !== channels) {
      throw new ShapeError("Spectra of different lengths cannot be unmixed together.", {
        where: `spectrum ${row}`,
        found: String(spectrum.length),
        expected: String(channels),
      });
    }
    dense.set(spectrum, row * channels);
  });
  return countsFromDense([spectra.length], channels, dense, "intensity");
}

/** Throws `ParameterError` or `ShapeError` when mask, seeds, start and parameters do not fit each other or the spectra. */
export function checkInput(
  { mask, seeds, start }: NmfInput,
  { nComponents, init }: { nComponents: number; init: string },
  { rows, channels }: SpectraRows,
): void {
  if (mask !== undefined && mask.length !== rows) {
    throw new ShapeError("The mask must have one value per spectrum.", { found: String(mask.length), expected: String(rows) });
  }
  const where = "nmf";
  if (seeds !== undefined && seeds.length > 0) {
    checkEndmembers(seeds, channels);
    requireParameter(seeds.length <= nComponents, "nComponents", "There are more given endmembers than components.", {
      where,
      found: nComponents,
      expected: `at least ${seeds.length}`,
    });
    if (seeds.length === nComponents) return;
  } else if (init === "custom") {
    checkStart(start, nComponents, rows, channels);
    return;
  }
  const limit = Math.min(rows, channels);
  requireParameter(
    init === "random" || nComponents <= limit,
    "nComponents",
    "There are more endmembers than spectra or channels.",
    {
      where,
      found: nComponents,
      expected: `at most ${limit}, or init random`,
    },
  );
}

function checkStart(start: NmfInput["start"], k: number, rows: number, channels: number): void {
  if (start === undefined) {
    throw new ParameterError("A custom start needs abundances and endmembers.", { where: "nmf", field: "init", found: "custom" });
  }
  for (const [name, values, length] of [
    ["abundances", start.abundances, rows * k],
    ["endmembers", start.endmembers, k * channels],
  ] as const) {
    if (values.length !== length) {
      throw new ShapeError("The start does not fit the spectra.", {
        field: `start.${name}`,
        found: String(values.length),
        expected: String(length),
      });
    }
    for (let i = 0; i < length; i++) {
      if (values[i]! >= 0 && values[i]! < Infinity) continue;
      throw new ParameterError("The start holds a value that is negative or not a number.", {
        field: `start.${name}`,
        found: String(values[i]),
      });
    }
  }
}

/** Throws {@link DataCheckError} for a value that is negative or not a number. */
export async function checkNotNegative(spectra: SpectraRows, breath: () => Promise<void>): Promise<void> {
  await spectra.visit((row, channel, count, from, to) => {
    for (let i = from; i < to; i++) {
      if (count[i]! >= 0 && count[i]! < Infinity) continue;
      throw new DataCheckError("Only spectra without negative values can be factorised.", {
        where: `spectrum ${row}, channel ${channel[i]}`,
        found: String(count[i]),
        remedy: "Factorise counts before a background is subtracted, or cut negative values to 0.",
      });
    }
  }, breath);
}

/** Spectra of the phases over all channels, from their pure pixels; unmixed where there are hardly any. */

import type { WorkContext } from "../../spectrum-image/context.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { classSpectra, pass } from "../../spectrum-image/pass.js";

const FEWEST_PURE = 8;
const UNMIXING_ROUNDS = 60;
const LEAST_SHARE = 0.05;

export interface Endmembers {
  /** Mean counts per pure pixel over all channels, one per phase. */
  readonly spectra: Float64Array[];
  /** Counts behind each. */
  readonly counts: number[];
  /** Pixels from which each was taken. */
  readonly pixels: number[];
}

/**
 * Sums raw spectra over pure pixels (`pureOf`: int32 [pixels], phase or -1). Phases with fewer than eight are unmixed from all
 * pixels that hold some of them, `area` being the shares (float32 [pixels x phases]).
 */
export async function endmembersOf(
  source: CountSource,
  pureOf: Int32Array,
  area: Float32Array,
  phases: number,
  context: WorkContext,
): Promise<Endmembers> {
  const sums = (await pass(source, [classSpectra(source, pureOf, phases)], { signal: context.signal }))[0];
  const pixels = new Array<number>(phases).fill(0);
  for (const phase of pureOf) if (phase >= 0) pixels[phase]! += 1;
  const counts = sums.map((spectrum) => spectrum.reduce((sum, c) => sum + c, 0));
  const spectra = sums.map((spectrum, p) => (pixels[p]! > 0 ? spectrum.map((c) => c / pixels[p]!) : spectrum));
  const poor = pixels.flatMap((count, p) => (count < FEWEST_PURE ? [p] : []));
  for (const phase of poor) {
    const unmixed = await unmixOne(source, area, phases, phase, spectra, context);
    if (unmixed === undefined) continue;
    spectra[phase] = unmixed.spectrum;
    counts[phase] = unmixed.counts;
  }
  return { spectra, counts, pixels };
}

/**
 * Poisson expectation-maximisation for one spectrum, shares of area and the other spectra fixed: each count of a pixel is divided
 * among the phases by what they are expected to give there.
 */
async function unmixOne(
  source: CountSource,
  area: Float32Array,
  phases: number,
  phase: number,
  spectra: readonly Float64Array[],
  context: WorkContext,
): Promise<{ spectrum: Float64Array; counts: number } | undefined> {
  const share = Float32Array.from({ length: pixelCount(source.navigationShape) }, (_, n) => {
    const own = area[n * phases + phase]!;
    return own >= LEAST_SHARE ? own : 0;
  });
  const weight = share.reduce((sum, s) => sum + s, 0);
  if (weight === 0) return undefined;
  const rows = await rowsOf(source, share, context);
  let spectrum = new Float64Array(source.channels);
  for (const row of rows) {
    for (let i = 0; i < row.channel.length; i++) spectrum[row.channel[i]!]! += (row.share * row.count[i]!) / weight;
  }
  let counts = 0;
  for (let round = 0; round < UNMIXING_ROUNDS; round++) {
    const gained = new Float64Array(source.channels);
    counts = 0;
    for (const row of rows) {
      const base = row.pixel * phases;
      for (let i = 0; i < row.channel.length; i++) {
        const c = row.channel[i]!;
        const own = row.share * spectrum[c]!;
        let all = own;
        for (let p = 0; p < phases; p++) if (p !== phase) all += area[base + p]! * spectra[p]![c]!;
        const part = all > 0 ? (own / all) * row.count[i]! : 0;
        gained[c]! += part;
        counts += part;
      }
    }
    spectrum = gained.map((g) => g / weight);
  }
  return { spectrum, counts };
}

interface PixelRow {
  readonly pixel: number;
  readonly share: number;
  readonly channel: Uint16Array;
  readonly count: Float64Array;
}

async function rowsOf(source: CountSource, share: Float32Array, context: WorkContext): Promise<PixelRow[]> {
  const rows: PixelRow[] = [];
  for await (const block of source.blocks({ signal: context.signal })) {
    for (let p = 0; p < block.pixels; p++) {
      const pixel = block.firstPixel + p;
      if (share[pixel] === 0) continue;
      const from = block.rowStart[p]!;
      const to = block.rowStart[p + 1]!;
      rows.push({
        pixel,
        share: share[pixel]!,
        channel: block.channel.slice(from, to),
        count: Float64Array.from(block.count.subarray(from, to)),
      });
    }
  }
  return rows;
}

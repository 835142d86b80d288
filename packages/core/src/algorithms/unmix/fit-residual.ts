/** What a fit of fixed spectra leaves over: per pixel, and over the whole map with the noise of counting averaged out. */
import type { CountSource } from "../../spectrum-image/counts.js";

export interface FitResidual {
  /**
   * Takes a pixel with its abundances as fitted; returns its residual (see `Abundances.residual`).
   */
  add(channel: Uint16Array, count: ArrayLike<number>, from: number, to: number, abundances: Float64Array): number;
  /** See `Abundances.unexplainedShare`. */
  unexplainedShare(): number;
}

/** Least model counts that a bin is taken to hold: keeps a stray count in an empty bin from ruling the chi-square. */
const LEAST_VARIANCE = 0.25;
const STANDARD_ERRORS = 3;

/** `spectrum` is the sum spectrum of all pixels; channels below the first that an endmember reaches do not count; bins are cut so that each holds one count per pixel on average. */
export function fitResidual(counts: CountSource, endmembers: readonly Float64Array[], spectrum: Float64Array): FitResidual {
  const k = endmembers.length;
  const pixels = counts.navigationShape.reduce((product, size) => product * size, 1);
  const { binOf, bins } = binsOfOneCount(spectrum, counts.kind === "counts" ? pixels : 0);
  const binned = endmembers.map((endmember) => {
    const sums = new Float64Array(bins);
    for (let c = 0; c < endmember.length; c++) sums[binOf[c]!]! += endmember[c]!;
    return sums;
  });
  const measured = new Float64Array(bins);
  const groupSpectra = endmembers.map(() => new Float64Array(counts.channels));
  const groupAbundances = endmembers.map(() => new Float64Array(k));
  const firstChannel = firstReached(endmembers);
  let total = 0;

  return {
    add(channel, count, from, to, abundances) {
      let group = 0;
      for (let j = 1; j < k; j++) if (abundances[j]! > abundances[group]!) group = j;
      measured.fill(0);
      for (let i = from; i < to; i++) {
        if (channel[i]! < firstChannel) continue;
        measured[binOf[channel[i]!]!]! += count[i]!;
        groupSpectra[group]![channel[i]!]! += count[i]!;
        total += count[i]!;
      }
      let active = 0;
      for (let j = 0; j < k; j++) {
        groupAbundances[group]![j]! += abundances[j]!;
        if (abundances[j]! > 0) active += 1;
      }
      return residualOf(measured, binned, abundances, counts.kind === "counts" ? Math.max(1, bins - active) : undefined);
    },
    unexplainedShare() {
      if (total === 0) return 0;
      let unexplained = 0;
      groupSpectra.forEach((observed, g) => {
        for (let c = 0; c < observed.length; c++) {
          let model = 0;
          for (let j = 0; j < k; j++) model += groupAbundances[g]![j]! * endmembers[j]![c]!;
          const excess = observed[c]! - model;
          const noise = counts.kind === "counts" ? STANDARD_ERRORS * Math.sqrt(Math.max(1, observed[c]!)) : 0;
          if (excess > noise) unexplained += excess;
        }
      });
      return Math.min(1, unexplained / total);
    },
  };
}

/** Channels below the first that an endmember reaches hold the zero peak, which nobody means to explain. */
function firstReached(endmembers: readonly Float64Array[]): number {
  return Math.min(...endmembers.map((spectrum) => spectrum.findIndex((value) => value > 0)));
}

/** With degrees of freedom: square root of the reduced chi-square. Without: relative size of the difference. */
function residualOf(
  measured: Float64Array,
  binned: readonly Float64Array[],
  abundances: Float64Array,
  freedom: number | undefined,
): number {
  let sum = 0;
  let size = 0;
  for (let b = 0; b < measured.length; b++) {
    let model = 0;
    for (let j = 0; j < binned.length; j++) model += abundances[j]! * binned[j]![b]!;
    const difference = measured[b]! - model;
    sum += (difference * difference) / (freedom === undefined ? 1 : Math.max(model, LEAST_VARIANCE));
    size += measured[b]! * measured[b]!;
  }
  return Math.sqrt(sum / (freedom ?? size));
}

/** Joins neighbouring channels until each bin holds `pixels` counts of the sum spectrum; a poor rest joins the last bin. */
function binsOfOneCount(spectrum: Float64Array, pixels: number): { binOf: Uint32Array; bins: number } {
  const binOf = new Uint32Array(spectrum.length);
  let bin = 0;
  let held = 0;
  for (let c = 0; c < spectrum.length; c++) {
    binOf[c] = bin;
    held += spectrum[c]!;
    if (held >= pixels) {
      bin += 1;
      held = 0;
    }
  }
  if (bin === 0) return { binOf, bins: 1 };
  for (let c = 0; c < spectrum.length; c++) if (binOf[c]! >= bin) binOf[c] = bin - 1;
  return { binOf, bins: bin };
}

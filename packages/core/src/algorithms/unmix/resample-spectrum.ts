import { ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";

/** Where a spectrum's channels lie: energy at the middle of channel 0 and from one channel to the next, keV. */
export interface SpectrumAxis {
  readonly energyOffsetKev: number;
  readonly energyScaleKev: number;
}

/** A spectrum from elsewhere, on an energy axis of its own. */
export interface ForeignSpectrum extends SpectrumAxis {
  /** For messages. */
  readonly name: string;
  /** Counts per channel, not negative. */
  readonly counts: ArrayLike<number>;
}

/**
 * A spectrum on another energy axis: each of its channels is spread evenly over its width and what falls into a channel of the new axis is summed.
 * Counts are kept where the new axis reaches; channels beyond the old axis get 0. Where both axes have channels of one width this is linear
 * interpolation. Returns float64 [axis.size]. Throws {@link ParameterError} for a channel width that is not positive, values that
 * are negative or no numbers, and a spectrum without counts on the new axis.
 */
export function resampledSpectrum(spectrum: ForeignSpectrum, axis: CalibratedEnergyAxis): Float64Array {
  const { name, counts, energyOffsetKev, energyScaleKev } = spectrum;
  checkSpectrum(spectrum);
  const out = new Float64Array(axis.size);
  const edge = (channel: number): number => (energyOffsetKev + (channel - 0.5) * energyScaleKev - axis.offset) / axis.scale + 0.5;
  const width = energyScaleKev / axis.scale;
  for (let i = 0; i < counts.length; i++) {
    const value = counts[i]!;
    if (value === 0) continue;
    const [from, to] = [edge(i), edge(i + 1)];
    const last = Math.min(axis.size - 1, Math.ceil(to) - 1);
    for (let c = Math.max(0, Math.floor(from)); c <= last; c++) {
      const overlap = Math.min(to, c + 1) - Math.max(from, c);
      if (overlap > 0) out[c]! += (value * overlap) / width;
    }
  }
  if (out.some((value) => value > 0)) return out;
  throw new ParameterError("A given spectrum has no counts where the data have channels.", {
    where: name,
    field: "counts",
    found: `${counts.length} channels of ${energyScaleKev} keV from ${energyOffsetKev} keV`,
    expected: `counts between ${axis.offset.toFixed(3)} and ${(axis.offset + axis.size * axis.scale).toFixed(3)} keV`,
  });
}

function checkSpectrum({ name, counts, energyOffsetKev, energyScaleKev }: ForeignSpectrum): void {
  if (!(energyScaleKev > 0 && energyScaleKev < Infinity && Number.isFinite(energyOffsetKev))) {
    throw new ParameterError("The energy axis of a given spectrum does not rise.", {
      where: name,
      field: "energyScaleKev",
      found: `${energyScaleKev} keV per channel from ${energyOffsetKev} keV`,
      expected: "a positive width and a finite offset",
    });
  }
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! >= 0 && counts[i]! < Infinity) continue;
    throw new ParameterError("A given spectrum holds a value that is negative or not a number.", {
      where: name,
      field: "counts",
      found: `${counts[i]} in channel ${i}`,
    });
  }
}

/** Peaks that are no element's: two photons counted as one, and photons less what escaped from the detector. They are predicted from a fit, so that they can be marked. */
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { ESCAPE_KEV, escapeRatio } from "../../xray/physics/escape.js";
import type { SpectrumFit } from "../line-fit/fit-spectrum.js";

export interface ArtefactPeak {
  readonly kind: "sum" | "escape";
  readonly energyKev: number;
  /** The lines it comes from: two for a sum, one for an escape peak. */
  readonly of: readonly string[];
  /** Counts that are predicted there, within half a FWHM at either side. */
  readonly counts: number;
  /** Over the counting error of everything that lies there. */
  readonly sigma: number;
}

/** Share of a peak within half its FWHM at either side. */
const WITHIN_FWHM = 0.761;
/** Peaks below this would not be seen, standard errors. */
const SEEN_SIGMA = 2;
/** Lines weaker than this in their family give no artefact that is seen. */
const LEAST_SHARE = 0.1;
/** Sums are looked for among so many of the strongest lines. */
const STRONGEST = 8;

interface CountedLine {
  readonly name: string;
  readonly energyKev: number;
  readonly counts: number;
}

/** Sum and escape peaks that should be seen in a fitted spectrum, by rising energy. Sum peaks only where the fit had them. */
export function artefactPeaks(fit: SpectrumFit, axis: CalibratedEnergyAxis): ArtefactPeak[] {
  const lines = fit.families
    .flatMap(({ counts, lines: own }): CountedLine[] =>
      own
        .filter(({ share }) => share >= LEAST_SHARE)
        .map(({ line, share }) => ({ name: line.name, energyKev: line.energyKev, counts: counts * share })),
    )
    .filter(({ counts }) => counts > 0);
  return [...escapePeaks(lines, fit, axis), ...sumPeaks(lines, fit, axis)]
    .filter(({ sigma }) => sigma >= SEEN_SIGMA)
    .sort((a, b) => a.energyKev - b.energyKev || (a.kind < b.kind ? -1 : 1));
}

function escapePeaks(lines: readonly CountedLine[], fit: SpectrumFit, axis: CalibratedEnergyAxis): ArtefactPeak[] {
  return lines
    .filter(({ energyKev }) => energyKev - ESCAPE_KEV > fit.fromKev)
    .map(({ name, energyKev, counts }) => {
      const predicted = WITHIN_FWHM * counts * escapeRatio(energyKev);
      return artefact("escape", energyKev - ESCAPE_KEV, [name], predicted, fit, axis);
    });
}

/** Pairs of the strongest lines; of pairs that the detector does not separate, the one that is more frequent names the peak. */
function sumPeaks(lines: readonly CountedLine[], fit: SpectrumFit, axis: CalibratedEnergyAxis): ArtefactPeak[] {
  const strongest = [...lines].sort((a, b) => b.counts - a.counts || a.energyKev - b.energyKev).slice(0, STRONGEST);
  const pairs = strongest
    .flatMap((a, i) =>
      strongest
        .slice(i)
        .map((b) => ({ a, b, energyKev: a.energyKev + b.energyKev, rate: (a === b ? 1 : 2) * a.counts * b.counts })),
    )
    .filter(({ energyKev }) => energyKev < fit.toKev)
    .sort((x, y) => y.rate - x.rate || x.energyKev - y.energyKev);
  const kept: (typeof pairs)[number][] = [];
  for (const pair of pairs) {
    const width = fwhmKev(pair.energyKev, fit.shape.resolutionEv);
    if (kept.every(({ energyKev }) => Math.abs(energyKev - pair.energyKev) > width)) kept.push(pair);
  }
  return kept.map(({ a, b, energyKev }) =>
    artefact("sum", energyKev, [a.name, b.name], sumWithin(fit.pileUp, energyKev, fit, axis), fit, axis),
  );
}

function artefact(
  kind: ArtefactPeak["kind"],
  energyKev: number,
  of: readonly string[],
  counts: number,
  fit: SpectrumFit,
  axis: CalibratedEnergyAxis,
): ArtefactPeak {
  const everything = sumWithin(fit.model, energyKev, fit, axis);
  return { kind, energyKev, of, counts, sigma: counts / Math.sqrt(Math.max(1, everything)) };
}

function sumWithin(values: Float64Array, energyKev: number, { shape }: SpectrumFit, axis: CalibratedEnergyAxis): number {
  const half = fwhmKev(energyKev, shape.resolutionEv) / 2;
  const from = Math.max(0, Math.round(channelOfEnergy(axis, energyKev - half)));
  const to = Math.min(values.length - 1, Math.round(channelOfEnergy(axis, energyKev + half)));
  let sum = 0;
  for (let c = from; c <= to; c++) sum += Math.max(0, values[c]!);
  return sum;
}

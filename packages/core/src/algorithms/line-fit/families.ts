/** Templates of line families: the lines of one element and family, each with the width of the detector and the intensity that physics gives it. */
import { exp, pow } from "../../kernels/math.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { massAttenuation } from "../../xray/attenuation.js";
import { sigmaKev } from "../../xray/detector.js";
import { type LineFamily, lineWithName, type XrayLine } from "../../xray/lines.js";
import type { LineCount } from "../../xray/physics/emission.js";
import { ESCAPE_KEV, escapeRatio } from "../../xray/physics/escape.js";
import { kBetaOverAlpha } from "../../xray/physics/k-beta.js";
import { type Column, columnOf } from "./columns.js";
import { addPeakArea } from "./peak-area.js";

/** Where peaks lie and what they look like, against what axis and metadata say. */
export interface PeakShape {
  /** Added to the energy of every line, keV. */
  readonly shiftKev: number;
  /** Relative error of the energy scale: a line at E is seen at E (1 + gain) + shift. */
  readonly gain: number;
  /** Full width at half maximum at Mn Ka. */
  readonly resolutionEv: number;
  /** Share of the counts of Mg Ka that lie in an exponential tail below the peak, for charge that was lost; other lines see {@link tailShare}. */
  readonly tail: number;
  /** By how much more than other lines soft ones are shifted, keV, stated for O Ka; in proportion to the attenuation of silicon, like the tail. */
  readonly softShiftKev: number;
}

/** Length of the tail, keV. */
const TAIL_KEV = 0.1;
const TAIL_STEP_KEV = 0.03;
const TAIL_STEPS = 12;
/** Shares of the tail in steps away from the peak, sum 1. */
const TAIL_WEIGHTS = Array.from({ length: TAIL_STEPS }, (_, i) => {
  const decay = exp(-TAIL_STEP_KEV / TAIL_KEV);
  return (pow(decay, i) * (1 - decay)) / (1 - pow(decay, TAIL_STEPS));
});
/** Lines weaker than this in their family have no tail: it would not be seen. */
const LEAST_SHARE_WITH_TAIL = 0.02;
/** Share of lines that are stopped nearer to the surface: no more than this times that of Mg Ka. */
const MOST_TAIL = 3;
const TAIL_REFERENCE_KEV = lineWithName("Mg_Ka")!.energyKev;
const SOFT_REFERENCE_KEV = lineWithName("O_Ka")!.energyKev;
/** Softer lines than O Ka are shifted no more than it, times this. */
const MOST_SHIFT = 1.5;

export interface Family {
  readonly element: string;
  readonly family: LineFamily;
  /** The strongest line as counted. */
  readonly line: XrayLine;
  /** Share of the family's counts in that line. */
  readonly lineShare: number;
  /** Lines with their shares of the family's counts, sum 1. */
  readonly lines: readonly { readonly line: XrayLine; readonly share: number }[];
  /** Photons of the whole family by the physics, for ties between families of one element. */
  readonly expected: number;
}

/** Lines that hold less of the family than this are left out. */
const LEAST_SHARE = 1e-4;

/** Lines by element and family, with the share of each; those below `fromKev` or above `toKev` are left out. In the order of the elements. */
export function familiesOf(yields: readonly LineCount[], fromKev: number, toKev: number): Family[] {
  const groups = new Map<string, LineCount[]>();
  for (const entry of yields) {
    const { element, family, energyKev } = entry.line;
    if (energyKev < fromKev || energyKev > toKev || !(entry.photons > 0)) continue;
    const key = `${element}_${family}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map(familyOf);
}

function familyOf(group: readonly LineCount[]): Family {
  const total = group.reduce((sum, { photons }) => sum + photons, 0);
  const lines = withMeasuredBeta(group.map(({ line, photons }) => ({ line, share: photons / total })))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || a.line.energyKev - b.line.energyKev);
  const { line, share } = lines[0]!;
  return { element: line.element, family: line.family, line, lineShare: share, lines, expected: total };
}

function withMeasuredBeta<Entry extends { line: XrayLine; share: number }>(lines: readonly Entry[]): readonly Entry[] {
  const ratio = lines.length === 2 && lines[0]!.line.family === "K" ? kBetaOverAlpha(lines[0]!.line.element) : undefined;
  if (ratio === undefined) return lines;
  return lines.map((entry) => ({ ...entry, share: (entry.line.name.endsWith("_Kb") ? ratio : 1) / (1 + ratio) }));
}

/** Template of one count in the family, its escape peaks included (which are counts besides). */
export function familyColumn({ lines }: Pick<Family, "lines">, axis: CalibratedEnergyAxis, shape: PeakShape): Column {
  const dense = new Float64Array(axis.size);
  const reach = { from: axis.size, to: 0 };
  addFamily(dense, { lines }, axis, shape, 1, reach);
  return reach.from >= reach.to ? { start: 0, values: dense.slice(0, 0) } : columnOf(dense, reach.from, reach.to);
}

/** Channels from which, and before which, something was added. */
export interface Reach {
  from: number;
  to: number;
}

/** Adds `counts` of a family, escape peaks besides, to a spectrum (float64 [axis.size]), and widens `reach` to where they lie. */
export function addFamily(
  spectrum: Float64Array,
  { lines }: Pick<Family, "lines">,
  axis: CalibratedEnergyAxis,
  shape: PeakShape,
  counts: number,
  reach: Reach,
): void {
  for (const { line, share } of lines) {
    const { energyKev } = line;
    const tail = share < LEAST_SHARE_WITH_TAIL ? 0 : share * tailShare(energyKev, shape.tail);
    const sigma = sigmaKev(energyKev, shape.resolutionEv);
    const shift = shape.shiftKev + softShift(energyKev, shape.softShiftKev);
    const scale = 1 + shape.gain;
    const add = (energy: number, area: number, sigmaAt: number, shiftAt: number) =>
      addPeakArea(spectrum, axis, energy * scale + shiftAt, sigmaAt, counts * area, reach);
    add(energyKev, share - tail, sigma, shift);
    if (tail !== 0) {
      // An exponential towards lower energies, folded with the peak's Gaussian, as a row of Gaussians.
      TAIL_WEIGHTS.forEach((weight, i) => {
        add(energyKev - (i + 0.5) * TAIL_STEP_KEV, tail * weight, sigma, shift);
      });
    }
    const escaping = share * escapeRatio(energyKev);
    if (escaping > LEAST_SHARE) {
      const escapeKev = energyKev - ESCAPE_KEV;
      add(
        escapeKev,
        escaping,
        sigmaKev(escapeKev, shape.resolutionEv),
        shape.shiftKev + softShift(escapeKev, shape.softShiftKev),
      );
    }
  }
}

/**
 * Share of a line's counts in its tail: in proportion to the attenuation of silicon, for charge is lost near the surface, where soft photons are
 * stopped.
 */
function tailShare(energyKev: number, tailOfMagnesium: number): number {
  const ratio = massAttenuation("Si", energyKev) / massAttenuation("Si", TAIL_REFERENCE_KEV);
  return tailOfMagnesium * Math.min(MOST_TAIL, ratio);
}

function softShift(energyKev: number, shiftOfOxygen: number): number {
  if (shiftOfOxygen === 0) return 0;
  const ratio = massAttenuation("Si", energyKev) / massAttenuation("Si", SOFT_REFERENCE_KEV);
  return shiftOfOxygen * Math.min(MOST_SHIFT, ratio);
}

/** Counts of a class that no endmember explains: the spectrum of what is left, and the pixels that hold it. */
import { type ClassDoubts, formatFixed, fwhmKev, lineText } from "@sigma-eds/core";
import type { AnalysisSnapshot, Grid } from "../../worker/engine-protocol.js";

export type LedgerEntry = ClassDoubts["ledger"][number];

/** `Fe Kα`, or `4.51 keV` between lines. */
export function placeOf({ line, energyKev }: Pick<LedgerEntry, "line" | "energyKev">): string {
  return line === undefined ? `${formatFixed(energyKev, 2)} keV` : lineText(line);
}

/** The energies that an entry is about: one FWHM around it. */
export function windowOf({ energyKev, line }: LedgerEntry, resolutionEv: number) {
  const half = fwhmKev(energyKev, resolutionEv) / 2;
  return { fromKev: energyKev - half, toKev: energyKev + half, name: line };
}

/** What the endmembers make of a class: float64 [channels], with as many counts as the class has; undefined without endmembers. */
export function explainedSpectrum(analysis: AnalysisSnapshot, id: number): Float64Array | undefined {
  const { unmixing, labels, classes, classSpectra } = analysis;
  const slot = classes.findIndex((phase) => phase.id === id);
  const mean = classSpectra[slot];
  if (unmixing === undefined || labels === undefined || mean === undefined) return undefined;
  const shares = sharesOfClass(unmixing, labels, id);
  const explained = new Float64Array(mean.length);
  unmixing.endmembers.forEach((endmember, j) => {
    for (let c = 0; c < explained.length; c++) explained[c]! += shares[j]! * (endmember[c] ?? 0);
  });
  const scale = (sum(mean) * classes[slot]!.pixels) / Math.max(sum(explained), Number.MIN_VALUE);
  return explained.map((value) => value * scale);
}

/** Measured less explained, over the standard error of counting, per channel. */
export function residualOfClass(analysis: AnalysisSnapshot, id: number): Float64Array | undefined {
  const explained = explainedSpectrum(analysis, id);
  const slot = analysis.classes.findIndex((phase) => phase.id === id);
  const pixels = analysis.classes[slot]?.pixels ?? 0;
  return explained?.map((value, c) => (analysis.classSpectra[slot]![c]! * pixels - value) / Math.sqrt(Math.max(1, value)));
}

/** A neighbourhood that is so far from what is explained is selected, standard errors. */
const SELECTED_SIGMA = 3;

/**
 * Uint8 [pixels]: those of the class in whose neighbourhood (3 x 3, of the class alone) the counts of a window differ from the explained ones, in the direction of
 * the entry, by 3 standard errors. `counted` float32 [pixels]: counts in the window. All of the class where no neighbourhood does by itself.
 */
export function pixelsOfEntry(
  analysis: AnalysisSnapshot,
  { id, counts }: Pick<LedgerEntry, "id" | "counts">,
  counted: Float32Array,
): Uint8Array {
  const labels = analysis.labels ?? new Int32Array(0);
  const inClass = Uint8Array.from(labels, (label) => (label === id ? 1 : 0));
  const explained = explainedInWindow(analysis, inClass, counted, counts);
  const measured = boxSums(counted, inClass, analysis.grid);
  const expected = boxSums(explained, inClass, analysis.grid);
  const sign = Math.sign(counts);
  const mask = inClass.map((inside, p) =>
    inside === 1 && sign * (measured[p]! - expected[p]!) >= SELECTED_SIGMA * Math.sqrt(Math.max(1, expected[p]!)) ? 1 : 0,
  );
  return mask.includes(1) ? mask : inClass;
}

/** The class's explained counts of the window, spread over its pixels as their total counts are: float32 [pixels]. */
function explainedInWindow(
  { countMap }: AnalysisSnapshot,
  inClass: Uint8Array,
  counted: Float32Array,
  unexplained: number,
): Float32Array {
  let [all, window] = [0, 0];
  inClass.forEach((inside, p) => {
    if (inside === 0) return;
    all += countMap[p]!;
    window += counted[p]!;
  });
  const share = all > 0 ? Math.max(0, window - unexplained) / all : 0;
  return countMap.map((counts) => counts * share);
}

/** Sum over the 3 x 3 neighbours that are inside, frame by frame. */
function boxSums(values: Float32Array, inside: Uint8Array, { width, height }: Grid): Float32Array {
  const size = width * height;
  const sums = new Float32Array(values.length);
  for (let p = 0; p < values.length; p++) {
    if (inside[p] === 0) continue;
    const x = p % width;
    const y = Math.floor((p % size) / width);
    for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
      for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
        const q = p + dy * width + dx;
        if (inside[q] === 1) sums[p]! += values[q]!;
      }
    }
  }
  return sums;
}

function sharesOfClass(
  { abundances, endmembers }: NonNullable<AnalysisSnapshot["unmixing"]>,
  labels: Int32Array,
  id: number,
): Float64Array {
  const k = endmembers.length;
  const shares = new Float64Array(k);
  labels.forEach((label, p) => {
    if (label === id) for (let j = 0; j < k; j++) shares[j]! += abundances[p * k + j]!;
  });
  return shares;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

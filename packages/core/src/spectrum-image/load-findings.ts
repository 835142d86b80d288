import { isEnergyCalibrated } from "./axis.js";
import { groupedDigits } from "./grouped-digits.js";
import type { Finding, SpectrumImage } from "./spectrum-image.js";

/** What one reading of all counts gave. */
export interface LoadTotals {
  readonly countsRead: number;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
  /** Float64 [pixels]. Without it dead rows are not looked for. */
  readonly countMap?: Float64Array | undefined;
  /** Float64 [channels]. Without it counts at the limit of the file's numbers are not looked for. */
  readonly maximumSpectrum?: Float64Array | undefined;
}

/** With fewer counts per row than this, rows without any are to be expected. */
const COUNTS_PER_ROW = 20;
/** Runs of rows that are named one by one. */
const MOST_RUNS = 6;

/**
 * The reader's findings, and those that need the counts: the comparison with the total that the file states, an empty image, rows without a
 * count, counts that may be cut off, and counts above the beam energy.
 */
export function loadFindings(image: SpectrumImage, totals: LoadTotals): Finding[] {
  const { countsRead, sumSpectrum } = totals;
  const findings = [...image.loadReport.findings, totalFinding(image, countsRead)];
  if (countsRead === 0) {
    findings.push({
      severity: "warning",
      code: "empty",
      message: "There is not a single count in the spectra.",
      disables: ["phases"],
    });
  }
  findings.push(...deadRows(image, totals), ...clippedCounts(image, totals));
  const outside = countsOutsideBeam(image, sumSpectrum);
  if (outside !== undefined && outside.share > 0.01) {
    findings.push({
      severity: "warning",
      code: "counts-above-beam",
      message: `${(100 * outside.share).toFixed(1)} % of the counts lie above the beam energy of ${outside.beamEnergyKev} keV: check the energy calibration and the beam energy.`,
    });
  }
  return findings;
}

function totalFinding(image: SpectrumImage, countsRead: number): Finding {
  const read = groupedDigits(countsRead);
  const stated = image.loadReport.statedCounts;
  if (stated === undefined) {
    return {
      severity: "info",
      code: "counts-read",
      message: `${read} ${image.counts.kind === "counts" ? (countsRead === 1 ? "count" : "counts") : "units of intensity"} read. The file states no total to compare with.`,
    };
  }
  if (stated.value === countsRead) {
    return {
      severity: "info",
      code: "counts-read",
      message: `All ${read} counts read; equal to the file's own sum (${stated.where}).`,
    };
  }
  const difference = Math.abs(stated.value - countsRead);
  const direction = stated.value > countsRead ? "more" : "fewer";
  return {
    severity: "warning",
    code: "counts-differ",
    message: `The file states ${groupedDigits(stated.value)} counts (${stated.where}), ${groupedDigits(difference)} ${direction} than were read (${((100 * difference) / stated.value).toPrecision(2)} %).`,
  };
}

function deadRows({ counts }: SpectrumImage, { countMap, countsRead }: LoadTotals): Finding[] {
  const width = counts.navigationShape.at(-1);
  if (countMap === undefined || width === undefined || counts.navigationShape.length < 2) return [];
  const rows = countMap.length / width;
  const dead: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (countMap.subarray(row * width, (row + 1) * width).every((value) => value === 0)) dead.push(row);
  }
  if (dead.length === 0 || dead.length === rows || countsRead / (rows - dead.length) < COUNTS_PER_ROW) return [];
  const atEnd = dead[0] === rows - dead.length;
  const which = atEnd
    ? `The last ${dead.length === 1 ? "row holds" : `${dead.length} rows hold`} not a single count (of ${rows} rows): the acquisition may have been stopped.`
    : `${dead.length} of ${rows} rows hold not a single count: ${runsOf(dead)} (from 0).`;
  return [{ severity: "warning", code: "dead-rows", message: which }];
}

/** `3, 7 to 9`. */
function runsOf(numbers: readonly number[]): string {
  const starts = numbers.filter((number, i) => number !== numbers[i - 1]! + 1);
  const ends = numbers.filter((number, i) => number !== numbers[i + 1]! - 1);
  const runs = starts.map((start, i) => (start === ends[i] ? `${start}` : `${start} to ${ends[i]}`));
  return runs.length > MOST_RUNS ? `${runs.slice(0, MOST_RUNS).join(", ")} and others` : runs.join(", ");
}

function clippedCounts({ counts }: SpectrumImage, { maximumSpectrum }: LoadTotals): Finding[] {
  const { countLimit } = counts;
  if (maximumSpectrum === undefined || countLimit === undefined) return [];
  const channels = maximumSpectrum.filter((value) => value >= countLimit).length;
  if (channels === 0) return [];
  return [
    {
      severity: "warning",
      code: "clipped-counts",
      message: `In ${channels} channel${channels === 1 ? "" : "s"} a count reaches ${groupedDigits(countLimit)}, the largest number that the file can hold: counts may have been cut off there.`,
    },
  ];
}

function countsOutsideBeam(image: SpectrumImage, sum: Float64Array): { share: number; beamEnergyKev: number } | undefined {
  const { energyAxis, metadata } = image;
  if (metadata.beamEnergyKev === undefined || !isEnergyCalibrated(energyAxis)) return undefined;
  const first = Math.ceil((metadata.beamEnergyKev * 1.05 - energyAxis.offset) / energyAxis.scale);
  let total = 0;
  let above = 0;
  sum.forEach((value, channel) => {
    total += value;
    if (channel >= first) above += value;
  });
  return total === 0 ? undefined : { share: above / total, beamEnergyKev: metadata.beamEnergyKev };
}

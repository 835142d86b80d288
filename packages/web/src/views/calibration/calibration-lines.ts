/** The lines of a calibration: which are used, where their peaks lie before and after, and which of them are worth a picture. */
import {
  type Axis,
  type CalibrationPreview,
  energyOfChannel,
  formatFixed,
  isEnergyCalibrated,
  lineText,
  lineWithName,
  type PlacedPeak,
} from "@sigma-eds/core";
import { type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import type { Draft } from "./calibration-draft.js";

export interface LineRow {
  /** `Fe_Ka`, or `zero`. */
  readonly name: string;
  readonly trueKev: number;
  /** Of its peak, a fraction; undefined where none was found. */
  readonly channel: number | undefined;
  /** How far the peak lies from the line on the axis of the file, and on the new one. */
  readonly beforeEv: number | undefined;
  readonly afterEv: number | undefined;
  /** Standard error of the place of the peak. */
  readonly errorEv: number | undefined;
  /** The axis is made to fit it. */
  readonly isUsed: boolean;
  readonly by: "hand" | "spectrum";
  /** Counts of the peak; 0 where they are not known. */
  readonly counts: number;
  /** Full width at half maximum, where the peak stands alone. */
  readonly fwhmEv: number | undefined;
}

/** A line that the fit leaves out has the peak that lies no farther from it than this on the new axis. */
const NEAR_KEV = 0.05;

/** By rising energy. `axis` is that of the file. */
export function lineRows(preview: CalibrationPreview, draft: Draft, axis: Axis): LineRow[] {
  const { peaks } = preview.report;
  const byHand = new Set(peaks.filter(({ by }) => by === "hand").map(({ name }) => name));
  const told = peaks
    .filter(({ by, name }) => by === "hand" || !byHand.has(name))
    .map(({ name, by, trueKev, channel, beforeKev, residualKev, errorKev }): LineRow => {
      const isUsed = by === "hand" || draft.way === "lines";
      const places = { channel, beforeEv: inEv(beforeKev), afterEv: inEv(residualKev), errorEv: inEv(errorKev) };
      return { name, by, trueKev, isUsed, ...places, ...shapeOf(preview, name, channel) };
    });
  const names = new Set(told.map(({ name }) => name));
  const others = draft.way === "lines" ? [...draft.lines, ...draft.leftOut, ...(draft.zeroPeak ? [] : ["zero"])] : [];
  const untold = others.filter((name) => !names.has(name)).map((name) => untoldRow(preview, name, axis, draft));
  return [...told, ...untold].sort((a, b) => a.trueKev - b.trueKev);
}

function untoldRow(preview: CalibrationPreview, name: string, axis: Axis, draft: Draft): LineRow {
  const trueKev = name === "zero" ? 0 : (lineWithName(name)?.energyKev ?? Number.NaN);
  const after = (channel: number): number | undefined => distance(preview.energyAxis, channel, trueKev);
  const channel = nearest(preview.peaks, (peak) => Math.abs(after(peak.channel) ?? Infinity), NEAR_KEV)?.channel;
  return {
    ...{ name, trueKev, channel, errorEv: undefined, by: "spectrum", isUsed: draft.lines.includes(name) },
    beforeEv: channel === undefined ? undefined : inEv(distance(axis, channel, trueKev)),
    afterEv: channel === undefined ? undefined : inEv(after(channel)),
    ...shapeOf(preview, name, channel),
  };
}

function shapeOf({ peaks, report }: CalibrationPreview, name: string, channel: number | undefined) {
  const peak = channel === undefined ? undefined : nearest(peaks, (one) => Math.abs(one.channel - channel), 1);
  const fwhmEv = report.resolution?.peaks.find(({ line }) => line === name)?.fwhmEv;
  return { counts: peak?.counts ?? 0, fwhmEv };
}

function nearest(peaks: readonly PlacedPeak[], far: (peak: PlacedPeak) => number, most: number): PlacedPeak | undefined {
  const closest = peaks.reduce<PlacedPeak | undefined>(
    (best, peak) => (best === undefined || far(peak) < far(best) ? peak : best),
    undefined,
  );
  return closest !== undefined && far(closest) <= most ? closest : undefined;
}

function distance(axis: Axis, channel: number, trueKev: number): number | undefined {
  return isEnergyCalibrated(axis) ? energyOfChannel(axis, channel) - trueKev : undefined;
}

function inEv(kev: number | undefined): number | undefined {
  return kev === undefined ? undefined : 1000 * kev;
}

/** Root mean square of how far lines are off; undefined of none. */
export function rootMeanSquare(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? []);
  if (known.length === 0) return undefined;
  return Math.sqrt(known.reduce((sum, value) => sum + value * value, 0) / known.length);
}

/** Lines with a peak, the strongest of them, by rising energy. */
export function strongest(rows: readonly LineRow[], most: number): LineRow[] {
  return rows
    .filter(({ channel, name }) => channel !== undefined && name !== "zero")
    .toSorted((a, b) => b.counts - a.counts || a.trueKev - b.trueKev)
    .slice(0, most)
    .sort((a, b) => a.trueKev - b.trueKev);
}

/** `Fe Kα`, `Zero peak` */
export function peakText(name: string): string {
  return name === "zero" ? "Zero peak" : lineText(name);
}

/** `+12.3`, `−0.4` */
export function signed(value: number | undefined, decimals = 1): string {
  if (value === undefined) return "–";
  const text = formatFixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A row for each line; `calibration.csv` of the result has the same of those that are used. */
export function linesTable(rows: readonly LineRow[]): DataTable {
  return dataTable(
    [
      { name: "line", title: "Line" },
      { name: "used", title: "Used" },
      { name: "channel", title: "Channel", shown: withDecimals(2) },
      { name: "true_kev", title: "True energy", unit: "keV", shown: withDecimals(4) },
      { name: "before_ev", title: "Off before", unit: "eV", shown: (value) => signed(value, 2) },
      { name: "residual_ev", title: "Off after", unit: "eV", shown: (value) => signed(value, 2) },
      { name: "error_ev", title: "Standard error", unit: "eV", shown: withDecimals(2) },
      { name: "counts", title: "Counts", shown: withDecimals(0) },
      { name: "fwhm_ev", title: "Width", unit: "eV", shown: withDecimals(1) },
    ],
    rows.map(({ name, isUsed, channel, trueKev, beforeEv, afterEv, errorEv, counts, fwhmEv }) => [
      ...[name, isUsed ? "yes" : "no", channel, trueKev, beforeEv, afterEv, errorEv, counts, fwhmEv],
    ]),
  );
}

/** A calibration that is tried: what the controls hold, as an entry of the recipe and back. */
import {
  type Axis,
  type CalibrateEntry,
  canonicalJson,
  isEnergyCalibrated,
  parseRecipe,
  type Recipe,
  type RecipeInput,
} from "@sigma-eds/core";

/** Where energies come from: the file, known lines of the spectrum, or a person. */
export type Way = "file" | "lines" | "hand";

/** A peak that a person says is a line. */
export interface SaidPeak {
  readonly line: string;
  /** Where it lies, a fraction. */
  readonly channel: number;
}

export interface Draft {
  readonly way: Way;
  /** By hand, or where a fit begins; undefined: as the file says. */
  readonly offsetKev: number | undefined;
  readonly scaleKev: number | undefined;
  readonly peaks: readonly SaidPeak[];
  /** Lines to fit to; empty: chosen from the spectrum. */
  readonly lines: readonly string[];
  /** Lines that were taken out of the fit, to be put back. */
  readonly leftOut: readonly string[];
  readonly zeroPeak: boolean;
  /** Farthest that a peak is looked for from its line. */
  readonly toleranceKev: number;
  /** The fit begins at the numbers by hand, not at the file's. */
  readonly startsByHand: boolean;
  readonly takesResolution: boolean;
}

/** What the recipe says now. `axis` is that of the file. */
export function draftOf(recipe: Recipe, axis: Axis): Draft {
  const entry = calibrationIn(recipe) ?? plainEntry;
  const { energyOffsetKev, energyScaleKev, automatic } = entry;
  const isFitted = automatic === "energy" || automatic === "both";
  const hasNumbers = energyOffsetKev !== undefined || energyScaleKev !== undefined;
  const scale = byNumbers(axis, energyOffsetKev, energyScaleKev);
  return {
    way: isFitted ? "lines" : hasNumbers || entry.peaks.length > 0 ? "hand" : "file",
    offsetKev: energyOffsetKev,
    scaleKev: energyScaleKev,
    peaks: entry.peaks.map(({ line, measuredKev }) => ({
      line,
      channel: scale === undefined ? 0 : (measuredKev - scale.offset) / scale.scale,
    })),
    lines: entry.lines,
    leftOut: [],
    zeroPeak: entry.zeroPeak,
    toleranceKev: entry.toleranceKev,
    startsByHand: !isEnergyCalibrated(axis) || (isFitted && (hasNumbers || entry.peaks.length > 0)),
    takesResolution: automatic === "resolution" || automatic === "both",
  };
}

/** The entry that a draft means; what the recipe says of lengths and beam stays. Undefined: nothing is left to say. */
export function entryOf(draft: Draft, recipe: Recipe, axis: Axis): CalibrateEntry | undefined {
  const before = calibrationIn(recipe) ?? plainEntry;
  const byHand = draft.way === "hand" || (draft.way === "lines" && draft.startsByHand);
  const scale = byNumbers(axis, draft.offsetKev, draft.scaleKev);
  const { offsetKev, scaleKev, takesResolution } = draft;
  const entry = {
    step: "calibrate",
    pixelSizeUm: before.pixelSizeUm,
    beamEnergyKev: before.beamEnergyKev,
    resolutionEv: takesResolution ? undefined : before.resolutionEv,
    automatic: automaticOf(draft),
    ...(byHand ? { energyOffsetKev: offsetKev, energyScaleKev: scaleKev, peaks: saidPeaks(draft, before, scale) } : {}),
    ...(draft.way === "lines" ? { lines: [...draft.lines], zeroPeak: draft.zeroPeak, toleranceKev: draft.toleranceKev } : {}),
  };
  const parsed = parsedEntry(entry);
  return canonicalJson(parsed) === canonicalJson(plainEntry) ? undefined : parsed;
}

/** The recipe with this calibration as its first step, or without one. */
export function withCalibration(recipe: Recipe, entry: CalibrateEntry | undefined): RecipeInput {
  const others: readonly unknown[] = recipe.steps.filter(({ step }) => step !== "calibrate");
  return { ...recipe, steps: (entry === undefined ? others : [entry, ...others]) as RecipeInput["steps"] };
}

export function calibrationIn({ steps }: Pick<Recipe, "steps">): CalibrateEntry | undefined {
  return steps.find((entry) => entry.step === "calibrate");
}

/** Whether the recipe says anything of energies or of their resolution. */
export function isCalibrated(recipe: Recipe, axis: Axis): boolean {
  const { way, takesResolution } = draftOf(recipe, axis);
  return way !== "file" || takesResolution;
}

/** What is left of a calibration when energies are again as in the file. */
export function fileEntry(recipe: Recipe, axis: Axis): CalibrateEntry | undefined {
  return entryOf({ ...draftOf(recipe, axis), way: "file", takesResolution: false }, recipe, axis);
}

/** `as in the file`, `fitted to lines`, `by hand, 2 peaks` */
export function calibrationWords(recipe: Recipe, axis: Axis): string {
  const { way, lines, peaks } = draftOf(recipe, axis);
  if (way === "file") return "as in the file";
  if (way === "lines") return lines.length === 0 ? "fitted to lines" : `fitted to ${lines.length} chosen lines`;
  if (peaks.length === 0) return "by hand";
  return peaks.length === 1 ? "by hand, 1 peak" : `by hand, ${peaks.length} peaks`;
}

/** Takes a line out of the fit or puts it back; `used` are those that it is fitted to now, the zero peak as `zero`. */
export function withLineUsed(draft: Draft, name: string, isUsed: boolean, used: readonly string[]): Draft {
  if (name === "zero") return { ...draft, zeroPeak: isUsed };
  const now = draft.lines.length > 0 ? draft.lines : used.filter((line) => line !== "zero");
  const others = now.filter((line) => line !== name);
  const leftOut = draft.leftOut.filter((line) => line !== name);
  return isUsed ? { ...draft, lines: [...others, name], leftOut } : { ...draft, lines: others, leftOut: [...leftOut, name] };
}

const plainEntry = parsedEntry({ step: "calibrate" });

function parsedEntry(entry: unknown): CalibrateEntry {
  const [first] = parseRecipe({ schemaVersion: 1, steps: [entry] }).steps;
  return first as CalibrateEntry;
}

function automaticOf({ way, takesResolution }: Draft): CalibrateEntry["automatic"] {
  if (way === "lines") return takesResolution ? "both" : "energy";
  return takesResolution ? "resolution" : "off";
}

/** The axis by two numbers, those of the file where none are given; undefined where that gives none. */
export function byNumbers(
  { offset, scale, units }: Axis,
  offsetKev: number | undefined,
  scaleKev: number | undefined,
): { readonly offset: number; readonly scale: number } | undefined {
  const ofFile = units === "keV";
  const [from, by] = [offsetKev ?? (ofFile ? offset : undefined), scaleKev ?? (ofFile ? scale : undefined)];
  return from === undefined || by === undefined || !(by > 0) ? undefined : { offset: from, scale: by };
}

/** Places are written as energies of the axis by hand; one that was not moved stays as it was written, and so does an energy given for it. */
function saidPeaks(
  { peaks }: Draft,
  before: CalibrateEntry,
  scale: { readonly offset: number; readonly scale: number } | undefined,
): CalibrateEntry["peaks"] {
  if (scale === undefined) return [];
  return peaks.map(({ line, channel }) => {
    const measuredKev = scale.offset + scale.scale * channel;
    const same = before.peaks.find((peak) => peak.line === line && Math.abs(peak.measuredKev - measuredKev) < 1e-9);
    return same ?? { line, measuredKev };
  });
}

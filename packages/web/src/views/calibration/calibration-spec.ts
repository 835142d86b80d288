import type { Draft, SaidPeak } from "./calibration-draft.js";

/** The view's own settings, saved with the session: a calibration that is tried and not applied yet. */
export interface CalibrationSpec {
  readonly tried?: Tried | undefined;
}

export interface Tried {
  /** File and calibration of the recipe beside which it was tried; it holds as long as these do. */
  readonly of: string;
  readonly draft: Draft;
}

export function parseCalibrationSpec(saved: unknown): CalibrationSpec {
  if (!isRecord(saved) || !isRecord(saved["tried"])) return {};
  const { of, draft } = saved["tried"];
  return typeof of === "string" && isDraft(draft) ? { tried: { of, draft } } : {};
}

function isDraft(value: unknown): value is Draft {
  if (!isRecord(value)) return false;
  const { way, offsetKev, scaleKev, peaks, lines, leftOut, zeroPeak, toleranceKev, startsByHand, takesResolution } = value;
  return (
    (way === "file" || way === "lines" || way === "hand") &&
    [offsetKev, scaleKev].every((one) => one === undefined || Number.isFinite(one)) &&
    [lines, leftOut].every((names) => Array.isArray(names) && names.every((name) => typeof name === "string")) &&
    Array.isArray(peaks) &&
    peaks.every(isPeak) &&
    [zeroPeak, startsByHand, takesResolution].every((one) => typeof one === "boolean") &&
    Number.isFinite(toleranceKev)
  );
}

function isPeak(value: unknown): value is SaidPeak {
  return isRecord(value) && typeof value["line"] === "string" && Number.isFinite(value["channel"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

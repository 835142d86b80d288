/** What the files of Analysis Station say about the microscope, in the words of this program. */
import type { Metadata } from "../../spectrum-image/spectrum-image.js";

/** JEOL's model names say what a microscope is: JEM transmits, JSM, JXA (microprobe), JCM, JIB and JAMP scan. */
export function instrumentNamed(model: string | undefined): Metadata["instrument"] {
  if (model === undefined) return undefined;
  if (/^\s*JEM/i.test(model)) return "TEM";
  return /^\s*(JSM|JXA|JCM|JIB|JAMP)/i.test(model) ? "SEM" : undefined;
}

const DAY_MS = 86_400_000;
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Days since 1899-12-30, with their fraction, as ISO 8601 without zone; `undefined` outside the years 1980 to 2200. */
export function dateOfDays(days: number): string | undefined {
  if (!(days > 29_220 && days < 109_600)) return undefined;
  return new Date(DAY_ZERO + Math.round(days * 86_400) * (DAY_MS / 86_400)).toISOString().slice(0, 19);
}

/** Width of the field in micrometres: the width of the picture on the screen, mm, over the magnification. */
export function fieldWidthUm(scanSizeMm: number | undefined, magnification: number | undefined): number | undefined {
  if (scanSizeMm === undefined || magnification === undefined || !(scanSizeMm > 0) || !(magnification > 0)) return undefined;
  return (scanSizeMm / magnification) * 1000;
}

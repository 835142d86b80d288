import { DataCheckError } from "../../errors.js";

/** What a fit of lines finds; undefined where the spectrum holds nothing to which they could be fitted. Every other error is thrown on. */
export function fittedOrNothing<Found>(fit: () => Found): Found | undefined {
  try {
    return fit();
  } catch (error) {
    if (error instanceof DataCheckError) return undefined;
    throw error;
  }
}

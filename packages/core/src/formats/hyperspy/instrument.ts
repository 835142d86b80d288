/** Which instrument HyperSpy is told of. */
import type { Metadata } from "../../spectrum-image/spectrum-image.js";

/** Scanning microscopes end at 30 keV, transmission starts at 60 or above. */
const LOWEST_TEM_KEV = 60;

/**
 * HyperSpy wants either SEM or TEM for every X-ray spectrum: without, it opens a plain signal that knows no lines. Where the file named none, the beam energy
 * decides; where that is unknown too, a detector makes it SEM, as in HyperSpy's own readers. Undefined where nothing at all is known of the instrument.
 */
export function instrumentForHyperspy({ instrument, beamEnergyKev, detector }: Metadata): "SEM" | "TEM" | undefined {
  if (instrument !== undefined) return instrument;
  if (beamEnergyKev !== undefined) return beamEnergyKev >= LOWEST_TEM_KEV ? "TEM" : "SEM";
  return Object.values(detector).some((value) => value !== undefined) ? "SEM" : undefined;
}

/** `EDS_SEM`, `EDS_TEM`, or nothing. */
export function signalTypeForHyperspy(metadata: Metadata): string {
  const instrument = instrumentForHyperspy(metadata);
  return instrument === undefined ? "" : `EDS_${instrument}`;
}

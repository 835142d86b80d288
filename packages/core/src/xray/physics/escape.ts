/** Escape peaks: a photon ionises silicon near the detector's surface, and the Si Ka photon made there leaves the detector. */
import { log } from "../../kernels/math.js";
import { remembered } from "../../kernels/remembered.js";
import { massAttenuation } from "../attenuation.js";
import { edgesOf } from "../edges.js";
import { elementNamed } from "../elements.js";
import { lineWithName } from "../lines.js";

const SILICON = elementNamed("Si").symbol;
const K_EDGE = edgesOf(SILICON).find(({ level }) => level === "K")!;

/** What an escape peak lacks: the energy of Si Ka, keV. */
export const ESCAPE_KEV = lineWithName("Si_Ka")!.energyKev;

/**
 * Counts in the escape peak over those in the parent peak, for photons that enter at right angles: half the yield of Si K times the share of
 * absorption in the K level times 1 - (m / M) ln(1 + M / m), with M and m the attenuation of silicon at the photon's energy and at Si Ka.
 * S. J. B. Reed and N. G. Ware, J. Phys. E 5 (1972) 582, doi:10.1088/0022-3735/5/6/029. 0 below the Si K edge. At most 1.6 %.
 */
export const escapeRatio: (energyKev: number) => number = remembered((energyKev) => {
  if (energyKev <= K_EDGE.energyKev) return 0;
  const ratio = massAttenuation(SILICON, ESCAPE_KEV) / massAttenuation(SILICON, energyKev);
  const inLevel = (K_EDGE.jumpRatio - 1) / K_EDGE.jumpRatio;
  const escaping = 0.5 * K_EDGE.fluorescenceYield * inLevel * (1 - ratio * log(1 + 1 / ratio));
  return escaping / (1 - escaping);
});

/**
 * Characteristic fluorescence: lines of the sample that ionise other elements of it on their way out. Where the exciting photons are made is taken from the
 * depth distribution XPP (Pouchou and Pichoir 1991, doi:10.1007/978-1-4899-2617-3_4) as it is, not from an exponential in its place: with
 *
 *     phi(z) = A exp(-a z) + (B z + phi(0) - A) exp(-b z)
 *
 * photons of attenuation u, of which (u / 2) E1(u |z - z'|) dz' are absorbed between z' and z' + dz', and radiation that leaves by exp(-chi z'), the
 * integral over both depths is A L(a) + (phi(0) - A) L(b) - B L'(b), where
 *
 *     L(s) = (u / 2) / (s + chi) [ln(1 + s / u) / s + ln(1 + chi / u) / chi].
 *
 * For a single exponential this is the formula of S. J. B. Reed, Brit. J. Appl. Phys. 16 (1965) 913, doi:10.1088/0508-3443/16/7/301.
 */
import { log1p } from "../../kernels/math.js";
import { massAttenuation } from "../attenuation.js";
import { edgesOf, type Level } from "../edges.js";
import type { DepthDistribution } from "./depth-distribution.js";

/**
 * Photons absorbed in the sample, each weighted by what exp(-chi z) lets out from the depth of its absorption, per unit of the ionisation that makes them.
 *
 * @param u mass attenuation of the sample for the exciting line, cm2/g
 * @param chi mass attenuation of the sample for the excited line over sin(take-off angle), cm2/g
 */
export function absorbedAndEmitted(source: DepthDistribution, u: number, chi: number): number {
  return fluorescenceSource(source, u)(chi);
}

/** {@link absorbedAndEmitted} for many chi. */
export type FluorescenceSource = (chi: number) => number;

/** Prepares {@link absorbedAndEmitted} for one exciting line. */
export function fluorescenceSource({ a, b, A, B, surface }: DepthDistribution, u: number): FluorescenceSource {
  const [logA, logB] = [log1p(a / u) / a, log1p(b / u) / b];
  const slopeB = 1 / ((u + b) * b) - logB / b;
  return (chi) => {
    const logChi = log1p(chi / u) / chi;
    const valueA = ((u / 2) * (logA + logChi)) / (a + chi);
    const valueB = ((u / 2) * (logB + logChi)) / (b + chi);
    const slope = ((u / 2) * slopeB - valueB) / (b + chi);
    return A * valueA + (surface - A) * valueB - B * slope;
  };
}

/**
 * Share of the absorption of an element at an energy that happens in one level: (r - 1) / r of what the deeper levels leave, r being the jump
 * ratios. 0 where the energy does not reach the edge.
 */
export function shareOfLevel(symbol: string, level: Level, energyKev: number): number {
  let left = 1;
  for (const edge of edgesOf(symbol)) {
    if (edge.energyKev >= energyKev) continue;
    const share = left * (1 - 1 / edge.jumpRatio);
    if (edge.level === level) return share;
    left /= edge.jumpRatio;
  }
  return 0;
}

/** Mass attenuation by ionisation of one level of an element, cm2/g; scattering, a few per cent at most here, counts as ionisation. */
export function levelAttenuation(symbol: string, level: Level, energyKev: number): number {
  const share = shareOfLevel(symbol, level, energyKev);
  return share === 0 ? 0 : share * massAttenuation(symbol, energyKev);
}

/** What a silicon drift detector does to a spectrum: resolution and efficiency. */
import { exp } from "../kernels/math.js";
import { remembered } from "../kernels/remembered.js";
import { type MassFractions, massAttenuation, massAttenuationOf } from "./attenuation.js";
import { elementNamed } from "./elements.js";
import { massFractions, parseFormula } from "./formula.js";

/** Energy of Mn Ka, at which resolutions are stated. */
const REFERENCE_KEV = 5.8987;
/** Width below which electronic noise lets no silicon detector come: the formula is held there. */
const NARROWEST_EV = 30;
/** Full width at half maximum over standard deviation of a Gaussian: 2 sqrt(2 ln 2). */
export const FWHM_PER_SIGMA = 2.3548200450309493;

/**
 * Full width at half maximum of a line, keV: sqrt(resolution^2 + 2.5 (E - 5.8987 keV) 1000) in eV, the form that HyperSpy uses (after
 * Fiori and Newbury 1978). With a resolution below 121.4 eV the radicand turns negative towards 0 keV; the width is held at 30 eV,
 * about the electronic noise of a good detector.
 *
 * @param resolutionEv width at Mn Ka, default 130
 */
export function fwhmKev(energyKev: number, resolutionEv = 130): number {
  const squared = 2.5 * (energyKev - REFERENCE_KEV) * 1000 + resolutionEv * resolutionEv;
  return Math.sqrt(Math.max(squared, NARROWEST_EV * NARROWEST_EV)) / 1000;
}

/** Standard deviation of a line's Gaussian, keV; see {@link fwhmKev}. */
export function sigmaKev(energyKev: number, resolutionEv = 130): number {
  return fwhmKev(energyKev, resolutionEv) / FWHM_PER_SIGMA;
}

/** A layer that the X-rays must pass. */
export interface Layer {
  readonly massFractions: MassFractions;
  readonly densityGcm3: number;
  readonly thicknessUm: number;
}

export interface DetectorModel {
  /** Window and contacts, in the way of every photon. */
  readonly layers: readonly Layer[];
  /** Share of the window that its supporting silicon grid leaves open, 0 to 1. */
  readonly openFraction: number;
  /** Thickness of the grid bars, um; harder photons pass them. */
  readonly gridThicknessUm: number;
  /** Silicon at the entrance that does not count, um. */
  readonly deadLayerUm: number;
  /** Silicon that counts, um. */
  readonly thicknessUm: number;
}

function layer(formula: string, densityGcm3: number, thicknessUm: number): Layer {
  return { massFractions: massFractions(parseFormula(formula)), densityGcm3, thicknessUm };
}

const polyimide = { formula: "C22H10N2O5", densityGcm3: 1.42 };

/**
 * A polymer window like Moxtek's AP3.3 (polyimide 0.3 um, aluminium 40 nm, silicon grid 380 um, 77 % open) before 450 um of silicon.
 * The dead layer of 0.1 um stands for incomplete charge collection too.
 */
export const polymerWindowDetector: DetectorModel = {
  layers: [layer(polyimide.formula, polyimide.densityGcm3, 0.3), layer("Al", 2.7, 0.04)],
  openFraction: 0.77,
  gridThicknessUm: 380,
  deadLayerUm: 0.1,
  thicknessUm: 450,
};

/** A beryllium window of 8 um, as old detectors have: nothing below about 1 keV. */
export const berylliumWindowDetector: DetectorModel = {
  layers: [layer("Be", 1.85, 8)],
  openFraction: 1,
  gridThicknessUm: 0,
  deadLayerUm: 0.1,
  thicknessUm: 3000,
};

/** No window, as in most detectors for the TEM: dead layer and silicon alone. */
export const windowlessDetector: DetectorModel = {
  layers: [],
  openFraction: 1,
  gridThicknessUm: 0,
  deadLayerUm: 0.05,
  thicknessUm: 450,
};

const SILICON_GCM3 = elementNamed("Si").densityGcm3;

/**
 * Share of the photons arriving at the window that are counted, 0 to 1: transmission of layers, grid and dead layer (Beer and Lambert)
 * times absorption in the active silicon. Scatter, escape and incomplete charge collection are left out (Scholze and Procop 2009,
 * doi:10.1002/xrs.1165, treats them). Errors as `massAttenuation`.
 */
export function detectorEfficiency(energyKev: number, model: DetectorModel = polymerWindowDetector): number {
  let efficiency = efficiencies.get(model);
  if (efficiency === undefined) {
    efficiency = remembered((energy) => efficiencyAt(energy, model));
    efficiencies.set(model, efficiency);
  }
  return efficiency(energyKev);
}

/** Efficiency of each detector as a function of energy in keV; models are not changed once they are made. */
const efficiencies = new WeakMap<DetectorModel, (energyKev: number) => number>();

function efficiencyAt(energyKev: number, model: DetectorModel): number {
  const silicon = massAttenuation("Si", energyKev) * SILICON_GCM3 * 1e-4;
  let transmission = 1;
  for (const { massFractions: fractions, densityGcm3, thicknessUm } of model.layers) {
    transmission *= exp(-massAttenuationOf(fractions, energyKev) * densityGcm3 * thicknessUm * 1e-4);
  }
  const grid = model.openFraction + (1 - model.openFraction) * exp(-silicon * model.gridThicknessUm);
  return transmission * grid * exp(-silicon * model.deadLayerUm) * (1 - exp(-silicon * model.thicknessUm));
}

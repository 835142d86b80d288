/** Compositions of bulk samples, as the steps after it, tables and the report find them. */
import type { Composition } from "../../algorithms/quantify/composition.js";
import type { FormulaBasis } from "../../algorithms/quantify/xpp/mineral-formula.js";
import type { QuantifiedSpectrum } from "../../algorithms/quantify/xpp/quantify-fit.js";

/** Atoms of an element per formula unit, with its errors of counting (and standards) and of the model. */
export interface ElementAtoms {
  readonly element: string;
  readonly atoms: number;
  readonly countingError: number;
  readonly modelError: number;
}

export interface BulkComposition extends QuantifiedSpectrum {
  /** Where the oxygen is from; `none`: there is none, or it was not looked at. */
  readonly oxygen: "measured" | "stoichiometry" | "none";
  /** Oxygen by its line over what usual oxides of the other elements hold, where that decided; else undefined. */
  readonly oxygenOverOxides?: number | undefined;
  /** Live time times beam current of the pixels that were summed, nA s; undefined where it is not known. */
  readonly doseNas: number | undefined;
  readonly formula: { readonly basis: FormulaBasis; readonly atoms: readonly ElementAtoms[] } | undefined;
  /** Of the fit of the spectrum: 1 for a perfect model. */
  readonly reducedChiSquare: number;
}

export interface BulkClass {
  /** -1: all pixels together, where there are no classes. */
  readonly id: number;
  /** Pixels that were summed, their counts, and whether these are pure pixels only. */
  readonly pixels: number;
  readonly counts: number;
  readonly pure: boolean;
  readonly quantified: BulkComposition | undefined;
  /** Why there is no composition. */
  readonly reason: string | undefined;
  /** Fractions in the order of the elements of the quantification; NaN for those that were not looked at in this class. Errors of counting and standards. */
  readonly composition: Composition | undefined;
}

/** A standard as it was used. */
export interface StandardFacts {
  readonly name: string;
  readonly composition: Readonly<Record<string, number>>;
  readonly beamEnergyKev: number;
  readonly takeOffAngleDeg: number;
  readonly doseNas: number | undefined;
  readonly reducedChiSquare: number;
  /** Elements that it was the standard for, with the counts of their families and the errors. */
  readonly elements: readonly {
    readonly element: string;
    readonly line: string;
    readonly counts: number;
    readonly countsError: number;
  }[];
}

/** Mass fractions at the pixels: the matrix correction of the class on the pixel's net counts. */
export interface PixelFractions {
  /** Float32 [pixels x elements]; NaN where there are too few counts, and for elements that are not of the class. */
  readonly massFraction: Float32Array;
  readonly massFractionError: Float32Array;
  readonly quantifiedPixels: number;
}

export interface BulkQuantification {
  readonly method: "xpp";
  /** By atomic number: all elements of all classes. */
  readonly elements: readonly string[];
  readonly beamEnergyKev: number;
  /** Between the tilted surface and the detector. */
  readonly takeOffAngleDeg: number;
  readonly tiltDeg: number;
  readonly classes: readonly BulkClass[];
  readonly standards: readonly StandardFacts[];
  readonly pixels: PixelFractions | undefined;
}

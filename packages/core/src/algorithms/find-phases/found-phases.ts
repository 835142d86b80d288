/** What automatic phase finding gives: the phases, and the reasons for each as data, for the report and the app. */
import type { Finding } from "../../spectrum-image/spectrum-image.js";

/** One energy bin of a measured spectrum beside what the phases known so far could make of it. */
export interface BinEvidence {
  readonly energyKev: number;
  /** X-ray line nearest to the bin among those of the elements found, for example `Mg_Ka`; undefined when there is none. */
  readonly line: string | undefined;
  /** Share of the counts in the bin, measured. */
  readonly measured: number;
  /** Share of the counts in the bin that the known phases predict. */
  readonly predicted: number;
  /** (measured - predicted) / its standard error. */
  readonly sigma: number;
}

/** Why a phase was added, and how it stands in the end. */
export interface PhaseEvidence {
  /** Class id in `labels`; 0 is the first. */
  readonly id: number;
  /** Order of discovery; 0 is the dominant phase, which needs no reason. */
  readonly discovery: number;
  /** Where it was found: pixel index of the place of the largest effect (middle of the map's pixel grid as analysed). */
  readonly seedPixel: number;
  /** Pixels of the connected area in which the effect was seen when the phase was added. */
  readonly seedArea: number;
  /** Effect that the phases known before could not explain: chi-square distance, dimensionless. */
  readonly effect: number;
  /** The effect over its standard error from counting statistics. */
  readonly z: number;
  /** The bins that speak most for it, strongest first. */
  readonly bins: readonly BinEvidence[];
  /** Pixels whose largest share is this phase. */
  readonly pixels: number;
  /** Pixels that hold (nearly) nothing else, from which the spectrum was taken. */
  readonly purePixels: number;
  /** Raw counts behind its spectrum. */
  readonly counts: number;
  /** Id of the most similar other phase, its chi-square distance and the counts per pixel that tell the two apart at 2 sigma. */
  readonly nearest: { readonly id: number; readonly distance: number; readonly countsNeeded: number } | undefined;
  /** One sentence, for the report. */
  readonly sentence: string;
}

export type RejectionReason = "tiny" | "duplicate" | "continuum" | "mixture" | "overlap";

/** A candidate that was looked at and not kept. */
export interface RejectedCandidate {
  readonly reason: RejectionReason;
  readonly seedPixel: number;
  readonly area: number;
  readonly effect: number;
  /** Ids of the kept phases that explain it, with their weights where it is a mixture. */
  readonly explainedBy: readonly { readonly id: number; readonly weight: number }[];
  readonly sentence: string;
}

/** A constant of the method with the sentence that justifies it. */
export interface MethodConstant {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly sentence: string;
}

export interface FoundPhases {
  /** Int32 [pixels]: id of the phase with the largest share, -1 for unassigned (vacuum, holes, unexplained). */
  readonly labels: Int32Array;
  /** Float32 [pixels x phases], row-major: share of the area of each pixel, rows sum to 1 (0 where unassigned for lack of counts). */
  readonly abundances: Float32Array;
  /** Float32 [pixels x phases], row-major: probability of each phase given the pixel's counts; rows sum to 1 or are 0. */
  readonly membership: Float32Array;
  /** One spectrum per phase over all channels: mean counts per pixel of a pure pixel. */
  readonly endmembers: readonly Float64Array[];
  /** Float32 [pixels]: what no phase explains, in standard errors. */
  readonly residualSigma: Float32Array;
  /** Share of all counts that no phase explains, 0 to 1. */
  readonly unexplainedShare: number;
  readonly phases: readonly PhaseEvidence[];
  readonly rejected: readonly RejectedCandidate[];
  readonly constants: readonly MethodConstant[];
  /** Sentences about choices made from the data: scales, number of axes, binning. */
  readonly choices: readonly string[];
  /** The same choices with a stable word each, for programs. */
  readonly decisions?: readonly Pick<Finding, "code" | "message">[] | undefined;
  readonly warnings: readonly string[];
}

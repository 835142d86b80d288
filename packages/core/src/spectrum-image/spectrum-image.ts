import type { Axis } from "./axis.js";
import type { CountSource } from "./counts.js";

/** A picture of the field: BSE, SE, HAADF, or a map that came without spectra. Row-major, first row at the top. */
export interface NavigationImage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;
  /** Micrometres per pixel, x then y; `undefined` when the file does not say. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

export interface Detector {
  readonly type?: string | undefined;
  /** Resolution: full width at half maximum at Mn Ka (5.8987 keV), eV. */
  readonly resolutionEv?: number | undefined;
  readonly elevationAngleDeg?: number | undefined;
  readonly azimuthAngleDeg?: number | undefined;
  /** Time for which the detector was ready to count, over the whole map, s. */
  readonly liveTimeS?: number | undefined;
  /** Time that the acquisition took, s. */
  readonly realTimeS?: number | undefined;
}

/** What every reader says in the same words. Anything that the file does not state is `undefined`: readers never guess. */
export interface Metadata {
  readonly title?: string | undefined;
  readonly instrument?: "SEM" | "TEM" | undefined;
  readonly beamEnergyKev?: number | undefined;
  readonly beamCurrentNa?: number | undefined;
  readonly magnification?: number | undefined;
  readonly detector: Detector;
  /** Stage position, micrometres and degrees. */
  readonly stage?:
    | {
        readonly xUm?: number;
        readonly yUm?: number;
        readonly zUm?: number;
        readonly tiltDeg?: number;
        readonly rotationDeg?: number;
      }
    | undefined;
  /** Element symbols that the file names, in alphabetical order. */
  readonly elements: readonly string[];
  /** ISO 8601, without zone where the file has none. */
  readonly acquiredAt?: string | undefined;
}

export interface Finding {
  readonly severity: "info" | "warning";
  /** Stable word for programs, for example `no-energy-calibration`. */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
  /** What cannot be done because of it. */
  readonly disables?: readonly string[];
}

/** What the reader met: totals that the file states about itself, what was missing and what was left out. */
export interface LoadReport {
  /** Sum of all counts as the file states it, where it does. */
  readonly statedCounts?: { readonly value: number; readonly where: string } | undefined;
  readonly findings: readonly Finding[];
}

/** A spectrum at every point of a navigation grid of any number of dimensions, with everything known about it. */
export interface SpectrumImage {
  readonly title: string;
  readonly counts: CountSource;
  /** Slowest first; sizes equal `counts.navigationShape`. */
  readonly navigationAxes: readonly Axis[];
  /** Size equals `counts.channels`. */
  readonly energyAxis: Axis;
  /**
   * Only where channels are element maps and no energies: what each shows, `Fe_Ka` or, where the line is not known, `Fe`. Then the energy axis counts maps.
   */
  readonly channelLines?: readonly string[] | undefined;
  readonly images: readonly NavigationImage[];
  readonly metadata: Metadata;
  /** As the file has it, untouched: plain JSON-like data. */
  readonly originalMetadata: unknown;
  readonly loadReport: LoadReport;
}

/** How a bulk sample was measured: what the recipe says, else the file, else what is usual, with a word about it. */
import { USUAL_RESOLUTION_EV } from "../../algorithms/preprocess/line-windows.js";
import { ParameterError } from "../../errors.js";
import { cos, sin } from "../../kernels/math.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { berylliumWindowDetector, type Layer, polymerWindowDetector, windowlessDetector } from "../../xray/detector.js";
import { elementNamed } from "../../xray/elements.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import type { GivenCoating, XppParameters } from "./xpp-parameters.js";

export interface BulkConditions {
  readonly conditions: Conditions;
  /** Between the surface as it is and the detector, before the projection of the tilted beam. */
  readonly takeOffAngleDeg: number;
  /** Live time times beam current of all pixels, nA s; undefined where one of them is not known. */
  readonly doseNas: number | undefined;
  /** Live time of all pixels, s. */
  readonly liveTimeS: number | undefined;
  readonly findings: readonly Finding[];
}

const USUAL_TAKE_OFF_DEG = 35;
const LEAST_TAKE_OFF_DEG = 5;
/** Above this energy samples are thin, and the physics of bulk samples does not hold, keV. */
const THIN_SAMPLE_KEV = 60;
/** Below this tilt nobody need be told, degrees. */
const LEVEL_DEG = 1;
const detectors = { polymer: polymerWindowDetector, beryllium: berylliumWindowDetector, none: windowlessDetector };

/** Throws {@link ParameterError} without a beam energy, for a thin sample, or where the tilted surface hides from the detector. */
export function bulkConditions({ metadata }: SpectrumImage, given: XppParameters): BulkConditions {
  const findings: Finding[] = [];
  const beamEnergyKev = given.beamEnergyKev ?? metadata.beamEnergyKev;
  if (beamEnergyKev === undefined) {
    throw new ParameterError("The file states no beam energy.", {
      where: "quantify",
      field: "beamEnergyKev",
      remedy: "Give beamEnergyKev in the step quantify.",
    });
  }
  if (metadata.instrument === "TEM" || beamEnergyKev > THIN_SAMPLE_KEV) {
    throw new ParameterError("The matrix correction XPP is for bulk samples in an SEM.", {
      where: "quantify",
      field: "method",
      found: `${metadata.instrument ?? "an instrument"} at ${beamEnergyKev} keV`,
      remedy: "Use the method cliff-lorimer or zeta-factor for thin samples.",
    });
  }
  const elevation = elevationOf(metadata.detector.elevationAngleDeg, given, findings);
  const takeOffAngleDeg = elevation + given.tiltDeg;
  if (takeOffAngleDeg < LEAST_TAKE_OFF_DEG || takeOffAngleDeg > 180 - LEAST_TAKE_OFF_DEG) {
    throw new ParameterError("The detector does not see the tilted surface.", {
      where: "quantify",
      field: "tiltDeg",
      found: `${given.tiltDeg} degrees with a detector at ${elevation} degrees`,
      expected: `an angle between surface and detector of at least ${LEAST_TAKE_OFF_DEG} degrees`,
    });
  }
  findings.push(...tiltFindings(metadata.stage?.tiltDeg, given.tiltDeg));
  const liveTimeS = given.liveTimeS ?? metadata.detector.liveTimeS;
  const current = given.beamCurrentNa ?? metadata.beamCurrentNa;
  return {
    conditions: {
      beamEnergyKev,
      takeOffAngleDeg: projectedAngleDeg(takeOffAngleDeg, given.tiltDeg),
      resolutionEv: metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV,
      detector: detectors[given.window],
    },
    takeOffAngleDeg,
    liveTimeS,
    doseNas: liveTimeS === undefined || current === undefined || !(current > 0) ? undefined : liveTimeS * current,
    findings,
  };
}

/** The layer that a recipe describes. Throws {@link ParameterError} for a compound without a density. */
export function coatingOf(given: GivenCoating | undefined): Layer | undefined {
  if (given === undefined) return undefined;
  const composition = massFractions(parseFormula(given.material));
  const [first, second] = Object.keys(composition);
  if (given.densityGcm3 === undefined && second !== undefined) {
    throw new ParameterError("The density of the coating is not known.", {
      where: "quantify",
      field: "coating.densityGcm3",
      found: given.material,
      remedy: "Give it in g/cm3.",
    });
  }
  return {
    massFractions: composition,
    densityGcm3: given.densityGcm3 ?? elementNamed(first!).densityGcm3,
    thicknessUm: given.thicknessNm / 1000,
  };
}

/**
 * The take-off angle at which a level sample absorbs as much as the tilted one: ionisations along a beam that enters at the angle t to the surface's normal lie
 * cos t as deep, so chi = mu cos t / sin(take-off). Never more than straight up.
 */
export function projectedAngleDeg(takeOffAngleDeg: number, tiltDeg: number): number {
  if (tiltDeg === 0) return takeOffAngleDeg;
  const sine = sin(takeOffAngleDeg * DEGREE) / cos(tiltDeg * DEGREE);
  if (sine >= 1) return 90;
  let [low, high] = [0, 90];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (sin(middle * DEGREE) < sine) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const DEGREE = Math.PI / 180;

function elevationOf(stated: number | undefined, given: XppParameters, findings: Finding[]): number {
  const usable = stated !== undefined && stated >= LEAST_TAKE_OFF_DEG ? stated : undefined;
  if (given.takeOffAngleDeg === undefined && usable === undefined) {
    const message = `The file states no take-off angle; ${USUAL_TAKE_OFF_DEG} degrees are taken for compositions.`;
    findings.push({ severity: "info", code: "usual-take-off", message });
  }
  return given.takeOffAngleDeg ?? usable ?? USUAL_TAKE_OFF_DEG;
}

function tiltFindings(ofStage: number | undefined, tiltDeg: number): Finding[] {
  if (tiltDeg !== 0) {
    const message = `The sample is tilted by ${tiltDeg} degrees: depths are projected on the surface's normal, more backscattering is not counted.`;
    return [{ severity: "warning", code: "tilted", message }];
  }
  if (ofStage === undefined || Math.abs(ofStage) < LEVEL_DEG) return [];
  const message = `The file states a stage tilt of ${ofStage} degrees, but not whether towards the detector; compositions are those of a level sample. Give tiltDeg.`;
  return [{ severity: "warning", code: "tilt-ignored", message }];
}

import { z } from "zod";
import { ParameterError } from "../../errors.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Algorithm } from "../algorithm.js";
import type { LineMaps } from "../preprocess/feature-maps.js";
import { cliffLorimerFormula, type KFactor } from "./cliff-lorimer-formula.js";
import { SIGMA_TABLE_KEV, sigma120kv } from "./cliff-lorimer-k-factors.js";
import { filmAbsorption } from "./film-absorption.js";
import { filmParameters, takeOffAngleOf } from "./film-parameters.js";
import { type FilmResult, type QuantifyInput, quantifyFilm, thicknessFindings } from "./film-quantification.js";

export type { ClassComposition, QuantifyInput } from "./film-quantification.js";

const parameters = z.strictObject({
  lines: filmParameters.lines,
  kFactorTable: z.enum(["sigma-120kv", "none"]).default("sigma-120kv").meta({
    title: "Table of k-factors",
    description: "sigma-120kv: Ka lines relative to Fe at 120 kV, as SIGMA has them; none: only those given.",
  }),
  kFactors: z.record(z.string(), z.number().positive().max(1e6)).default({}).meta({
    title: "k-factors",
    description: "By mass and relative to one line, for example Fe_Ka 1, Si_Ka 0.76; they go before those of the table.",
  }),
  kFactorError: z.number().min(0).max(1).default(0).meta({
    title: "Error of the k-factors",
    unit: "of the k-factor",
    description: "Standard error of each k-factor over itself. 0: errors are those of counting alone.",
  }),
  thicknessNm: z.number().positive().max(10_000).optional().meta({
    title: "Thickness",
    unit: "nm",
    description: "Of the film, for absorption; needs the density. Left out: absorption is not corrected.",
  }),
  densityGcm3: z.number().positive().max(30).optional().meta({
    title: "Density",
    unit: "g/cm3",
    description: "Of the film, for absorption; needs the thickness.",
  }),
  takeOffAngleDeg: filmParameters.takeOffAngleDeg,
  background: filmParameters.background,
  resolutionEv: filmParameters.resolutionEv,
  minimumCounts: filmParameters.minimumCounts,
});

type Parameters = z.output<typeof parameters>;

export interface CliffLorimerResult extends FilmResult {
  /** In the order of the lines. */
  readonly kFactors: readonly number[];
  /** By which absorption was corrected; undefined where it was not. */
  readonly film: { readonly thicknessNm: number; readonly densityGcm3: number; readonly takeOffAngleDeg: number } | undefined;
}

/**
 * Quantification of thin samples by k-factors, per class and per pixel, from net counts. Throws `ParameterError` for less than two lines, two lines of one element or a line without k-factor, `DataCheckError` for data that are not counts or an energy axis without calibration, `ShapeError` for labels of another size.
 */
export const cliffLorimer: Algorithm<typeof parameters, QuantifyInput, CliffLorimerResult> = {
  id: "cliff-lorimer",
  name: "Cliff-Lorimer quantification",
  summary: "Turns net counts of thin samples into mass and atomic fractions with their counting errors, by k-factors.",
  reference: "Cliff and Lorimer 1975, doi:10.1111/j.1365-2818.1975.tb03895.x; Currie 1968, doi:10.1021/ac60259a007",
  parameters,
  run: quantified,
};

async function quantified(input: QuantifyInput, given: Parameters, context: SeededContext): Promise<CliffLorimerResult> {
  const { image } = input;
  const film = filmOf(image, given);
  const factors = (lines: readonly string[]) => lines.map((line) => kFactorOf(line, given));
  const { result, maps } = await quantifyFilm(
    input,
    {
      where: "cliff-lorimer",
      ...given,
      formulaFor: (lines) => cliffLorimerFormula(factors(lines), film === undefined ? undefined : absorbingFilm(lines, film)),
    },
    context,
  );
  return {
    ...result,
    kFactors: factors(result.lines).map(({ kFactor }) => kFactor),
    film,
    findings: [
      ...thicknessFindings(image, "Cliff and Lorimer's formula"),
      ...tableFindings(image, maps, given),
      ...result.findings,
    ],
  };
}

/** The film whose absorption is corrected. Throws `ParameterError` where of thickness and density one is missing. */
function filmOf({ metadata }: SpectrumImage, given: Parameters): CliffLorimerResult["film"] {
  const { thicknessNm, densityGcm3 } = given;
  if (thicknessNm === undefined && densityGcm3 === undefined) return undefined;
  if (thicknessNm === undefined || densityGcm3 === undefined) {
    throw new ParameterError("Absorption needs thickness and density.", {
      where: "cliff-lorimer",
      field: thicknessNm === undefined ? "thicknessNm" : "densityGcm3",
      remedy: "Give both, or none of them.",
    });
  }
  return {
    thicknessNm,
    densityGcm3,
    takeOffAngleDeg: takeOffAngleOf(metadata.detector.elevationAngleDeg, given.takeOffAngleDeg, "cliff-lorimer"),
  };
}

const NM_TO_CM = 1e-7;

function absorbingFilm(
  lines: readonly string[],
  { thicknessNm, densityGcm3, takeOffAngleDeg }: NonNullable<CliffLorimerResult["film"]>,
) {
  return { absorption: filmAbsorption(lines, takeOffAngleDeg), massThicknessGcm2: thicknessNm * NM_TO_CM * densityGcm3 };
}

/** The k-factor of a line, from those given or from the table; undefined when neither has it. */
export function knownKFactor(line: string, given: Pick<Parameters, "kFactors" | "kFactorTable">): number | undefined {
  const own = Object.entries(given.kFactors).find(([name]) => lineNamed(name).name === line)?.[1];
  return own ?? (given.kFactorTable === "sigma-120kv" ? sigma120kv[line] : undefined);
}

function kFactorOf(line: string, given: Parameters): KFactor {
  const kFactor = knownKFactor(line, given);
  if (kFactor !== undefined) return { line, kFactor, relativeError: given.kFactorError };
  throw new ParameterError(`There is no k-factor for ${line}.`, {
    where: "cliff-lorimer",
    field: "kFactors",
    expected: "a k-factor by mass for every line, all relative to the same line",
    remedy: `Give one under "kFactors", or leave out the line.`,
  });
}

function tableFindings({ metadata }: SpectrumImage, { windows }: LineMaps, given: Parameters): Finding[] {
  const beam = metadata.beamEnergyKev;
  const fromTable = windows.some(({ line }) => knownKFactor(line, { ...given, kFactorTable: "none" }) === undefined);
  if (!fromTable || beam === undefined || Math.abs(beam - SIGMA_TABLE_KEV) <= 1) return [];
  const message = `The k-factors of the table are for ${SIGMA_TABLE_KEV} kV; this image was taken at ${beam} kV.`;
  return [{ severity: "warning", code: "other-beam-energy", message }];
}

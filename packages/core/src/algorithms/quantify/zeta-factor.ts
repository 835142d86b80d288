import { z } from "zod";
import { ParameterError } from "../../errors.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Algorithm } from "../algorithm.js";
import { filmAbsorption } from "./film-absorption.js";
import type { LineFactor } from "./film-formula.js";
import { filmParameters, takeOffAngleOf } from "./film-parameters.js";
import { type FilmResult, type QuantifyInput, quantifyFilm, thicknessFindings } from "./film-quantification.js";
import { zetaFormula } from "./zeta-formula.js";

const parameters = z.strictObject({
  lines: filmParameters.lines,
  zetaFactors: z.record(z.string(), z.number().positive().max(1e9)).default({}).meta({
    title: "zeta factors",
    unit: "kg/m2",
    description: "One per line, for example Fe_Ka 900: mass thickness of the pure element times electrons over counts.",
  }),
  zetaFactorError: z.number().min(0).max(1).default(0).meta({
    title: "Error of the zeta factors",
    unit: "of the zeta factor",
    description: "Standard error of each zeta factor over itself. 0: errors are those of counting alone.",
  }),
  beamCurrentNa: z.number().positive().max(1e6).optional().meta({
    title: "Beam current",
    unit: "nA",
    description: "Left out: as the file says.",
  }),
  liveTimeS: z.number().positive().max(1e9).optional().meta({
    title: "Live time",
    unit: "s",
    description: "Of all pixels of the image together. Left out: as the file says.",
  }),
  absorption: z.boolean().default(true).meta({
    title: "Absorption",
    description: "Whether absorption in the film is corrected, by the mass thickness that comes out.",
  }),
  takeOffAngleDeg: filmParameters.takeOffAngleDeg,
  background: filmParameters.background,
  resolutionEv: filmParameters.resolutionEv,
  minimumCounts: filmParameters.minimumCounts,
});

type Parameters = z.output<typeof parameters>;

export interface ZetaFactorResult extends FilmResult {
  /** In the order of the lines, kg/m2. */
  readonly zetaFactors: readonly number[];
  readonly electronsPerPixel: number;
  /** Undefined where absorption was not corrected. */
  readonly takeOffAngleDeg: number | undefined;
}

/**
 * Quantification of thin samples by zeta factors, per class and per pixel: fractions and mass thickness. Throws `ParameterError` for less than two lines, two lines of one
 * element, a line without zeta factor, or without live time, beam current or take-off angle; else as `quantifyFilm`.
 */
export const zetaFactor: Algorithm<typeof parameters, QuantifyInput, ZetaFactorResult> = {
  id: "zeta-factor",
  name: "Zeta-factor quantification",
  summary: "Turns net counts of thin samples and the electron dose into mass fractions and mass thickness, absorption corrected.",
  reference: "Watanabe and Williams 2006, doi:10.1111/j.1365-2818.2006.01549.x",
  parameters,
  run: quantified,
};

async function quantified(input: QuantifyInput, given: Parameters, context: SeededContext): Promise<ZetaFactorResult> {
  const { image } = input;
  const electronsPerPixel = electronsOf(image, given);
  const takeOffAngleDeg = given.absorption
    ? takeOffAngleOf(image.metadata.detector.elevationAngleDeg, given.takeOffAngleDeg, "zeta-factor")
    : undefined;
  const factors = (lines: readonly string[]) => lines.map((line) => zetaOf(line, given));
  const { result } = await quantifyFilm(
    input,
    {
      where: "zeta-factor",
      ...given,
      electronsPerPixel,
      formulaFor: (lines) =>
        zetaFormula(factors(lines), takeOffAngleDeg === undefined ? undefined : filmAbsorption(lines, takeOffAngleDeg)),
    },
    context,
  );
  return {
    ...result,
    zetaFactors: factors(result.lines).map(({ factor }) => factor),
    electronsPerPixel,
    takeOffAngleDeg,
    findings: [...thicknessFindings(image, "The method of zeta factors"), ...result.findings],
  };
}

/** Nanocoulombs in elementary charges. */
const ELECTRONS_PER_NC = 1e-9 / 1.602176634e-19;

function electronsOf({ metadata, counts }: SpectrumImage, given: Parameters): number {
  const time = given.liveTimeS ?? metadata.detector.liveTimeS;
  const current = given.beamCurrentNa ?? metadata.beamCurrentNa;
  if (time !== undefined && current !== undefined && time > 0 && current > 0)
    return (time * current * ELECTRONS_PER_NC) / pixelCount(counts.navigationShape);
  throw new ParameterError("Zeta factors need the number of electrons.", {
    where: "zeta-factor",
    field: time === undefined ? "liveTimeS" : "beamCurrentNa",
    found: "a file that does not state it",
    remedy: "Give liveTimeS, of all pixels together, and beamCurrentNa.",
  });
}

/** The zeta factor of a line; undefined when it is not given. */
export function knownZetaFactor(line: string, { zetaFactors }: Pick<Parameters, "zetaFactors">): number | undefined {
  return Object.entries(zetaFactors).find(([name]) => lineNamed(name).name === line)?.[1];
}

function zetaOf(line: string, given: Parameters): LineFactor {
  const factor = knownZetaFactor(line, given);
  if (factor !== undefined) return { line, factor, relativeError: given.zetaFactorError };
  throw new ParameterError(`There is no zeta factor for ${line}.`, {
    where: "zeta-factor",
    field: "zetaFactors",
    expected: "a zeta factor for every line, kg/m2",
    remedy: `Give one under "zetaFactors", or leave out the line.`,
  });
}

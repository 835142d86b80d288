import { z } from "zod";
import { cliffLorimer, knownKFactor } from "../../algorithms/quantify/cliff-lorimer.js";
import type { QuantifyInput } from "../../algorithms/quantify/film-quantification.js";
import { knownZetaFactor, zetaFactor } from "../../algorithms/quantify/zeta-factor.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import type { Analysis, ThinQuantification } from "../analysis.js";
import { classTableOf } from "../edits/class-table.js";
import { needSpectra } from "../map-image.js";
import { quantifyBulk } from "../quantify/quantify-bulk.js";
import { xppSchema } from "../quantify/xpp-parameters.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const cliffLorimerSchema = z.strictObject({
  step: z.literal("quantify"),
  method: z.literal("cliff-lorimer"),
  ...cliffLorimer.parameters.shape,
});
const zetaFactorSchema = z.strictObject({
  step: z.literal("quantify"),
  method: z.literal("zeta-factor"),
  ...zetaFactor.parameters.shape,
});
const schema = z.discriminatedUnion("method", [cliffLorimerSchema, zetaFactorSchema, xppSchema]);
type GivenThin = z.output<typeof cliffLorimerSchema> | z.output<typeof zetaFactorSchema>;

/** Fractions of the elements in each class and, where counts allow, at each pixel. */
export const quantify: Step<typeof schema> = {
  id: "quantify",
  title: "Quantify",
  summary: "Turns net counts into mass and atomic fractions, with their errors, for each class and each pixel.",
  schema,
  async run(analysis, given, context) {
    needSpectra(
      analysis.image,
      "quantify",
      "net counts of lines above their background",
      "Leave the step out, or quantify the spectrum image.",
    );
    if (given.method !== "xpp") return thin(analysis, given, context);
    const { quantification, findings } = await quantifyBulk(analysis, given, context);
    return tell({ ...analysis, quantification }, findings);
  },
};

async function thin(analysis: Analysis, given: GivenThin, context: StepContext): Promise<Analysis> {
  const { image, labels, mask } = analysis;
  const { lines, findings } = linesOf(analysis, given);
  const ids = labels === undefined ? undefined : classTableOf(analysis, labels).entries.map(({ id }) => id);
  const quantification = await quantified({ image, labels, ids, mask }, { ...given, lines: [...lines] }, context);
  return tell({ ...analysis, quantification }, [...findings, ...quantification.findings]);
}

async function quantified(input: QuantifyInput, given: GivenThin, context: StepContext): Promise<ThinQuantification> {
  if (given.method === "cliff-lorimer") {
    const { step: _, method, ...parameters } = given;
    return { method, ...(await cliffLorimer.run(input, parameters, context)) };
  }
  const { step: _, method, ...parameters } = given;
  return { method, ...(await zetaFactor.run(input, parameters, context)) };
}

/** The lines given, or those of the elements step that have a factor, the first of each element. */
function linesOf({ lines }: Analysis, given: GivenThin): { lines: readonly string[]; findings: readonly Finding[] } {
  if (given.lines.length > 0) return { lines: given.lines, findings: [] };
  const [name, factorOf] =
    given.method === "cliff-lorimer"
      ? ["k-factor", (line: string) => knownKFactor(line, given)]
      : ["zeta factor", (line: string) => knownZetaFactor(line, given)];
  const used = new Map<string, string>();
  for (const line of lines) {
    const { element } = lineNamed(line);
    if (factorOf(line) !== undefined && !used.has(element)) used.set(element, line);
  }
  const left = lines.filter((line) => !used.has(lineNamed(line).element));
  const message = `Elements without a ${name} are not quantified, and the others share the whole: ${left.join(", ")}.`;
  return {
    lines: [...used.values()],
    findings: left.length === 0 ? [] : [{ severity: "warning", code: `no-${name.replace(" ", "-")}`, message }],
  };
}

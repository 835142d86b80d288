/** The number of classes of a clustering: as given, or chosen among several by a criterion. */
import { z } from "zod";
import { chooseClasses } from "../algorithms/cluster/choose-classes.js";
import type { ClassNumber } from "../algorithms/cluster/recommend-classes.js";
import type { StabilityInput } from "../algorithms/cluster/stability.js";
import { parseParameters } from "../algorithms/parameters.js";
import type { Finding } from "../spectrum-image/spectrum-image.js";
import { resampleParameter } from "./points-again.js";
import type { StepContext } from "./step.js";

const { fewest, most, runs, mostPoints } = chooseClasses.parameters.shape;

const choice = z.strictObject({
  criterion: z.enum(["recommended", "bic", "silhouette", "stability"]).default("recommended").meta({
    title: "Criterion",
    description:
      "recommended: smallest BIC among numbers at which runs agree and classes lie apart; or BIC, silhouette or stability alone. BIC needs a mixture.",
  }),
  fewest,
  most,
  runs,
  mostPoints,
  resample: resampleParameter.default("none"),
});

/** Says how a number is chosen where it is `auto`. */
export const choiceParameter = choice.prefault({}).meta({
  title: "Choice of the number",
  description: "How the number of classes is chosen where it is auto; without effect else.",
});

/** A number of classes (`schema`), or `auto`. */
export function numberOrAuto<Schema extends z.ZodDefault<z.ZodNumber>>(schema: Schema) {
  const given = schema.meta();
  return z
    .union([z.literal("auto"), schema.unwrap()])
    .default(schema.def.defaultValue)
    .meta({ ...given, description: `${given?.description ?? ""} auto: chosen by the criterion.` });
}

/** How numbers of classes did, and which was taken. */
export interface ChosenNumber {
  readonly criterion: z.output<typeof choice>["criterion"];
  readonly nClasses: number;
  /** One entry per number tried, rising. */
  readonly numbers: readonly ClassNumber[];
  /** Points that were clustered for it. */
  readonly points: number;
  /** One or two sentences. */
  readonly reason: string;
}

/**
 * Tries the numbers of classes on the points and takes one by the criterion; ties go to the smaller number. Where the criterion has no value (the BIC
 * of k-means, the silhouette of one class) the recommendation decides, and a finding says so.
 */
export async function chosenNumber(
  input: StabilityInput,
  method: "gaussian-mixture" | "k-means",
  { criterion, resample: _, ...range }: z.output<typeof choice>,
  covarianceType: z.output<typeof chooseClasses.parameters>["covarianceType"] | undefined,
  context: StepContext,
): Promise<{ chosen: ChosenNumber; findings: readonly Finding[] }> {
  const parameters = parseParameters(chooseClasses, { ...range, method, covarianceType });
  const found = await chooseClasses.run(input, parameters, context);
  const { numbers, points } = found;
  const best = criterion === "recommended" ? undefined : bestBy(numbers, meritOf[criterion]);
  if (best === undefined) {
    const { nClasses, reason } = found;
    return {
      chosen: { criterion: "recommended", nClasses, numbers, points, reason },
      findings: withFallback(found.findings, criterion),
    };
  }
  const reason = `${best.nClasses} classes, by ${namesOf[criterion as keyof typeof namesOf]} alone; recommended: ${found.reason}`;
  const finding: Finding = { severity: "info", code: "number-of-classes", message: reason };
  return { chosen: { criterion, nClasses: best.nClasses, numbers, points, reason }, findings: [finding] };
}

const namesOf = { bic: "BIC", silhouette: "silhouette", stability: "stability" } as const;
/** Larger is better. */
const meritOf = {
  bic: ({ bic }: ClassNumber) => (bic === undefined ? undefined : -bic),
  silhouette: ({ silhouette }: ClassNumber) => silhouette,
  stability: ({ stability, nClasses }: ClassNumber) => (nClasses === 1 ? undefined : stability),
} as const;

function bestBy(numbers: readonly ClassNumber[], merit: (number: ClassNumber) => number | undefined): ClassNumber | undefined {
  let best: ClassNumber | undefined;
  for (const number of numbers) {
    const value = merit(number);
    if (value !== undefined && (best === undefined || value > merit(best)!)) best = number;
  }
  return best;
}

function withFallback(findings: readonly Finding[], criterion: string): readonly Finding[] {
  if (criterion === "recommended") return findings;
  const message = `The criterion ${criterion} has no value here; the recommended number is taken.`;
  return [...findings, { severity: "warning", code: "criterion-without-value", message }];
}

/** What was chosen for the user, one sentence each, and the parameter that would have it otherwise. */
import { formatNumber, formatPercent, lineText, type Recipe, type RecipeStep } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";

type StepId = RecipeStep["step"];

export interface AutomaticChoice {
  readonly sentence: string;
  /** Undefined where no parameter of the recipe changes it: a fact of the file. */
  readonly handle: ChoiceHandle | undefined;
  /** True for a limit that decides whatever the data are, false for what was decided from them. */
  readonly isUsual: boolean;
}

export interface ChoiceHandle {
  readonly step: StepId;
  readonly parameter: string;
  /** View that shows what decided. */
  readonly why?: string | undefined;
}

/** By the word that programs know a decision by. Of a step with several methods the parameter is that of the method, the first of these that it has. */
const handles: Readonly<
  Record<string, { readonly step: StepId; readonly parameters: readonly string[]; readonly why?: string }>
> = {
  elements: { step: "elements", parameters: ["elements"], why: "elements" },
  calibrated: { step: "calibrate", parameters: ["automatic"], why: "calibration" },
  "energies-stated": { step: "calibrate", parameters: ["energyScaleKev"], why: "calibration" },
  resolution: { step: "calibrate", parameters: ["resolutionEv"] },
  binned: { step: "bin", parameters: ["factor"] },
  "binning-remainder": { step: "bin", parameters: ["factor"] },
  masked: { step: "mask", parameters: ["minimumCounts"] },
  "typical-counts": { step: "bin", parameters: ["factor"] },
  smoothing: { step: "find-phases", parameters: ["effectiveCounts"] },
  "drift-corrected": { step: "find-phases", parameters: ["correctDrift"] },
  "energy-bins": { step: "find-phases", parameters: ["significance"] },
  "gradients-joined": { step: "find-phases", parameters: ["joinGradients"] },
  "components-chosen": { step: "decompose", parameters: ["nComponents"], why: "curves" },
  reconstructed: { step: "decompose", parameters: ["reconstruct"] },
  "weights-of-intensities": { step: "decompose", parameters: ["scaling"] },
  "pixels-not-normalised": { step: "features", parameters: ["normalisePixels"], why: "distributions" },
  "laid-out-in-part": { step: "embed", parameters: ["fitPixels"] },
  "graph-in-parts": { step: "embed", parameters: ["nNeighbors"] },
  "still-improving": { step: "embed", parameters: ["epochs"], why: "curves" },
  training: { step: "embed", parameters: ["epochs"], why: "curves" },
  "number-of-classes": { step: "cluster", parameters: ["nComponents", "nClusters"], why: "curves" },
  "components-left-empty": { step: "cluster", parameters: ["nComponents", "nClusters"] },
  "usual-take-off-for-names": { step: "identify", parameters: ["takeOffAngleDeg"] },
  "usual-take-off": { step: "quantify", parameters: ["takeOffAngleDeg"] },
  standardless: { step: "quantify", parameters: ["standards"] },
  "oxygen-by-stoichiometry": { step: "quantify", parameters: ["oxygen"] },
  "oxygen-measured": { step: "quantify", parameters: ["oxygen"] },
  assumed: { step: "quantify", parameters: ["oxygen"] },
  coating: { step: "quantify", parameters: ["coating"] },
  "masks-upscaled": { step: "upscale", parameters: ["image"] },
};

type Entry = Readonly<Record<string, unknown>>;

interface Standing {
  readonly step: StepId;
  readonly parameter: string;
  readonly why?: string;
  /** Of the value that was used; undefined where there is nothing to say. */
  sentence(value: unknown, analysis: AnalysisSnapshot): string | undefined;
}

const number = (value: unknown, of: (text: string) => string): string | undefined =>
  typeof value === "number" ? of(formatNumber(value, 4)) : undefined;

/** Limits that decide on every result, whatever the data; what the steps themselves say stands before them. */
const standing: readonly Standing[] = [
  {
    step: "find-phases",
    parameter: "detail",
    why: "curves",
    sentence: (value, { evidence }) =>
      evidence &&
      number(
        value,
        (text) =>
          `${evidence.phases.length} phases were found: no further spectrum differs from theirs by a chi-square distance of ${text}.`,
      ),
  },
  {
    step: "find-phases",
    parameter: "smallestGrain",
    sentence: (value) => number(value, (text) => `A phase must fill ${text} connected pixels, at the least.`),
  },
  {
    step: "find-phases",
    parameter: "lowestEnergyKev",
    sentence: (value) => number(value, (text) => `Energies from ${text} keV up decide.`),
  },
  {
    step: "find-phases",
    parameter: "ignoredElements",
    sentence: (value) =>
      Array.isArray(value) && value.length > 0
        ? `Lines of ${value.join(", ")} do not decide.`
        : "Lines of all elements decide, those of coating and grid too.",
  },
  {
    step: "find-phases",
    parameter: "vacuumThreshold",
    sentence: (value) =>
      typeof value === "number"
        ? `Pixels with fewer than ${formatPercent(value)} of the typical counts are holes and stay unassigned.`
        : undefined,
  },
  {
    step: "find-phases",
    parameter: "neighbourCounts",
    sentence: (value) => number(value, (text) => `The eight neighbours of a pixel weigh as much as ${text} of its own counts.`),
  },
  {
    step: "find-phases",
    parameter: "joinGradients",
    sentence: (value) =>
      value === false ? "The ends of a gradient stay two phases." : "The ends of a gradient, as in a zoned grain, are one phase.",
  },
  {
    step: "find-phases",
    parameter: "correctDrift",
    sentence: (value) =>
      value === false
        ? "Drift of the energy scale is left as it is."
        : "Drift of the energy scale is put back where it is significant.",
  },
  {
    step: "maps",
    parameter: "background",
    why: "elements",
    sentence: (value) =>
      value === "none"
        ? "Element maps hold all counts in the window of a line."
        : `Background of the element maps: ${String(value)}.`,
  },
  {
    step: "features",
    parameter: "lines",
    why: "distributions",
    sentence: (value, { features, lines }) => {
      const used = features?.lines ?? lines;
      if (used.length === 0) return undefined;
      return Array.isArray(value) && value.length > 0
        ? `Features of ${used.map(lineText).join(", ")}.`
        : `Features are made of all lines that are mapped: ${used.length}.`;
    },
  },
  {
    step: "normalise",
    parameter: "steps",
    why: "distributions",
    sentence: (value) =>
      Array.isArray(value) && value.length > 0 ? `Features are treated by ${value.join(", then ")}.` : undefined,
  },
  {
    step: "embed",
    parameter: "nNeighbors",
    sentence: (value) => number(value, (text) => `Each pixel is laid out beside its ${text} nearest in the features.`),
  },
  {
    step: "decompose",
    parameter: "scaling",
    sentence: (value) => (value === "poisson" ? "Counts are weighed by their noise before they are decomposed." : undefined),
  },
  {
    step: "identify",
    parameter: "minimumCounts",
    sentence: (value) => number(value, (text) => `Classes with fewer than ${text} counts are not named.`),
  },
  {
    step: "identify",
    parameter: "significance",
    sentence: (value) => number(value, (text) => `An element is there from ${text} standard errors on.`),
  },
  {
    step: "identify",
    parameter: "library",
    sentence: (value) => (value === "all" ? "Names come from the whole library, minerals and materials." : undefined),
  },
];

/** In the order of the recipe that gave the result; first what was decided from the data, then the limits that always hold. */
export function automaticChoices(analysis: AnalysisSnapshot): AutomaticChoice[] {
  const { choices, decisions = [], recipe } = analysis;
  const said = choices.map((sentence): AutomaticChoice => {
    const code = decisions.find(({ message }) => message === sentence)?.code;
    return { sentence, handle: code === undefined ? undefined : handleOf(code, recipe), isUsual: false };
  });
  const isSaid = ({ step, parameter }: Standing): boolean =>
    said.some(({ handle }) => handle?.step === step && handle.parameter === parameter);
  const others = standing.flatMap((one): AutomaticChoice | [] => {
    const entry = entryOf(recipe, one.step);
    if (entry === undefined || !(one.parameter in entry) || isSaid(one)) return [];
    const sentence = one.sentence(entry[one.parameter], analysis);
    const { step, parameter, why } = one;
    return sentence === undefined ? [] : { sentence, handle: { step, parameter, why }, isUsual: parameter !== "detail" };
  });
  return inOrder([...said, ...others], recipe);
}

function handleOf(code: string, recipe: Recipe): ChoiceHandle | undefined {
  const handle = handles[code];
  if (handle === undefined) return undefined;
  const { step, parameters, why } = handle;
  const entry = entryOf(recipe, step);
  return { step, parameter: parameters.find((name) => entry !== undefined && name in entry) ?? parameters[0]!, why };
}

function entryOf({ steps }: Recipe, step: StepId): Entry | undefined {
  return steps.find((entry) => entry.step === step) as Entry | undefined;
}

function inOrder(choices: readonly AutomaticChoice[], { steps }: Recipe): AutomaticChoice[] {
  const placeOf = ({ handle }: AutomaticChoice): number => {
    const place = steps.findIndex(({ step }) => step === handle?.step);
    return handle === undefined ? steps.length : place;
  };
  return [...choices].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Every parameter that a sentence may stand beside, for the test that holds them against the schema. */
export const knownHandles: readonly { readonly step: StepId; readonly parameters: readonly string[] }[] = [
  ...Object.values(handles),
  ...standing.map(({ step, parameter }) => ({ step, parameters: [parameter] })),
];

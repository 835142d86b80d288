import { z } from "zod";
import { ica } from "../../algorithms/decompose/ica.js";
import { type DecomposeInput, type SpectralPca, spectralPca } from "../../algorithms/decompose/pca.js";
import { reconstructedCounts } from "../../algorithms/decompose/reconstruct.js";
import { rotatedPca, rotations } from "../../algorithms/decompose/rotate.js";
import { channelsBelow, withoutFirstChannels } from "../../algorithms/preprocess/remove-zero-peak.js";
import { nmf } from "../../algorithms/unmix/nmf.js";
import { type Axis, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { partOf } from "../../spectrum-image/context.js";
import { collectCounts } from "../../spectrum-image/counts.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Analysis } from "../analysis.js";
import type { Decomposition } from "../decomposition.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";
import { ZERO_PEAK_END_KEV } from "../without-zero-peak.js";

const common = {
  step: z.literal("decompose"),
  zeroPeakEndKev: z.number().min(-5).max(5).default(ZERO_PEAK_END_KEV).meta({
    title: "End of the zero peak",
    unit: "keV",
    description: "Counts below are no X-rays and are left out of the decomposition.",
  }),
  reconstruct: z.boolean().default(false).meta({
    title: "Go on with the reconstruction",
    description: "Maps, features and class spectra after this step are taken from the sum of the components, without the noise.",
  }),
};

const pcaSchema = spectralPca.parameters.extend({
  ...common,
  method: z.literal("pca"),
  rotation: z.enum(rotations).default("none").meta({
    title: "Rotation",
    description: "none; varimax-spectra: few high channels in each component; varimax-maps: few high pixels in each map.",
  }),
});
const icaSchema = spectralPca.parameters.extend({ ...common, ...ica.parameters.shape, method: z.literal("ica") });
const { nComponents, betaLoss, init, tol, maxIter, scale } = nmf.parameters.shape;
const nmfSchema = z.strictObject({
  ...common,
  method: z.literal("nmf"),
  nComponents,
  betaLoss,
  init: z
    .enum(init.unwrap().options.filter((start) => start !== "custom"))
    .default("nndsvda")
    .meta(init.meta() ?? {}),
  tol,
  maxIter,
  scale,
});
const schema = z.discriminatedUnion("method", [pcaSchema, icaSchema, nmfSchema]);
type Given = z.output<typeof schema>;
type Of<Method extends Given["method"]> = Extract<Given, { method: Method }>;

/** Describes all spectra as sums of a few components. */
export const decompose: Step<typeof schema> = {
  id: "decompose",
  title: "Decompose",
  summary:
    "Describes all spectra as sums of a few components, by PCA, ICA or NMF, and may go on with that sum in place of the counts.",
  schema,
  async run(analysis, given, context) {
    const { image, mask } = analysis;
    const input = { counts: image.counts, mask, firstChannel: firstChannelOf(image.energyAxis, given.zeroPeakEndKev) };
    const { decomposition, findings, notConverged } = await decomposed(input, given, context);
    const told = tell(
      {
        ...analysis,
        decomposition,
        image: decomposition.reconstructed ? withReconstruction(image, decomposition) : image,
        notConverged: [...analysis.notConverged, ...notConverged],
      },
      findings,
    );
    return { ...told, warnings: [...new Set([...told.warnings, ...notConverged])] } satisfies Analysis;
  },
};

interface Decomposed {
  readonly decomposition: Decomposition;
  readonly findings: readonly Finding[];
  readonly notConverged: readonly string[];
}

function decomposed(input: DecomposeInput, given: Given, context: StepContext): Promise<Decomposed> {
  switch (given.method) {
    case "pca":
      return byPca(input, given, context);
    case "ica":
      return byIca(input, given, context);
    case "nmf":
      return byNmf(input, given, context);
  }
}

async function byPca(input: DecomposeInput, given: Of<"pca">, context: StepContext): Promise<Decomposed> {
  const found = await spectralPca.run(input, given, context);
  const turned = rotatedPca(found, input.mask, given.rotation);
  const treatment = [...treatmentOf(given), ...(given.rotation === "none" ? [] : [`rotated: ${given.rotation}`])];
  const decomposition: Decomposition = {
    method: "pca",
    treatment,
    ...turned,
    mean: found.mean,
    explainedShare: given.rotation === "none" ? found.explainedShare : undefined,
    scree: found.scree,
    reconstructed: given.reconstruct,
  };
  return { decomposition, findings: [...found.findings, ...notes("PCA", found, given)], notConverged: [] };
}

async function byIca(input: DecomposeInput, given: Of<"ica">, context: StepContext): Promise<Decomposed> {
  const found = await spectralPca.run(input, given, partOf(context, 0, 0.6));
  const { components, scores } = found;
  const separated = await ica.run({ components, scores, mask: input.mask }, given, partOf(context, 0.6, 1));
  const decomposition: Decomposition = {
    method: "ica",
    treatment: [...treatmentOf(given), given.algorithm, `independent ${given.on}`],
    components: separated.components,
    scores: separated.scores,
    mean: found.mean,
    explainedShare: undefined,
    scree: found.scree,
    reconstructed: given.reconstruct,
  };
  const notConverged = separated.converged
    ? []
    : [`The separation stopped after ${separated.iterations} iterations without settling; fewer components may help.`];
  return { decomposition, findings: [...found.findings, ...notes("ICA", found, given)], notConverged };
}

async function byNmf(
  { counts, mask, firstChannel = 0 }: DecomposeInput,
  given: Of<"nmf">,
  context: StepContext,
): Promise<Decomposed> {
  const spectra =
    firstChannel === 0 ? counts : await collectCounts(withoutFirstChannels(counts, firstChannel), { signal: context.signal });
  const found = await nmf.run({ spectra, mask }, { ...given, seeds: "free" }, context);
  const k = found.endmembers.length;
  const scores =
    mask === undefined
      ? found.abundances
      : found.abundances.map((share, i) => (mask[Math.floor(i / k)] === 0 ? Number.NaN : share));
  const decomposition: Decomposition = {
    method: "nmf",
    treatment: [`loss ${given.betaLoss}`, `start ${given.init}`],
    components: found.endmembers,
    scores,
    mean: undefined,
    explainedShare: undefined,
    scree: undefined,
    reconstructed: given.reconstruct,
  };
  const notConverged = found.converged ? [] : [`NMF stopped after ${found.iterations} iterations without settling.`];
  const findings = found.findings.filter(({ code }) => code !== "not-converged");
  return { decomposition, findings: [...findings, ...continuation("NMF", k, given.reconstruct)], notConverged };
}

function treatmentOf({ scaling, centre }: { readonly scaling: string; readonly centre: boolean }): string[] {
  return [scaling === "poisson" ? "Poisson scaling" : "no scaling", ...(centre ? ["mean subtracted"] : [])];
}

const reasons: Readonly<Record<SpectralPca["scree"]["suggestedBy"], string>> = {
  replication: "those that one half of the counts shows and the other half confirms",
  elbow: "up to the elbow of the scree curve",
  "only-one": "there is no more",
};

/** What was decided, as choices. */
function notes(method: string, { components, scree }: SpectralPca, given: Of<"pca"> | Of<"ica">): Finding[] {
  const count = components.length;
  const chosen =
    given.nComponents === "auto" ? `${method} keeps ${componentCount(count)}: ${reasons[scree.suggestedBy]}.` : undefined;
  return [
    ...(chosen === undefined ? [] : [{ severity: "info" as const, code: "components-chosen", message: chosen }]),
    ...continuation(method, count, given.reconstruct),
  ];
}

function continuation(method: string, count: number, reconstruct: boolean): Finding[] {
  if (!reconstruct) return [];
  const message = `Maps, features and class spectra are taken from the reconstruction by ${componentCount(count)} of ${method}, not from the counts.`;
  return [{ severity: "info", code: "reconstructed", message }];
}

function componentCount(count: number): string {
  return `${count} component${count === 1 ? "" : "s"}`;
}

/** The channel at which X-rays begin; 0 without a calibration, and never beyond the last. */
function firstChannelOf(axis: Axis, endKev: number): number {
  return isEnergyCalibrated(axis) ? Math.min(channelsBelow(axis, endKev), axis.size - 1) : 0;
}

function withReconstruction(image: SpectrumImage, decomposition: Decomposition): SpectrumImage {
  const { navigationShape, channels } = image.counts;
  return { ...image, counts: reconstructedCounts(navigationShape, channels, decomposition) };
}

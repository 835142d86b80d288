import { z } from "zod";
import { randomStream } from "../../kernels/random.js";
import { breather, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { requireParameter } from "../parameters.js";
import { type Factors, factorsOf, inOrderOfSize, normaliseComponents, scoresOfAll, spectraOf, turned } from "./factors.js";
import { contrasts, fastIcaDeflation, fastIcaParallel, type Separation } from "./fast-ica.js";
import { jade } from "./jade.js";
import { transposed } from "./transposed.js";
import { type Whitened, whitened } from "./whitened.js";

const parameters = z.strictObject({
  algorithm: z.enum(["fastica-parallel", "fastica-deflation", "jade"]).default("fastica-parallel").meta({
    title: "Algorithm",
    description:
      "fastica-parallel: all components at once; fastica-deflation: one after the other; jade: from fourth-order cumulants, without random start.",
  }),
  on: z.enum(["spectra", "maps"]).default("spectra").meta({
    title: "What is independent",
    description: "spectra: the components share no peaks by chance; maps: their places in the map are independent of each other.",
  }),
  derivative: z.boolean().default(true).meta({
    title: "Use the slope of spectra",
    description:
      "Separates differences of neighbouring channels, in which peaks count and smooth background does not. For spectra only.",
  }),
  fun: z.enum(contrasts).default("logcosh").meta({
    title: "Contrast",
    description:
      "How distance from a Gaussian is measured: logcosh for all purposes, exp for few high values, cube for kurtosis. FastICA only.",
  }),
  tol: z.number().min(1e-12).max(0.1).default(1e-6).meta({
    title: "Tolerance",
    unit: "1 - cosine",
    description: "FastICA stops when no direction moves by more than this (1 - cosine).",
  }),
  maxIter: z
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .meta({ title: "Most iterations", unit: "iterations", description: "Iterations after which the search stops in any case." }),
});

export interface IcaInput {
  /** As {@link spectralPca} gives them. */
  readonly components: readonly Float64Array[];
  readonly scores: Float32Array;
  readonly mask?: Uint8Array | undefined;
  /** Float64 [k x k] to start FastICA from, in whitened space. Default: random by the seed. */
  readonly start?: ArrayLike<number> | undefined;
}

export interface Ica {
  /** Each float64 [channels], unit length, entry of largest size positive; in order of size. Mean + Σ score x component is what it was before. */
  readonly components: readonly Float64Array[];
  /** Float32 [pixels x components], row-major; NaN where the mask leaves a pixel out. */
  readonly scores: Float32Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly findings: readonly Finding[];
}

/** JADE keeps k (k + 1) / 2 matrices of k x k and reads every sample for each. */
const MOST_FOR_JADE = 40;

/**
 * Blind source separation: turns the components of a PCA into ones that are statistically independent over channels or over pixels. Samples are whitened
 * (divisor n); components keep their sum. FastICA follows scikit-learn's `FastICA` step by step, so that the same start gives the same result.
 * Throws `ParameterError` for more components than JADE can take, `DataCheckError` for components that depend on each other.
 */
export const ica: Algorithm<typeof parameters, IcaInput, Ica> = {
  id: "ica",
  name: "Independent components",
  summary: "Turns principal components into ones that are independent of each other and so easier to read.",
  reference: "Hyvärinen 1999, doi:10.1109/72.761722; Cardoso and Souloumiac 1993, doi:10.1049/ip-f-2.1993.0054",
  parameters,
  run: runIca,
};

async function runIca(input: IcaInput, given: z.output<typeof parameters>, context: SeededContext): Promise<Ica> {
  const { components, mask } = input;
  const k = components.length;
  requireParameter(given.algorithm !== "jade" || k <= MOST_FOR_JADE, "algorithm", "JADE cannot take so many components.", {
    where: ica.id,
    found: `${k} components`,
    expected: `at most ${MOST_FOR_JADE}, or FastICA`,
  });
  const factors = factorsOf(components, input.scores, mask);
  const z = whitened(given.on === "maps" ? factors.scores : samplesOfSpectra(factors, given.derivative), k);
  const found = await separated(z, input.start, given, context);
  const separatedFactors = inOrderOfSize(withSources(factors, z, found.rotation, given.on));
  context.onProgress?.(1);
  return {
    components: spectraOf(separatedFactors),
    scores: scoresOfAll(separatedFactors, input.scores.length / k, mask),
    iterations: found.iterations,
    converged: found.converged,
    findings: [],
  };
}

function separated(
  z: Whitened,
  start: ArrayLike<number> | undefined,
  { algorithm, fun, tol, maxIter }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<Separation> {
  const breath = breather(context);
  const { onProgress } = context;
  if (algorithm === "jade") return jade(z, { maxIter, breath, onProgress });
  const stream = randomStream(context.seed, "ica");
  const from = start ?? Float64Array.from({ length: z.k * z.k }, () => stream.normal());
  const search = algorithm === "fastica-parallel" ? fastIcaParallel : fastIcaDeflation;
  return search(z, { fun, tol, maxIter, start: from, breath, onProgress });
}

/** Float64 [samples x k]: the components channel by channel, or their differences from channel to channel. */
function samplesOfSpectra({ k, channels, components }: Factors, derivative: boolean): Float64Array {
  const samples = derivative ? channels - 1 : channels;
  return Float64Array.from({ length: samples * k }, (_, at) => {
    const here = (at % k) * channels + Math.floor(at / k);
    return derivative ? components[here + 1]! - components[here]! : components[here]!;
  });
}

/** U = W K gives sources from samples; its inverse K⁻¹ Wᵀ gives back what they were made of. */
function withSources(
  factors: Factors,
  { k, whitening, colouring }: Whitened,
  rotation: Float64Array,
  on: "spectra" | "maps",
): Factors {
  const unmixing = product(rotation, whitening, k);
  const mixing = product(colouring, transposed(rotation, k), k);
  const found =
    on === "spectra" ? turned(factors, mixing, unmixing) : turned(factors, transposed(unmixing, k), transposed(mixing, k));
  normaliseComponents(found);
  return found;
}

function product(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let l = 0; l < k; l++) for (let j = 0; j < k; j++) out[i * k + j]! += a[i * k + l]! * b[l * k + j]!;
  }
  return out;
}

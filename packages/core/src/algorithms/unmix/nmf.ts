import { z } from "zod";
import { randomStream } from "../../kernels/random.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { checkInput, checkNotNegative, type NmfInput } from "./nmf-input.js";
import { type EndmemberScale, endmemberScales, orderByShare, rescale } from "./nmf-scale.js";
import { type Factors, nmfStarts, seededFactors, startingFactors } from "./nmf-start.js";
import { frobeniusSweep, kullbackLeiblerSweep, reconstructionError } from "./nmf-updates.js";
import { type SharedSpectra, sharedSpectra } from "./row-sections.js";
import { rowSweeps } from "./row-sweeps/row-sweeps.js";
import type { SpectraRows } from "./spectra-rows.js";

export { type NmfInput, sourceOfSpectra } from "./nmf-input.js";

const parameters = z.strictObject({
  nComponents: z.int().min(1).max(200).default(4).meta({
    title: "Number of endmembers",
    description: "How many spectra the data are described by.",
    unit: "endmembers",
  }),
  betaLoss: z.enum(["frobenius", "kullback-leibler"]).default("frobenius").meta({
    title: "Loss",
    description: "frobenius: squared differences; kullback-leibler: the likelihood of counts, better for raw counts.",
  }),
  init: z
    .enum([...nmfStarts, "custom"])
    .default("nndsvda")
    .meta({
      title: "Start",
      description:
        "nndsvd: from singular vectors; nndsvda: the same with zeros filled by the mean; nndsvdar: filled with small random values; random; custom: from given factors.",
    }),
  tol: z.number().min(0).max(1).default(1e-4).meta({
    title: "Tolerance",
    description:
      "The fit stops when the gradient (frobenius) or the gain of ten iterations (kullback-leibler) is below this share of the first.",
    unit: "of the first",
  }),
  maxIter: z.int().min(1).max(100_000).default(200).meta({
    title: "Most iterations",
    description: "Iterations after which the fit stops even if it still improves.",
    unit: "iterations",
  }),
  seeds: z.enum(["free", "fixed"]).default("free").meta({
    title: "Given endmembers",
    description:
      "free: given endmembers are a start and may change; fixed: they stay as given and the others are found beside them.",
  }),
  scale: z.enum(endmemberScales).default("closure").meta({
    title: "Scale of the endmembers",
    description:
      "closure: abundances sum to one as nearly as possible; sum: endmembers sum to 1 and abundances are counts; maximum: highest channel 1; none.",
  }),
});

type Parameters = z.output<typeof parameters>;

export interface NmfResult {
  /** Each float64 [channels]. In the order of the seeds, then (or without seeds) by the counts explained, falling. */
  readonly endmembers: readonly Float64Array[];
  /** Float32 [rows x endmembers], row-major. */
  readonly abundances: Float32Array;
  /** Frobenius norm of what is left, or the square root of twice the Kullback-Leibler divergence: scikit-learn's `reconstruction_err_`. */
  readonly reconstructionError: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly findings: readonly Finding[];
}

/**
 * X ≈ A E with A [rows x k] abundances and E [k x channels] endmembers, none negative. Loss, updates, starts and stopping rules follow scikit-learn's
 * `NMF` (coordinate descent for `frobenius`, multiplicative updates for `kullback-leibler`); ours runs on sparse spectra in one pass per
 * iteration, may hold given endmembers fixed, and fixes scale and order by rule.
 */
export const nmf: Algorithm<typeof parameters, NmfInput, NmfResult> = {
  id: "nmf",
  name: "Non-negative matrix factorisation",
  summary: "Finds a few spectra of which all others are sums, none of them negative.",
  reference: "Lee and Seung 1999, doi:10.1038/44565; Cichocki and Phan 2009, doi:10.1587/transfun.E92.A.708",
  parameters,
  run: runNmf,
};

async function runNmf(input: NmfInput, given: Parameters, context: SeededContext): Promise<NmfResult> {
  const shared = sharedSpectra(input.spectra, input.mask, context);
  const { spectra, breath } = shared;
  checkInput(input, given, spectra);
  await checkNotNegative(spectra, breath);
  const seeds = input.seeds ?? [];
  const factors = await firstFactors(input, given, shared, context);
  input.mask?.forEach((inside, row) => {
    if (inside === 0) factors.abundances.fill(0, row * factors.k, (row + 1) * factors.k);
  });
  const held = given.seeds === "fixed" ? seeds.length : 0;
  context.onProgress?.(0.05);
  const { iterations, converged } =
    given.betaLoss === "frobenius"
      ? await fitFrobenius(shared, factors, held, given, context)
      : await fitKullbackLeibler(spectra, factors, held, given, context, breath);
  const error = await reconstructionError(spectra, factors, given.betaLoss, breath);
  context.onProgress?.(1);
  return {
    ...inOrder(factors, seeds.length, held, given.scale),
    reconstructionError: error,
    iterations,
    converged,
    findings: notes(given, converged),
  };
}

async function firstFactors(
  { seeds, start }: NmfInput,
  { init, nComponents }: Parameters,
  shared: SharedSpectra,
  context: SeededContext,
): Promise<Factors> {
  const { spectra } = shared;
  const stream = randomStream(context.seed, "nmf");
  if (seeds !== undefined && seeds.length > 0) return seededFactors(shared, nComponents, seeds, stream);
  if (init !== "custom") return startingFactors(shared, nComponents, init, stream);
  const k = nComponents;
  const endmembers = new Float64Array(spectra.channels * k);
  for (let j = 0; j < k; j++) {
    for (let c = 0; c < spectra.channels; c++) endmembers[c * k + j] = start!.endmembers[j * spectra.channels + c]!;
  }
  return { k, endmembers, abundances: Float64Array.from(start!.abundances) };
}

interface FitEnd {
  readonly iterations: number;
  readonly converged: boolean;
}

async function fitFrobenius(
  shared: SharedSpectra,
  { k, endmembers, abundances }: Factors,
  held: number,
  { tol, maxIter }: Parameters,
  context: SeededContext,
): Promise<FitEnd> {
  const sweeps = await rowSweeps(shared, abundances);
  try {
    let first = 0;
    for (let iteration = 1; iteration <= maxIter; iteration++) {
      const violation = await frobeniusSweep(sweeps, endmembers, k, held);
      if (iteration === 1) first = violation;
      if (first === 0 || violation / first <= tol) return { iterations: iteration, converged: true };
      context.onProgress?.(0.05 + (0.9 * iteration) / maxIter);
    }
    return { iterations: maxIter, converged: false };
  } finally {
    abundances.set(sweeps.abundances);
    sweeps.end();
  }
}

const ITERATIONS_PER_CHECK = 10;

async function fitKullbackLeibler(
  spectra: SpectraRows,
  factors: Factors,
  held: number,
  { tol, maxIter }: Parameters,
  context: SeededContext,
  breath: () => Promise<void>,
): Promise<FitEnd> {
  const first = await reconstructionError(spectra, factors, "kullback-leibler", breath);
  let previous = first;
  for (let iteration = 1; iteration <= maxIter; iteration++) {
    await kullbackLeiblerSweep(spectra, factors, held, breath);
    if (tol > 0 && iteration % ITERATIONS_PER_CHECK === 0) {
      const error = await reconstructionError(spectra, factors, "kullback-leibler", breath);
      if (first === 0 || (previous - error) / first < tol) return { iterations: iteration, converged: true };
      previous = error;
    }
    context.onProgress?.(0.05 + (0.9 * iteration) / maxIter);
  }
  return { iterations: maxIter, converged: tol === 0 };
}

/** Scale and order by rule. Endmembers held fixed keep their scale, seeds their place. */
function inOrder(
  factors: Factors,
  seeds: number,
  held: number,
  scale: EndmemberScale,
): Pick<NmfResult, "endmembers" | "abundances"> {
  const { k, abundances, endmembers } = factors;
  if (held === 0) rescale(factors, scale);
  const order = seeds > 0 ? Array.from({ length: k }, (_, j) => j) : orderByShare(factors);
  const ordered = new Float32Array(abundances.length);
  for (let at = 0; at < abundances.length; at += k) {
    for (let to = 0; to < k; to++) ordered[at + to] = abundances[at + order[to]!]!;
  }
  return {
    abundances: ordered,
    endmembers: order.map((j) => Float64Array.from({ length: endmembers.length / k }, (_, c) => endmembers[c * k + j]!)),
  };
}

function notes({ betaLoss, init, maxIter }: Parameters, converged: boolean): Finding[] {
  const findings: Finding[] = [];
  if (!converged) {
    const message = `The factorisation stopped at its limit of ${maxIter} iterations before it settled.`;
    findings.push({ severity: "warning", code: "not-converged", message });
  }
  if (betaLoss === "kullback-leibler" && init === "nndsvd") {
    const message = "Zeros of the nndsvd start stay zero under multiplicative updates; nndsvda or nndsvdar leave them free.";
    findings.push({ severity: "warning", code: "zeros-stay", message });
  }
  return findings;
}

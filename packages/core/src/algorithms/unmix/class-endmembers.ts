/** Endmembers of a few spectra (of classes, of several maps): non-negative factorisation of the spectra, scaled or not, from seeds or not. */
import { z } from "zod";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import { parseParameters } from "../parameters.js";
import { nmf, sourceOfSpectra } from "./nmf.js";
import { rescale } from "./nmf-scale.js";

const { betaLoss, init, tol, maxIter, seeds } = nmf.parameters.shape;

/** Parameters of {@link classEndmembers}, for steps that call it. */
export const classEndmemberParameters = {
  nComponents: z
    .union([z.literal("all"), z.int().min(1).max(200)])
    .default("all")
    .meta({
      title: "Number of endmembers",
      unit: "endmembers",
      description: "How many spectra the classes are made of; all: as many as classes.",
    }),
  normaliseSpectra: z.enum(["none", "maximum", "sum"]).default("none").meta({
    title: "Scale of the class spectra",
    description:
      "none: counts per pixel, so that bright classes weigh more; maximum: highest channel 1, as in SIGMA; sum: all counts 1. Endmembers are in counts per pixel either way.",
  }),
  betaLoss,
  init: z
    .enum(init.unwrap().options.filter((start) => start !== "custom"))
    .default("nndsvd")
    .meta(init.meta() ?? {}),
  seeds,
  tol,
  maxIter,
};

const schema = z.strictObject(classEndmemberParameters);
export type ClassEndmemberOptions = z.output<typeof schema>;

export interface ClassEndmembers {
  /** Each float64 [channels], in the units of the spectra. First the seeds in their order, then the others; without seeds by the counts explained, falling. */
  readonly endmembers: readonly Float64Array[];
  /** Float64 [spectra x endmembers], row-major: spectra ≈ weights x endmembers. Each row sums to one as nearly as possible. */
  readonly weights: Float64Array;
  /** Of the spectra as they were factorised: Frobenius norm of what is left, or the square root of twice the Kullback-Leibler divergence. */
  readonly reconstructionError: number;
  readonly findings: readonly Finding[];
}

/**
 * Factorises spectra (each float64 [channels], counts in at least one channel). `given` are endmembers to start from or, with `seeds: "fixed"`, to
 * keep: then only their height is fitted. "all" are as many as spectra, or as channels where those are fewer. With more endmembers asked for than there are spectra, there are as many as spectra.
 */
export async function classEndmembers(
  spectra: readonly Float64Array[],
  given: readonly Float64Array[],
  options: ClassEndmemberOptions,
  context: SeededContext,
): Promise<ClassEndmembers> {
  const { nComponents, normaliseSpectra, betaLoss, init, seeds, tol, maxIter } = options;
  const most = Math.min(spectra.length, spectra[0]?.length ?? 0);
  const asked = nComponents === "all" ? most : Math.min(nComponents, spectra.length);
  const k = nComponents === "all" ? Math.max(asked, given.length) : Math.max(asked, Math.min(nComponents, given.length));
  const sizes = spectra.map((spectrum) => sizeOf(spectrum, normaliseSpectra));
  const own = normaliseSpectra === "none" && (seeds === "free" || given.length === 0);
  const scaled = normaliseSpectra === "none" ? spectra : spectra.map((spectrum, i) => spectrum.map((value) => value / sizes[i]!));
  const found = await nmf.run(
    { spectra: sourceOfSpectra(scaled), seeds: given },
    parseParameters(nmf, { nComponents: k, betaLoss, init, seeds, tol, maxIter, scale: own ? "closure" : "none" }),
    context,
  );
  const { endmembers, weights } = own
    ? { endmembers: found.endmembers, weights: Float64Array.from(found.abundances) }
    : inUnitsOfSpectra(found.endmembers, found.abundances, sizes);
  return { endmembers, weights, reconstructionError: found.reconstructionError, findings: found.findings };
}

function sizeOf(spectrum: Float64Array, by: ClassEndmemberOptions["normaliseSpectra"]): number {
  if (by === "none") return 1;
  return by === "sum"
    ? spectrum.reduce((sum, value) => sum + value, 0)
    : spectrum.reduce((largest, value) => Math.max(largest, value), 0);
}

/** Undoes the scaling of the spectra and closes the weights, so that an endmember is the spectrum of a class that is purely this. */
function inUnitsOfSpectra(
  endmembers: readonly Float64Array[],
  abundances: Float32Array,
  sizes: readonly number[],
): Pick<ClassEndmembers, "endmembers" | "weights"> {
  const k = endmembers.length;
  const channels = endmembers[0]?.length ?? 0;
  const weights = Float64Array.from(abundances, (value, i) => value * sizes[Math.floor(i / k)]!);
  const columns = Float64Array.from({ length: channels * k }, (_, i) => endmembers[i % k]![Math.floor(i / k)]!);
  rescale({ k, abundances: weights, endmembers: columns }, "closure");
  return {
    weights,
    endmembers: endmembers.map((_, j) => Float64Array.from({ length: channels }, (__, c) => columns[c * k + j]!)),
  };
}

import { z } from "zod";
import { DataCheckError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { type SpectraRows, spectraRows } from "../unmix/spectra-rows.js";
import { type Factors, firstFactors, normaliseComponents, scoresOfAll, spectraOf } from "./factors.js";
import { noiseEdge } from "./noise-edge.js";
import { type Weighed, weighedMatrix } from "./poisson-weights.js";
import { replication } from "./replication.js";
import { type RightVectors, rightVectors } from "./right-vectors.js";
import { type Scree, screeOf } from "./scree.js";
import { timesRight } from "./weighted-matrix.js";

const parameters = z.strictObject({
  nComponents: z
    .union([z.literal("auto"), z.int().min(1).max(200)])
    .default("auto")
    .meta({
      title: "Number of components",
      unit: "components",
      description:
        "How many are kept; auto: those that half of the counts shows and the other half confirms, or up to the elbow.",
    }),
  scaling: z.enum(["poisson", "none"]).default("poisson").meta({
    title: "Scaling",
    description: "poisson: noise made equal in all pixels and channels before components are sought; none: data as they are.",
  }),
  centre: z.boolean().default(false).meta({
    title: "Subtract the mean spectrum",
    description: "Components then describe differences from the mean; without, the first is close to the mean itself.",
  }),
  solver: z.enum(["auto", "exact", "randomised"]).default("auto").meta({
    title: "Solver",
    description: "auto: exact for small data, randomised projection for large; exact needs the data dense.",
  }),
});

type Parameters = z.output<typeof parameters>;

export interface DecomposeInput {
  readonly counts: CountSource;
  /** Uint8 [pixels]; a pixel with 0 is left out and has NaN scores. */
  readonly mask?: Uint8Array | undefined;
  /** Channels below are left out and 0 in all components: the zero peak. Default 0. */
  readonly firstChannel?: number | undefined;
}

export interface SpectralPca {
  /** Each float64 [channels], unit length, entry of largest size positive: counts = mean + Σ score x component. */
  readonly components: readonly Float64Array[];
  /** Float32 [pixels x components], row-major, counts; NaN where the mask leaves a pixel out. */
  readonly scores: Float32Array;
  /** Float64 [channels], when the mean was subtracted. */
  readonly mean: Float64Array | undefined;
  /** Float64 [components]: variance of the scaled data along each, s² / (pixels - 1) when centred, s² / pixels otherwise. */
  readonly explainedVariance: Float64Array;
  /** Float64 [components]: s² as a share of Σ z². */
  readonly explainedShare: Float64Array;
  readonly scree: Scree;
  /** True when the decomposition is exact to rounding. */
  readonly exact: boolean;
  readonly findings: readonly Finding[];
}

/** Components that the curve shows beyond those that are asked for, and all that `auto` may choose from. */
const SCREE_POINTS = 24;

/**
 * Principal components of all spectra, without ever making them dense. Z = W₁ (X - 1 meanᵀ) W₂ (weights: `weighedMatrix`) is decomposed as
 * U S Vᵀ; components are V / W₂ and scores U S / W₁, then scaled so that components have unit length. With scaling none and centring that is
 * scikit-learn's `PCA` but for the sign rule; with scaling poisson and no centring, HyperSpy's `decomposition(True)`
 * but for the scale of the factors and the floors of the weights.
 * Throws `DataCheckError` for values that cannot be scaled or nothing to decompose, {@link ShapeError} for a mask of another size.
 */
export const spectralPca: Algorithm<typeof parameters, DecomposeInput, SpectralPca> = {
  id: "spectral-pca",
  name: "Principal components of the spectra",
  summary: "Describes all spectra by a few components, noise weighed as counting statistics says.",
  reference: "Keenan and Kotula 2004, doi:10.1002/sia.1657; Halko, Martinsson and Tropp 2011, doi:10.1137/090771806",
  parameters,
  run: runPca,
};

async function runPca(
  { counts, mask, firstChannel }: DecomposeInput,
  given: Parameters,
  context: SeededContext,
): Promise<SpectralPca> {
  const pixels = pixelCount(counts.navigationShape);
  if (mask !== undefined && mask.length !== pixels) {
    throw new ShapeError("The mask must have one value per pixel.", { found: String(mask.length), expected: String(pixels) });
  }
  const breath = breather(context);
  const spectra = spectraRows(counts, mask, context.signal, firstChannel);
  const weighing = { scaling: given.scaling, centre: given.centre, kind: counts.kind };
  const weighed = await weighedMatrix(spectra, weighing, breath);
  context.onProgress?.(0.1);
  const wanted = Math.max(SCREE_POINTS, given.nComponents === "auto" ? 0 : given.nComponents);
  const found = await rightVectors(weighed.matrix, wanted, {
    stream: randomStream(context.seed, "pca"),
    breath,
    onProgress: partOf(context, 0.1, 0.5).onProgress,
    solver: given.solver,
  });
  if (found.values.length === 0) {
    throw new DataCheckError("All pixels are alike, so there is no component to find.", {
      where: spectralPca.id,
      remedy: "Look at the mask, or decompose without subtracting the mean.",
    });
  }
  const scree = await readScree(spectra, weighed, found, given, counts.kind, partOf(context, 0.5, 0.9));
  const k = Math.min(given.nComponents === "auto" ? scree.suggested : given.nComponents, found.values.length);
  const factors = await inUnitsOfData(weighed, found, k, mask, breath);
  const { usedRows, squaredNorm, weights } = weighed.matrix;
  context.onProgress?.(1);
  return {
    components: spectraOf(factors),
    scores: scoresOfAll(factors, pixels, mask),
    mean: weights.mean,
    explainedVariance: found.values.slice(0, k).map((s) => (s * s) / Math.max(1, given.centre ? usedRows - 1 : usedRows)),
    explainedShare: found.values.slice(0, k).map((s) => (s * s) / squaredNorm),
    scree,
    exact: found.exact,
    findings: findingsOf(given, k, counts.kind, scree),
  };
}

async function readScree(
  spectra: SpectraRows,
  { matrix, effectiveRows, effectiveColumns }: Weighed,
  { values }: RightVectors,
  { scaling, centre, nComponents }: Parameters,
  kind: CountSource["kind"],
  context: SeededContext,
): Promise<Scree> {
  const shares = values.map((s) => (s * s) / matrix.squaredNorm);
  const ofCounts = kind === "counts" && scaling === "poisson";
  const noiseShare = ofCounts ? noiseEdge(effectiveRows, effectiveColumns) / matrix.squaredNorm : undefined;
  const replicates =
    kind === "counts" && nComponents === "auto"
      ? await replication(spectra, values.length, {
          weighing: { scaling, centre, kind },
          seed: context.seed,
          breath: breather(context),
          onProgress: context.onProgress,
        })
      : undefined;
  return screeOf(shares, noiseShare, replicates);
}

/** Components V / W₂ and scores U S / W₁ of the first `k`. */
async function inUnitsOfData(
  { matrix }: Weighed,
  { vectors, values }: RightVectors,
  k: number,
  mask: Uint8Array | undefined,
  breath: () => Promise<void>,
): Promise<Factors> {
  const { columns, rows, weights, usedRows } = matrix;
  const first = firstFactors({ k: values.length, channels: 0, components: new Float64Array(0), scores: vectors }, k).scores;
  const projected = await timesRight(matrix, first, k, breath);
  const scores = new Float64Array(usedRows * k);
  let used = 0;
  for (let row = 0; row < rows; row++) {
    if (mask?.[row] === 0) continue;
    for (let j = 0; j < k; j++) scores[used * k + j] = projected[row * k + j]! / weights.row[row]!;
    used += 1;
  }
  const components = new Float64Array(k * columns);
  for (let c = 0; c < columns; c++) {
    if (matrix.filled[c] === 0) continue;
    for (let j = 0; j < k; j++) components[j * columns + c] = first[c * k + j]! / weights.column[c]!;
  }
  const factors = { k, channels: columns, components, scores };
  normaliseComponents(factors);
  return factors;
}

function findingsOf(
  { nComponents, scaling }: Parameters,
  found: number,
  kind: CountSource["kind"],
  { confirmed, replicated }: Scree,
): Finding[] {
  const findings: Finding[] = [];
  if (confirmed !== undefined && replicated !== undefined && confirmed < replicated) {
    const message = `Only ${confirmed} of the first ${replicated} components are confirmed by the other half of the counts; the others are noise of few pixels that are unlike the rest. A mask that leaves out empty pixels, or binning, helps.`;
    findings.push({ severity: "warning", code: "noise-among-components", message });
  }
  if (nComponents !== "auto" && found < nComponents) {
    const message = `The data hold only ${found} independent component${found === 1 ? "" : "s"}, fewer than the ${nComponents} asked for.`;
    findings.push({ severity: "warning", code: "fewer-components", message });
  }
  if (kind === "intensity" && scaling === "poisson") {
    const message = "The spectra are intensities and not counts, so scaling by counting statistics is only approximate.";
    findings.push({ severity: "info", code: "weights-of-intensities", message });
  }
  return findings;
}

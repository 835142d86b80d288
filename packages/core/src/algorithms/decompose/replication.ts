import { randomStream } from "../../kernels/random.js";
import type { SpectraRows } from "../unmix/spectra-rows.js";
import { halvedCounts } from "./halved-counts.js";
import { type WeighingOptions, weighedMatrix } from "./poisson-weights.js";
import { rightVectors } from "./right-vectors.js";
import { timesRight } from "./weighted-matrix.js";

export interface ReplicationOptions {
  readonly weighing: WeighingOptions;
  readonly seed: number;
  readonly breath: () => Promise<void>;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Which components are more than noise: the counts are split at random into two independent halves, components (u, v) are found in the first,
 * and each is looked for in the second. t = uᵀ Z₂ v is the singular value that the second half gives it, and Σ u² v² w⁴ x₂ is the variance
 * of t by counting statistics, with w the weights. The result, t / sqrt(variance) for each component, is normal with mean 0 and variance 1
 * where the component is noise, whatever the spectra are; no limit of many pixels or of many counts is used beyond that of the normal.
 * Half the counts find less than all: a component just above the noise of all counts may be missed. Counts only.
 * The idea is count splitting (Neufeld et al. 2024, doi:10.1093/biostatistics/kxac047).
 */
export async function replication(
  spectra: SpectraRows,
  k: number,
  { weighing, seed, breath, onProgress }: ReplicationOptions,
): Promise<Float64Array> {
  const halves = await halvedCounts(spectra, randomStream(seed, "pca-halves"), breath);
  const { matrix } = await weighedMatrix(halves.first, weighing, breath);
  const { vectors, values } = await rightVectors(matrix, k, { stream: randomStream(seed, "pca-half"), breath, onProgress });
  const found = values.length;
  const left = await timesRight(matrix, vectors, found, breath);
  const { row: rowWeight, column: columnWeight, mean } = matrix.weights;
  const strength = new Float64Array(found);
  const variance = new Float64Array(found);
  const ofMean = new Float64Array(found);
  mean?.forEach((value, c) => {
    for (let j = 0; j < found; j++) ofMean[j]! += value * columnWeight[c]! * vectors[c * found + j]!;
  });
  const product = new Float64Array(found);
  const square = new Float64Array(found);
  await halves.visitPairs((row, channel, _first, second, from, to) => {
    product.fill(0);
    square.fill(0);
    for (let i = from; i < to; i++) {
      const value = second[i]!;
      if (value === 0) continue;
      const c = channel[i]!;
      for (let j = 0; j < found; j++) {
        const weight = columnWeight[c]! * vectors[c * found + j]!;
        product[j]! += value * weight;
        square[j]! += value * weight * weight;
      }
    }
    for (let j = 0; j < found; j++) {
      const u = rowWeight[row]! * left[row * found + j]!;
      strength[j]! += u * (product[j]! - ofMean[j]!);
      variance[j]! += u * u * square[j]!;
    }
  }, breath);
  return strength.map((t, j) => (variance[j]! > 0 ? t / Math.sqrt(variance[j]!) : 0));
}

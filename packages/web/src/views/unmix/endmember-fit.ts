/** How well endmembers and abundances give back the counts of the whole map. */
import { endmemberName, endmemberPhase } from "../../session/derived/pixel-values.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface Endmember {
  readonly index: number;
  readonly name: string;
  readonly colour: string | undefined;
  readonly spectrum: Float64Array;
  /** Mean abundance over all pixels. */
  readonly share: number;
}

export interface MapFit {
  readonly endmembers: readonly Endmember[];
  /** Mean counts per pixel: measured, and as endmembers times abundances. */
  readonly measured: Float64Array;
  readonly modelled: Float64Array;
  /** (measured - modelled) over the standard error of counting, per channel; NaN below the first and above the last that an endmember has counts in, as at the zero peak. */
  readonly residual: Float64Array;
}

export function mapFit({ unmixing, sumSpectrum, countMap, classes, evidence }: AnalysisSnapshot): MapFit | undefined {
  if (unmixing === undefined || sumSpectrum === undefined) return undefined;
  const count = unmixing.endmembers.length;
  const pixels = countMap.length;
  const shares = meanAbundances(unmixing.abundances, count);
  const endmembers = unmixing.endmembers.map((spectrum, index): Endmember => {
    const phase = endmemberPhase(index, { unmixing, classes, evidence });
    return {
      index,
      name: endmemberName(index, { unmixing, classes, evidence }),
      colour: phase?.colour,
      spectrum,
      share: shares[index]!,
    };
  });
  const measured = sumSpectrum.map((value) => value / pixels);
  const modelled = new Float64Array(measured.length);
  for (const { spectrum, share } of endmembers) for (let c = 0; c < modelled.length; c++) modelled[c]! += share * spectrum[c]!;
  const [from, to] = channelsOf(modelled);
  const scale = scaleOf(measured.subarray(from, to), modelled.subarray(from, to), unmixing.unexplainedShare);
  const residual = measured.map((value, c) =>
    c < from || c >= to ? Number.NaN : ((value - scale * modelled[c]!) * pixels) / Math.sqrt(Math.max(1, sumSpectrum[c]!)),
  );
  return { endmembers, measured, modelled: modelled.map((value) => value * scale), residual };
}

/** The first channel with counts, and the first after the last with counts. */
function channelsOf(spectrum: Float64Array): readonly [from: number, to: number] {
  const from = spectrum.findIndex((value) => value > 0);
  return from < 0 ? [0, spectrum.length] : [from, spectrum.findLastIndex((value) => value > 0) + 1];
}

/**
 * Abundances are shares of area; a bright pixel has more counts than a dim one of the same phase. So the model gets the number of counts that it explains, and
 * only its shape is compared.
 */
function scaleOf(measured: Float64Array, modelled: Float64Array, unexplained: number): number {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const model = sum(modelled);
  return model > 0 ? (sum(measured) * (1 - Math.min(1, Math.max(0, unexplained)))) / model : 0;
}

function meanAbundances(abundances: Float32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < abundances.length; i++) {
    const value = abundances[i]!;
    if (Number.isFinite(value)) sums[i % count]! += value;
  }
  return sums.map((sum) => sum / Math.max(1, abundances.length / count));
}

/** One set of endmembers for several maps, so that their abundances can be compared. */
import { z } from "zod";
import { requireEnergyAxis } from "../algorithms/preprocess/line-windows.js";
import { classEndmemberParameters, classEndmembers } from "../algorithms/unmix/class-endmembers.js";
import { resampledSpectrum } from "../algorithms/unmix/resample-spectrum.js";
import { DataCheckError, ParameterError } from "../errors.js";
import { type CalibratedEnergyAxis, channelOfEnergy, croppedAxis, isEnergyCalibrated } from "../spectrum-image/axis.js";
import type { SeededContext } from "../spectrum-image/context.js";
import type { Finding } from "../spectrum-image/spectrum-image.js";
import type { Analysis } from "./analysis.js";

/** Parameters of {@link pooledNmf}. */
export const pooledNmfParameters = z.strictObject({
  ...classEndmemberParameters,
  normaliseSpectra: classEndmemberParameters.normaliseSpectra.default("maximum"),
  fromKev: z.number().min(-10).max(1000).default(0.1).meta({
    title: "From",
    unit: "keV",
    description: "Counts below are left out; 0.1 keV leaves out the zero peak.",
  }),
  toKev: z.number().min(0).max(1000).default(10).meta({
    title: "To",
    unit: "keV",
    description: "Counts above are left out.",
  }),
});

/** One map: what it is called, and its analysis with class spectra. */
export interface NamedAnalysis {
  readonly name: string;
  readonly analysis: Pick<Analysis, "image" | "classes" | "classSpectra">;
}

export interface PooledNmf {
  /** Of the first map, cut to the range. */
  readonly energyAxis: CalibratedEnergyAxis;
  /** Each float64 [channels of `energyAxis`], counts per pixel of a class that is purely this. */
  readonly endmembers: readonly Float64Array[];
  /** One entry per class with counts, in the order of the maps and of their classes. */
  readonly classes: readonly {
    readonly analysis: string;
    readonly classId: number;
    /** Float64 [endmembers]; they sum to one as nearly as possible. */
    readonly weights: Float64Array;
  }[];
  readonly reconstructionError: number;
  readonly findings: readonly Finding[];
}

/**
 * Factorises the class spectra of several maps together, on the energy axis of the first: spectra of other axes are spread over its channels with
 * their counts kept. Throws {@link DataCheckError} where an energy axis has no calibration or no class has counts, {@link ParameterError} for a range
 * beyond the axis.
 */
export async function pooledNmf(
  analyses: readonly NamedAnalysis[],
  given: z.output<typeof pooledNmfParameters>,
  context: SeededContext,
): Promise<PooledNmf> {
  const [first] = analyses;
  if (first === undefined) throw new ParameterError("There are no maps to pool.", { where: "pooled NMF", field: "analyses" });
  const energyAxis = axisWithin(requireEnergyAxis(first.analysis.image), given.fromKev, given.toKev);
  const pooled = analyses.flatMap(({ name, analysis }) => {
    const own = requireEnergyAxis(analysis.image);
    return analysis.classSpectra
      .map((counts, at) => ({ analysis: name, classId: analysis.classes[at]!.id, counts }))
      .filter(({ counts }) => hasCounts(counts, own, energyAxis))
      .map(({ counts, ...which }) => {
        const foreign = { name, energyOffsetKev: own.offset, energyScaleKev: own.scale, counts };
        return { ...which, spectrum: resampledSpectrum(foreign, energyAxis) };
      });
  });
  if (pooled.length === 0) {
    throw new DataCheckError("No class of the maps has counts in the range.", {
      where: "pooled NMF",
      found: `${given.fromKev} to ${given.toKev} keV`,
      remedy: 'Put a step "spectra" into the recipe of each map, or widen the range.',
    });
  }
  const found = await classEndmembers(
    pooled.map(({ spectrum }) => spectrum),
    [],
    given,
    context,
  );
  const k = found.endmembers.length;
  return {
    energyAxis,
    endmembers: found.endmembers,
    classes: pooled.map(({ analysis, classId }, row) => ({
      analysis,
      classId,
      weights: found.weights.slice(row * k, (row + 1) * k),
    })),
    reconstructionError: found.reconstructionError,
    findings: found.findings,
  };
}

function axisWithin(axis: CalibratedEnergyAxis, fromKev: number, toKev: number): CalibratedEnergyAxis {
  const start = Math.max(0, Math.ceil(channelOfEnergy(axis, fromKev)));
  const end = Math.min(axis.size, Math.floor(channelOfEnergy(axis, toKev)) + 1);
  const cropped = croppedAxis(axis, start, Math.max(start, end));
  if (end > start && isEnergyCalibrated(cropped)) return cropped;
  throw new ParameterError("The energy range holds no channel of the first map.", {
    where: "pooled NMF",
    field: "toKev",
    found: `${fromKev} to ${toKev} keV`,
  });
}

/** True where a spectrum has counts in a channel that reaches into the axis. */
function hasCounts(counts: Float64Array, own: CalibratedEnergyAxis, axis: CalibratedEnergyAxis): boolean {
  const half = 0.5 * own.scale;
  const from = axis.offset - 0.5 * axis.scale;
  const to = axis.offset + (axis.size - 0.5) * axis.scale;
  return counts.some((value, c) => {
    const energy = own.offset + c * own.scale;
    return value > 0 && energy + half > from && energy - half < to;
  });
}

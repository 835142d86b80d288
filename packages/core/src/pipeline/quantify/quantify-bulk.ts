/** Bulk samples: every class from its summed spectrum to a composition, with or without standards. */

import type { PeakShape } from "../../algorithms/line-fit/families.js";
import { fitSpectrum, type SpectrumFit } from "../../algorithms/line-fit/fit-spectrum.js";
import { requireEnergyAxis } from "../../algorithms/preprocess/line-windows.js";
import { fitForAreas } from "../../algorithms/quantify/xpp/fit-for-areas.js";
import { quantifyFit } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { DataCheckError, isSigmaError, ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { breather, partOf } from "../../spectrum-image/context.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Layer } from "../../xray/detector.js";
import { elementNamed } from "../../xray/elements.js";
import { lineNamed } from "../../xray/line-names.js";
import type { LineFamily } from "../../xray/lines.js";
import type { Analysis } from "../analysis.js";
import type { ClassIdentity } from "../identified-classes.js";
import type { StepContext } from "../step.js";
import { type BulkConditions, bulkConditions, coatingOf } from "./bulk-conditions.js";
import { bulkFindings } from "./bulk-findings.js";
import type { BulkClass, BulkComposition, BulkQuantification } from "./bulk-quantification.js";
import { type ClassElements, type ClassSpectrum, elementsOfClass, spectraToQuantify } from "./classes-to-quantify.js";
import { compositionInOrder, formulaOfClass } from "./composition-in-order.js";
import { oxygenBasis } from "./oxygen-basis.js";
import { pixelFractions } from "./pixel-fractions.js";
import { standardFacts, type UsableStandards, usableStandards } from "./standards-given.js";
import type { XppParameters } from "./xpp-parameters.js";

export interface QuantifiedBulk {
  readonly quantification: BulkQuantification;
  readonly findings: readonly Finding[];
}

/** One class while it is being quantified. */
export interface ClassAtWork {
  readonly sum: ClassSpectrum;
  readonly elements: ClassElements;
  readonly fit: SpectrumFit | undefined;
  readonly quantified: BulkComposition | undefined;
  readonly reason: string | undefined;
}

/** What is the same for all classes. */
interface Setup {
  readonly given: XppParameters;
  readonly axis: CalibratedEnergyAxis;
  readonly bulk: BulkConditions;
  readonly coating: Layer | undefined;
  readonly standards: UsableStandards;
  /** Dose of all pixels in the unit of the standards', by which a class's share is taken; undefined where it cannot be compared. */
  readonly dose: number | undefined;
  readonly pixels: number;
  readonly families: Readonly<Record<string, LineFamily>>;
}

/**
 * Compositions of all classes. Throws `ParameterError` for what the recipe lacks or has too much of, `DataCheckError` for data that are no counts or have no energies.
 */
export async function quantifyBulk(analysis: Analysis, given: XppParameters, context: StepContext): Promise<QuantifiedBulk> {
  const { image } = analysis;
  const axis = requireEnergyAxis(image);
  requireCounts(image.counts.kind);
  const bulk = bulkConditions(image, given);
  const coating = coatingOf(given.coating);
  const standards = usableStandards(given.standards, bulk);
  const isComparable = given.standards.length > 0 && standards.areDosesKnown;
  requireWholeForDifference(given, isComparable);
  const setup: Setup = {
    given,
    axis,
    bulk,
    coating,
    standards,
    dose: isComparable ? bulk.doseNas : undefined,
    pixels: pixelCount(image.counts.navigationShape),
    families: Object.fromEntries(given.lines.map(lineNamed).map(({ element, family }) => [element, family])),
  };
  const work = await classesAtWork(analysis, setup, context);
  const elements = byNumber(work.flatMap(({ quantified }) => quantified?.elements.map(({ element }) => element) ?? []));
  const classes = work.map(
    ({ sum, quantified, reason }): BulkClass => ({
      id: sum.id,
      pixels: sum.pixels,
      counts: sum.counts,
      pure: sum.pure,
      quantified,
      reason,
      composition: quantified === undefined ? undefined : compositionInOrder(quantified, elements),
    }),
  );
  const pixels = given.pixels ? await pixelFractions(analysis, setup, work, elements, partOf(context, 0.7, 1)) : undefined;
  context.onProgress?.(1);
  return {
    quantification: {
      method: "xpp",
      elements,
      beamEnergyKev: bulk.conditions.beamEnergyKev,
      takeOffAngleDeg: bulk.takeOffAngleDeg,
      tiltDeg: given.tiltDeg,
      classes,
      standards: standardFacts(
        standards,
        work.map(({ quantified }) => quantified),
      ),
      pixels,
    },
    findings: [...bulk.findings, ...standards.findings, ...bulkFindings(analysis, setup, work)],
  };
}

async function classesAtWork(analysis: Analysis, setup: Setup, context: StepContext): Promise<ClassAtWork[]> {
  const { given, axis, bulk, coating } = setup;
  const sums = await spectraToQuantify(analysis, axis, context);
  const identityOf = (id: number) => analysis.identities?.find((one) => one.id === id);
  const elements = sums.map(({ id }) => elementsOfClass(analysis, identityOf(id), given, coating));
  const shape = sums.length < 2 ? undefined : commonShape(sums, elements, axis, bulk);
  const breathe = breather(context);
  const work: ClassAtWork[] = [];
  for (const [i, sum] of sums.entries()) {
    await breathe();
    context.onProgress?.((given.pixels ? 0.7 : 1) * (i / sums.length));
    work.push(quantifiedClass(sum, elements[i]!, identityOf(sum.id), shape, setup));
  }
  return work;
}

function quantifiedClass(
  sum: ClassSpectrum,
  elements: ClassElements,
  identity: ClassIdentity | undefined,
  shape: PeakShape | undefined,
  setup: Setup,
): ClassAtWork {
  const none = (reason: string): ClassAtWork => ({ sum, elements, fit: undefined, quantified: undefined, reason });
  const { given, axis, bulk } = setup;
  if (sum.counts < given.minimumCounts) return none(`${sum.counts} counts, where ${given.minimumCounts} are asked for`);
  if (elements.quantified.length === 0) return none("no element of the sample was found");
  try {
    const fit = fitForAreas(sum.spectrum, axis, bulk.conditions, elements.fitted, { shape });
    return { sum, elements, fit, quantified: quantifiedFit(fit, sum, elements, identity, setup), reason: undefined };
  } catch (error) {
    if (isSigmaError(error, "data-check")) return none(error.message);
    throw error;
  }
}

function quantifiedFit(
  fit: SpectrumFit,
  sum: ClassSpectrum,
  { quantified: wanted }: ClassElements,
  identity: ClassIdentity | undefined,
  setup: Setup,
): BulkComposition {
  const { given, bulk, coating, standards, families, dose, pixels } = setup;
  const share = sum.pixels / pixels;
  const options = {
    conditions: bulk.conditions,
    elements: byNumber(wanted),
    families,
    valences: given.valences,
    tied: given.tied,
    difference: given.difference,
    coating,
    standards: given.standards.length === 0 ? undefined : standards.byElement,
    dose: dose === undefined ? undefined : dose * share,
  };
  const { from: oxygen, measuredOverOxides } = oxygenBasis(given.oxygen, wanted, fit, options);
  const elements = oxygen === "none" ? options.elements.filter((element) => element !== "O") : options.elements;
  const result = quantifyFit(fit, { ...options, elements, oxygen });
  return {
    ...result,
    // Oxides are for what holds oxygen as oxides do.
    elements:
      oxygen === "none" || (oxygen === "measured" && measuredOverOxides !== undefined)
        ? result.elements.map((one) => ({ ...one, oxide: undefined }))
        : result.elements,
    oxygen,
    oxygenOverOxides: measuredOverOxides,
    doseNas: bulk.doseNas === undefined ? undefined : bulk.doseNas * share,
    formula: formulaOfClass(result, given.formula, identity),
    reducedChiSquare: fit.reducedChiSquare,
  };
}

const FEWEST_FOR_SHAPE = 5000;

/** Where the peaks lie in all classes together, where these have enough counts to tell. */
function commonShape(
  sums: readonly ClassSpectrum[],
  elements: readonly ClassElements[],
  axis: CalibratedEnergyAxis,
  { conditions }: BulkConditions,
): PeakShape | undefined {
  if (sums.reduce((total, { counts }) => total + counts, 0) < FEWEST_FOR_SHAPE) return undefined;
  const sum = new Float64Array(axis.size);
  for (const { spectrum } of sums) for (let c = 0; c < sum.length; c++) sum[c]! += spectrum[c]!;
  return fitSpectrum(sum, axis, conditions, byNumber(elements.flatMap(({ fitted }) => fitted))).shape;
}

function byNumber(symbols: readonly string[]): string[] {
  return [...new Set(symbols)].sort((a, b) => elementNamed(a).number - elementNamed(b).number);
}

function requireCounts(kind: "counts" | "intensity"): void {
  if (kind === "counts") return;
  throw new DataCheckError("Errors of a quantification follow from counting, and these data are not counts.", {
    where: "quantify",
    found: "intensities",
    expected: "counts as the detector gave them",
  });
}

function requireWholeForDifference({ difference }: XppParameters, isComparable: boolean): void {
  if (difference === undefined || isComparable) return;
  throw new ParameterError("An element by difference needs a raw total.", {
    where: "quantify",
    field: "difference",
    expected: "standards, and live time and beam current of the sample and of each standard",
  });
}

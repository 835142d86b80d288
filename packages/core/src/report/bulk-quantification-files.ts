/** Compositions of bulk samples as files: tables, everything as JSON, maps. */
import type { Analysis } from "../pipeline/analysis.js";
import type { BulkClass, BulkQuantification } from "../pipeline/quantify/bulk-quantification.js";
import { tiffOfFrame } from "./frame-files.js";
import { columnInFrame, framesOf } from "./frames.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

const ELEMENTS_HEAD = [
  "id",
  "name",
  "element",
  "line",
  "net_counts",
  "net_counts_error",
  "k_ratio",
  "k_ratio_error",
  "standard",
  "sensitivity_from",
  "mass_fraction",
  "counting_error",
  "standards_error",
  "model_error",
  "normalised_mass_fraction",
  "atomic_fraction",
  "atomic_fraction_error",
  "oxide",
  "oxide_mass_fraction",
  "detection_limit_95",
  "detection_limit_3_sigma",
  "atoms_per_formula",
  "atoms_error",
  "atoms_model_error",
] as const;

const CLASSES_HEAD = [
  "id",
  "name",
  "pixels",
  "pure_pixels",
  "counts",
  "method",
  "normalised",
  "raw_total",
  "raw_total_error",
  "oxygen",
  "dose_na_s",
  "formula_basis",
  "reduced_chi_square",
  "not_quantified_because",
] as const;

const STANDARDS_HEAD = [
  "standard",
  "element",
  "line",
  "mass_fraction",
  "counts",
  "counts_error",
  "beam_energy_kev",
  "take_off_angle_deg",
  "dose_na_s",
] as const;

/** `quantification/`: one row per class and element, one per class, one per standard and element; the whole as JSON; maps of mass fractions where pixels were quantified. */
export function* bulkQuantificationFiles(analysis: Analysis, quantification: BulkQuantification): Generator<ResultFile> {
  const names = new Map(analysis.classes.map(({ id, name }) => [id, name]));
  const nameOf = (id: number) => names.get(id) ?? (id < 0 ? "All pixels" : `Class ${id}`);
  yield text(
    "quantification/elements.csv",
    csv([ELEMENTS_HEAD, ...quantification.classes.flatMap((one) => elementRows(one, quantification, nameOf))]),
  );
  yield text("quantification/classes.csv", csv([CLASSES_HEAD, ...quantification.classes.map((one) => classRow(one, nameOf))]));
  if (quantification.standards.length > 0)
    yield text("quantification/standards.csv", csv([STANDARDS_HEAD, ...standardRows(quantification)]));
  yield text("quantification/quantification.json", jsonOf(quantification, nameOf));
  yield* mapFiles(analysis, quantification);
}

function elementRows(
  { id, quantified, composition }: BulkClass,
  { elements }: BulkQuantification,
  nameOf: (id: number) => string,
) {
  return (quantified?.elements ?? []).map((one) => {
    const k = elements.indexOf(one.element);
    const atoms = quantified?.formula?.atoms.find(({ element }) => element === one.element);
    return [
      id,
      nameOf(id),
      one.element,
      one.line,
      one.line === undefined ? undefined : one.counts,
      one.line === undefined ? undefined : one.countsError,
      one.kRatio,
      one.kRatioError,
      one.standard,
      one.sensitivity,
      one.massFraction,
      one.countingError,
      one.standardsError,
      one.modelError,
      one.normalisedMassFraction,
      one.atomicFraction,
      composition?.atomicFractionError[k],
      one.oxide?.formula,
      one.oxide?.massFraction,
      one.detectionLimit,
      one.detectionLimit3Sigma,
      atoms?.atoms,
      atoms?.countingError,
      atoms?.modelError,
    ];
  });
}

function classRow({ id, pixels, pure, counts, quantified, reason }: BulkClass, nameOf: (id: number) => string) {
  const basis = quantified?.formula?.basis;
  return [
    id,
    nameOf(id),
    pixels,
    String(pure),
    counts,
    quantified?.method,
    quantified === undefined ? undefined : String(quantified.normalised),
    quantified?.rawTotal,
    quantified?.rawTotalError,
    quantified?.oxygen,
    quantified?.doseNas,
    basis === undefined ? undefined : `${basis.count} ${basis.of}`,
    quantified?.reducedChiSquare,
    reason,
  ];
}

function standardRows({ standards }: BulkQuantification) {
  return standards.flatMap(({ name, composition, elements, beamEnergyKev, takeOffAngleDeg, doseNas }) =>
    elements.map(({ element, line, counts, countsError }) => [
      name,
      element,
      line,
      composition[element],
      counts,
      countsError,
      beamEnergyKev,
      takeOffAngleDeg,
      doseNas,
    ]),
  );
}

/** Everything but the maps; covariances of counting and of model and standards as rows of the elements, in their order. */
function jsonOf({ pixels, classes, ...facts }: BulkQuantification, nameOf: (id: number) => string): string {
  const rows = (matrix: Float64Array, n: number) => Array.from({ length: n }, (_, i) => [...matrix.subarray(i * n, i * n + n)]);
  const document = {
    ...facts,
    quantifiedPixels: pixels?.quantifiedPixels,
    classes: classes.map(({ composition: _, quantified, ...one }) => ({
      ...one,
      name: nameOf(one.id),
      quantified:
        quantified === undefined
          ? undefined
          : {
              ...quantified,
              covariance: rows(quantified.covariance, quantified.elements.length),
              modelCovariance: rows(quantified.modelCovariance, quantified.elements.length),
            },
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function* mapFiles({ image }: Analysis, { pixels, elements }: BulkQuantification): Generator<ResultFile> {
  if (pixels === undefined) return;
  const { massFraction, massFractionError } = pixels;
  for (const [k, element] of elements.entries()) {
    for (const frame of framesOf(image)) {
      for (const [what, all] of [["mass", massFraction] as const, ["mass-error", massFractionError] as const]) {
        const data = columnInFrame(all, elements.length, k, frame);
        yield tiffOfFrame(`quantification/maps/${element}-${what}${frame.suffix}.tif`, frame, data);
      }
    }
  }
}

function text(path: string, content: string): ResultFile {
  return { path, bytes: new TextEncoder().encode(content) };
}

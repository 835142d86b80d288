import type { Analysis, ThinQuantification } from "../pipeline/analysis.js";
import { bulkQuantificationFiles } from "./bulk-quantification-files.js";
import { tiffOfFrame } from "./frame-files.js";
import { columnInFrame, framesOf } from "./frames.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

/**
 * Of thin samples `quantification.csv`, one row per class and element, and maps of atomic fractions and mass thickness, NaN where there are too few counts; of bulk samples
 * the folder `quantification`.
 */
export function* quantificationFiles(analysis: Analysis): Generator<ResultFile> {
  const { quantification, image } = analysis;
  if (quantification === undefined) return;
  if (quantification.method === "xpp") {
    yield* bulkQuantificationFiles(analysis, quantification);
    return;
  }
  yield { path: "quantification.csv", bytes: new TextEncoder().encode(quantificationCsv(analysis, quantification)) };
  const { elements, atomicFraction, massThickness } = quantification;
  if (massThickness !== undefined) {
    for (const frame of framesOf(image)) {
      yield tiffOfFrame(`composition/mass-thickness${frame.suffix}.tif`, frame, columnInFrame(massThickness, 1, 0, frame));
    }
  }
  for (const [k, element] of elements.entries()) {
    for (const frame of framesOf(image)) {
      const data = columnInFrame(atomicFraction, elements.length, k, frame);
      yield tiffOfFrame(`composition/${element}-atomic${frame.suffix}.tif`, frame, data);
    }
  }
}

function quantificationCsv({ classes }: Analysis, quantification: ThinQuantification): string {
  const { method, elements, lines, classes: compositions } = quantification;
  const isZeta = method === "zeta-factor";
  const factors = isZeta ? quantification.zetaFactors : quantification.kFactors;
  const isCorrected = isZeta ? quantification.takeOffAngleDeg !== undefined : quantification.film !== undefined;
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const head = [
    "id",
    "name",
    "pixels",
    "element",
    "line",
    isZeta ? "zeta_factor_kg_m2" : "k_factor",
    "net_counts",
    "net_counts_error",
    "mass_fraction",
    "mass_fraction_error",
    "atomic_fraction",
    "atomic_fraction_error",
    "detection_limit_mass_fraction",
    ...(isCorrected ? ["absorption_factor"] : []),
    ...(isZeta ? ["mass_thickness_kg_m2", "mass_thickness_error_kg_m2"] : []),
  ];
  const rows = compositions.flatMap(({ id, pixels, netCounts, variance, composition, detectionLimit }) =>
    elements.map((element, k) => [
      id,
      names.get(id) ?? `Class ${id}`,
      pixels,
      element,
      lines[k],
      factors[k],
      netCounts[k],
      Math.sqrt(variance[k]!),
      composition?.massFraction[k],
      composition?.massFractionError[k],
      composition?.atomicFraction[k],
      composition?.atomicFractionError[k],
      detectionLimit[k],
      ...(isCorrected ? [composition?.absorption[k]] : []),
      ...(isZeta ? [composition?.massThicknessKgM2, composition?.massThicknessError] : []),
    ]),
  );
  return csv([head, ...rows]);
}

/** The files of a result folder, one after the other, each made when it is asked for: the same bytes for `sigma run` and the app. */
import { writeMsa } from "../formats/msa/write-msa.js";
import { writeNpy } from "../formats/npy/npy.js";
import type { Analysis } from "../pipeline/analysis.js";
import { canonicalJson } from "../pipeline/canonical-json.js";
import { isEnergyCalibrated } from "../spectrum-image/axis.js";
import { associationFiles } from "./association-files.js";
import { autoencoderFiles } from "./autoencoder-files.js";
import { calibrationFiles } from "./calibration-files.js";
import { tiffOfFrame } from "./frame-files.js";
import { framesOf } from "./frames.js";
import { labelPicture } from "./label-picture.js";
import { profileFiles } from "./map-profiles.js";
import { maskFiles } from "./mask-files.js";
import { encodePng } from "./png.js";
import { pngWithResolution } from "./png-resolution.js";
import { quantificationFiles } from "./quantification-files.js";
import { type ReportContext, renderReport } from "./report.js";
import { scaleBarOf } from "./scale-bar.js";
import { stabilityFiles } from "./stability-files.js";
import { statisticsFiles } from "./statistics-files.js";
import { classNumbersCsv, phasesCsv, screeCsv } from "./tables.js";
import { upscaledFiles } from "./upscaled-files.js";

export interface ResultFile {
  /** Relative to the result folder, `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
/** What journals ask of pictures with pixels. */
const PICTURE_DPI = 300;

/** Every file of the result but `result.json`, which lists them. */
export function* resultFiles(analysis: Analysis, context: ReportContext): Generator<ResultFile> {
  yield text("recipe.json", canonicalJson(context.recipe));
  yield* calibrationFiles(analysis);
  yield* labelFiles(analysis);
  yield* maskFiles(analysis);
  yield* pixelArrays(analysis);
  yield* autoencoderFiles(analysis);
  yield* spectrumFiles(analysis);
  yield* profileFiles(analysis);
  yield* componentFiles(analysis);
  yield* mapFiles(analysis);
  yield text("phases.csv", phasesCsv(analysis));
  if (analysis.classNumber !== undefined) yield text("class-numbers.csv", classNumbersCsv(analysis.classNumber));
  yield* stabilityFiles(analysis);
  yield* associationFiles(analysis);
  yield* statisticsFiles(analysis);
  yield* quantificationFiles(analysis);
  yield* upscaledFiles(analysis);
  yield text("report.html", renderReport(analysis, context));
}

function* labelFiles(analysis: Analysis): Generator<ResultFile> {
  const { labels, classes, image } = analysis;
  if (labels === undefined) return;
  yield { path: "labels.npy", bytes: writeNpy({ shape: image.counts.navigationShape, data: labels }) };
  for (const frame of framesOf(image)) {
    const inFrame = labels.subarray(frame.start, frame.start + frame.width * frame.height);
    const ids = Uint16Array.from(inFrame, (label) => label + 1);
    yield tiffOfFrame(`labels${frame.suffix}.tif`, frame, ids);
    const { width, height, data } = labelPicture(inFrame, frame.width, frame.height, classes, scaleBarOf(image, frame.width));
    const png = encodePng({ width, height, data, channels: 3 });
    yield { path: `labels${frame.suffix}.png`, bytes: pngWithResolution(png, PICTURE_DPI) };
  }
}

function* pixelArrays({ image, membership, latent, unmixing, decomposition }: Analysis): Generator<ResultFile> {
  const { navigationShape } = image.counts;
  if (membership !== undefined) {
    const { data, classes } = membership;
    yield { path: "membership.npy", bytes: writeNpy({ shape: [data.length / Math.max(1, classes), classes], data }) };
  }
  if (latent !== undefined) {
    const { data, dimensions } = latent;
    yield { path: "latent.npy", bytes: writeNpy({ shape: [data.length / dimensions, dimensions], data }) };
  }
  if (decomposition !== undefined) {
    const { scores, components } = decomposition;
    yield { path: "scores.npy", bytes: writeNpy({ shape: [...navigationShape, components.length], data: scores }) };
  }
  if (unmixing !== undefined) {
    const { abundances, endmembers, residual } = unmixing;
    yield { path: "abundances.npy", bytes: writeNpy({ shape: [...navigationShape, endmembers.length], data: abundances }) };
    yield { path: "residual.npy", bytes: writeNpy({ shape: navigationShape, data: residual }) };
  }
}

function* spectrumFiles(analysis: Analysis): Generator<ResultFile> {
  if (analysis.image.channelLines !== undefined) return;
  if (analysis.sumSpectrum !== undefined)
    yield spectrum("spectra/sum.msa", "Sum of all pixels", analysis.sumSpectrum, analysis, "counts");
  for (const [i, { id, name }] of analysis.classes.entries()) {
    const values = analysis.classSpectra[i];
    if (values !== undefined) yield spectrum(`spectra/class-${id}.msa`, name, values, analysis, "counts per pixel");
  }
  for (const [j, values] of (analysis.unmixing?.endmembers ?? []).entries()) {
    yield spectrum(`endmembers/endmember-${j}.msa`, `Endmember ${j}`, values, analysis, "counts per pixel");
  }
}

function* componentFiles(analysis: Analysis): Generator<ResultFile> {
  const { decomposition } = analysis;
  if (decomposition === undefined) return;
  const { components, mean, method, scree } = decomposition;
  const unit = method === "nmf" ? "counts per pixel" : "relative";
  for (const [j, values] of components.entries()) {
    yield spectrum(`components/component-${j}.msa`, `Component ${j} (${method})`, values, analysis, unit);
  }
  if (mean !== undefined) yield spectrum("components/mean.msa", "Mean that was subtracted", mean, analysis, "counts per pixel");
  if (scree !== undefined) yield text("scree.csv", screeCsv(scree));
}

function* mapFiles({ elementMaps, image }: Analysis): Generator<ResultFile> {
  for (const { line, data } of elementMaps) {
    for (const frame of framesOf(image)) {
      yield tiffOfFrame(
        `maps/${line}${frame.suffix}.tif`,
        frame,
        data.slice(frame.start, frame.start + frame.width * frame.height),
      );
    }
  }
}

function spectrum(path: string, title: string, values: Float64Array, { image }: Analysis, unit: string): ResultFile {
  const { energyAxis, metadata } = image;
  const energy = isEnergyCalibrated(energyAxis) ? { offsetKev: energyAxis.offset, scaleKev: energyAxis.scale } : undefined;
  return {
    path,
    bytes: writeMsa({
      title,
      values,
      energy,
      yUnits: unit,
      beamEnergyKev: metadata.beamEnergyKev,
      elevationAngleDeg: metadata.detector.elevationAngleDeg,
      azimuthAngleDeg: metadata.detector.azimuthAngleDeg,
    }),
  };
}

function text(path: string, content: string): ResultFile {
  return { path, bytes: encoder.encode(content) };
}

// The public API as a table of contents: one line per thing, grouped in the order of the imports' arrows.

// Before any schema is made
import "./no-generated-code.js";

// Errors and version
export * from "./errors.js";
export * from "./version.js";

// Spectrum images: counts, passes over them, views of them, bytes they come from
export * from "./spectrum-image/axis.js";
export * from "./spectrum-image/bin.js";
export * from "./spectrum-image/byte-source.js";
export * from "./spectrum-image/context.js";
export * from "./spectrum-image/counts.js";
export * from "./spectrum-image/crop.js";
export * from "./spectrum-image/hashes.js";
export * from "./spectrum-image/load-findings.js";
export * from "./spectrum-image/mask.js";
export * from "./spectrum-image/pass.js";
export * from "./spectrum-image/spectrum-image.js";
export { type Mosaic, type MosaicOptions, mosaicImage } from "./algorithms/mosaic/mosaic-image.js";
export { type TileGrid, tileGrid, tileOrder } from "./algorithms/mosaic/tile-order.js";
export { type StackOptions, stackCounts, stackImages } from "./spectrum-image/stack.js";

// X-rays: elements, lines, attenuation, the detector
export * from "./xray/attenuation.js";
export * from "./xray/detector.js";
export * from "./xray/edges.js";
export * from "./xray/elements.js";
export * from "./xray/formula.js";
export * from "./xray/line-names.js";
export * from "./xray/lines.js";
export { type OwnPhase, ownPhase, ownPhases } from "./xray/phases/own-phases.js";

// Kernels
export * from "./kernels/matrix.js";
export { type RandomStream, randomStream } from "./kernels/random.js";
export * from "./kernels/threads/thread-pool.js";

// Formats: readers by registry, writers one by one
export * from "./formats/format.js";
export { imageOfMaps } from "./formats/images/image-of-maps.js";
export { isPictureFile, openMapFolder, withMapsAsDataset } from "./formats/images/map-contents.js";
export { type ElementMapPicture, type MapSet, mapSetOf, openMaps } from "./formats/images/open-maps.js";
export { detectFormat, type FormatId, formats, type OpenFileOptions, openFile } from "./formats/registry.js";
export { type MsaText, parseMsa } from "./formats/msa/parse-msa.js";
export { type MsaSpectrum, writeMsa } from "./formats/msa/write-msa.js";
export { type NpyArray, readNpy, writeNpy } from "./formats/npy/npy.js";
export { type RplFiles, type RplOptions, writeRpl } from "./formats/rpl/rpl-writer.js";
export { type TiffImage, writeTiff } from "./formats/tiff/write-tiff.js";
export { pictureFiles, type Writer, type WriterId, type WrittenFile, writers } from "./formats/writers.js";

// Algorithms
export type { Algorithm } from "./algorithms/algorithm.js";
export { type AppliedModel, applyModel } from "./algorithms/embed/autoencoder/apply-model.js";
export type * from "./algorithms/find-phases/found-phases.js";
export { type ComparedResult, type Comparison, compareResults } from "./algorithms/score/compare-results.js";
export { type PhaseScore, type Score, scoreResult } from "./algorithms/score/score.js";
export { serveThread, type ThreadSide } from "./algorithms/thread-tasks.js";
export { type MeasuredPeak, measuredPeaks, peakNear } from "./algorithms/identify/measured-peaks.js";
export { type PeakCandidate, type PeakContext, peakCandidates } from "./algorithms/identify/peak-candidates.js";
export type { SpectrumDifference } from "./algorithms/doubt/same-spectrum.js";
export type { ArtefactPeak } from "./algorithms/identify/artefact-peaks.js";
export type { FamilyEvidence } from "./algorithms/identify/family-evidence.js";
export { candidateText } from "./algorithms/name-phases/candidate-text.js";
export type { NameCandidate } from "./algorithms/name-phases/name-phase.js";
export { atomsPerFormula } from "./algorithms/quantify/xpp/mineral-formula.js";
export type { QuantifiedElement } from "./algorithms/quantify/xpp/quantify-fit.js";
export type { Grain, GrainStatistics } from "./algorithms/statistics/grain-statistics.js";
export { type Associations, associations } from "./algorithms/statistics/associations.js";
export { type Histogram, histogram, logHistogram } from "./algorithms/statistics/histogram.js";
export { type CountedSpectrum, type LineRatio, lineRatios } from "./algorithms/statistics/line-ratios.js";
export { type LineMeasure, lineMeasure, type MeasuredLine } from "./algorithms/statistics/line-measure.js";
export { ternaryPlace, ternaryShares } from "./algorithms/statistics/ternary.js";

// Phantoms: spectrum images whose truth is known
export { binnedTruth } from "./phantom/binned-truth.js";
export { type PhantomParameters, type PhantomParametersInput, parsePhantomParameters } from "./phantom/parameters.js";
export { makePhantom, type Phantom, streamPhantom } from "./phantom/phantom.js";
export { type PhantomPreset, type PhantomPresetId, phantomPresets } from "./phantom/presets.js";
export { type PhantomTruth, PURE_SHARE, type TruePhase } from "./phantom/truth.js";
export { parseTruth, serialiseTruth } from "./phantom/truth-document.js";

// Pipeline: recipes, presets, and what they give
export * from "./pipeline/analysis.js";
export type { CalibratedPeak, CalibrationReport, EnergyScale } from "./pipeline/calibrated-energies.js";
export {
  type CalibrateEntry,
  type CalibrationPreview,
  type PlacedPeak,
  previewCalibration,
} from "./pipeline/calibration-preview.js";
export type { ClassDoubts, ClassPair, UnexplainedCounts } from "./pipeline/class-doubts.js";
export type { ChosenNumber } from "./pipeline/class-number.js";
export {
  classDifference,
  type FittedSpectrum,
  type IdentifiedPixels,
  type IdentifySubject,
  identifyPixels,
} from "./pipeline/identify-pixels.js";
export type { ClassElement, ClassIdentity } from "./pipeline/identified-classes.js";
export { canonicalJson } from "./pipeline/canonical-json.js";
export * from "./pipeline/colours/palette.js";
export { MOST_COLOURS, othersColour, smallestClasses } from "./pipeline/colours/others.js";
export { farColour } from "./pipeline/colours/far-colour.js";
export { coloursOfMinerals, mineralColour, type NamedClass, type OwnFormulas } from "./pipeline/colours/mineral-colours.js";
export { type ColourVision, visionMatrices } from "./pipeline/colours/colour-vision.js";
export { type Preset, presetRecipe, presets } from "./pipeline/presets.js";
export { type FeatureStage, featureStages } from "./pipeline/feature-stages.js";
export { type FeatureTreatment, featureTreatments } from "./algorithms/preprocess/treat-features.js";
export type { BulkClass, BulkComposition, BulkQuantification } from "./pipeline/quantify/bulk-quantification.js";
export {
  type StandardEntry,
  standardFromImage,
  standardOfFile,
  takesStandards,
  withOwnStandardFacts,
} from "./pipeline/quantify/standard-from-image.js";
export { type CarriedEdits, carriedEdits, sameClasses, withClassIds } from "./pipeline/edits/carried-edits.js";
export { type ClassTable, classTableOf } from "./pipeline/edits/class-table.js";
export { type Edit, type EditInput, isByHand, type Region } from "./pipeline/edits/edit-schema.js";
export type { ClassEdits, EditOutcome, Refusal } from "./pipeline/edits/outcome.js";
export { latentSha256 } from "./pipeline/edits/latent-polygon.js";
export { arePixelsMoved } from "./pipeline/edits/moved-pixels.js";
export { endmembersAreOlder, OLDER_ENDMEMBERS } from "./pipeline/edits/older-endmembers.js";
export { editsOf, replay, withoutEdits } from "./pipeline/edits/replay.js";
export { type GrainGrid, grainAreas } from "./pipeline/edits/grain-areas.js";
export { type GateGround, throughGate } from "./pipeline/edits/selection.js";
export {
  parseRecipe,
  parseRecipeText,
  type Recipe,
  type RecipeInput,
  type RecipeStep,
  recipeJsonSchema,
} from "./pipeline/recipe.js";
export { type StepId, steps } from "./pipeline/step-registry.js";
export { type Stage, type Step, type StepContext, stages } from "./pipeline/step.js";
export { type WatchedImage, watched } from "./pipeline/file-findings.js";
export { type RecipeProgress, type RecipeRun, type RunOptions, runRecipe, type StepTiming } from "./pipeline/run-recipe.js";

export { loadModel, saveModel } from "./pipeline/model-file.js";
export { type NamedAnalysis, type PooledNmf, pooledNmf, pooledNmfParameters } from "./pipeline/pooled-nmf.js";
export { loadMixture, recipeForModels, saveMixture, type TrainedMixture, type TrainedModels } from "./pipeline/trained-models.js";

// Report: figures, tables, the files of a result
export { areaIntervals } from "./report/area-interval.js";
export { type ModalShare, modalShares } from "./report/modal-results.js";
export { chooseScaleBar, lengthText, pixelSizeText, type ScaleBar } from "./report/scale-bar.js";
export { type ColourMap, type ColourMapName, colourMap } from "./report/colour-maps.js";
export { type DisplayRange, percentileRange } from "./report/figures/contrast.js";
export { resampled, type ScalarPicture } from "./report/figures/resample.js";
export { elementOf, lineText } from "./report/line-notation.js";
export { type LabelRequest, type LabelRow, type PlacedLabel, placeLabels } from "./report/label-row.js";
export {
  type AreaUnit,
  areaUnit,
  countOf,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  inPlainNotation,
  listOf,
  type NumberNotation,
  setNumberNotation,
  withDecimalSign,
  withUnit,
} from "./numbers.js";
export { type IntensityScale, type IntensityScaleName, intensityScale, roundSteps, type Tick } from "./report/ticks.js";
export { countAxis, type ValueAxis, type ValueScale, valueAxis } from "./report/value-axis.js";
export { type CurvePlot, curveFigure } from "./report/figures/curve-plot.js";
export { type LatentEllipse, type LatentPlot, latentAxisName, latentFigure } from "./report/figures/latent-plot.js";
export { type MixedQuantity, type MixMap, mixMapFigure } from "./report/figures/mix-map.js";
export { type MapClass, type PhaseMap, phaseMapFigure } from "./report/figures/phase-map.js";
export { type TernaryPlot, ternaryFigure } from "./report/figures/ternary-plot.js";
export { type BarHistogram, barHistogramFigure } from "./report/figures/bar-histogram.js";
export { type MapGrid, mapGridFigure, panelLetter } from "./report/figures/map-grid.js";
export { type ScalarMap, scalarMapFigure } from "./report/figures/scalar-map.js";
export { type AreaBar, type AreaBars, areaBarsFigure } from "./report/figures/area-bars.js";
export { type MatrixPlot, type MatrixRow, matrixFigure, matrixWidth } from "./report/figures/matrix-plot.js";
export type { MarkedLine } from "./report/figures/line-names.js";
export { type OffsetPlot, type OffsetPoint, offsetFigure } from "./report/figures/offset-plot.js";
export { type SpectrumPlot, type SpectrumTrace, spectrumFigure } from "./report/figures/spectrum-plot.js";
export { joinedChannels, logFloor, markedLines, spectrumView, type SpectrumView } from "./report/spectrum-view.js";
export { type ReportContext, renderReport } from "./report/report.js";
export * from "./report/result-document.js";
export { type ResultFile, resultFiles } from "./report/result-files.js";
export { type ReportSectionId, reportSections, reportSectionsNamed } from "./report/report.js";
export { type ResultFolderParts, reportOf, sha256OfLabels, writeResultFolder } from "./report/result-folder.js";
export { readResult, readResultArchive } from "./report/read-result.js";
export { readSessionArchive, sessionSchemaVersion, writeSessionArchive } from "./report/session-archive.js";
export { dataUri, encodeIndexedPng, type IndexedPicture } from "./report/png.js";
export { pngWithResolution } from "./report/png-resolution.js";
export { csvField, phasesCsv } from "./report/tables.js";
export { zipFiles } from "./report/zip-files.js";

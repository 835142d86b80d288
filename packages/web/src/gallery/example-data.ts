/** Real data for the gallery: a small map of seven minerals, analysed in the page itself. */
import {
  type CalibrationPreview,
  classDifference,
  countMap,
  energyOfChannel,
  type FeatureTreatment,
  type IdentifiedPixels,
  type IdentifySubject,
  identifyPixels,
  isEnergyCalibrated,
  makePhantom,
  maximumSpectrum,
  parseRecipe,
  pass,
  roiSpectrum,
  runRecipe,
  type SpectrumDifference,
  type SpectrumImage,
  sumSpectrum,
  windowMaps,
} from "@sigma-eds/core";
import { calibrationOf } from "../worker/calibration-query.js";
import type {
  AnalysisSnapshot,
  FeaturesEntry,
  Grid,
  LoadedImage,
  PixelsSpectrum,
  StageSpread,
} from "../worker/engine-protocol.js";
import { FeatureSpreads, withFeatures } from "../worker/feature-spreads.js";

export interface ExampleData {
  readonly image: LoadedImage;
  readonly analysis: AnalysisSnapshot;
  pixelSpectrum(pixel: number): Promise<PixelsSpectrum>;
  spectrumOf(mask: Uint8Array): Promise<PixelsSpectrum>;
  windowMap(fromKev: number, toKev: number): Promise<Float32Array>;
  identify(subject: IdentifySubject): Promise<IdentifiedPixels>;
  difference(first: number, second: number): Promise<SpectrumDifference>;
  calibrationPreview(entry: unknown): Promise<CalibrationPreview>;
  featureSpreads(treatments: readonly FeatureTreatment[], mask?: Uint8Array, features?: FeaturesEntry): Promise<StageSpread[]>;
}

const WIDTH = 128;
const HEIGHT = 96;
const NO_HASH = "0".repeat(64);

/** Made once per page; takes some seconds. */
export async function exampleData(): Promise<ExampleData> {
  const phantom = await makePhantom({ title: "Seven minerals", width: WIDTH, height: HEIGHT, countsPerPixel: 150 });
  const recipe = parseRecipe({
    schemaVersion: 1,
    name: "gallery",
    steps: [
      { step: "elements" },
      { step: "find-phases" },
      { step: "decompose", method: "pca", nComponents: 12 },
      { step: "maps" },
      { step: "features", normalisePixels: true },
      { step: "normalise", steps: ["neighbour-average", "z-score"] },
      { step: "embed", method: "umap", nNeighbors: 15, minDist: 0.1 },
      { step: "spectra" },
      { step: "statistics" },
      { step: "identify" },
    ],
  });
  const { analysis } = await runRecipe(phantom.image, recipe);
  const { image, ...known } = analysis;
  const loaded = await loadedOf(phantom.image);
  const { grid, energyAxis, countMap: counts } = loaded;
  const spreads = new FeatureSpreads();
  const { signal } = new AbortController();
  return {
    image: loaded,
    analysis: { ...known, grid, energyAxis, countMap: counts, recipe, labelsSha256: NO_HASH },
    ...queriesOf(image),
    identify: (subject) => identifyPixels(analysis, subject),
    calibrationPreview: (entry) => calibrationOf(loaded, entry),
    featureSpreads: (treatments, mask, features) =>
      spreads.spreads(analysis, withFeatures(recipe, features), treatments, mask, signal),
    difference: (first, second) => classDifference(analysis, first, second),
  };
}

async function loadedOf(image: SpectrumImage): Promise<LoadedImage> {
  const { counts } = image;
  const [sum, most, map] = await pass(counts, [sumSpectrum(counts), maximumSpectrum(counts), countMap(counts)]);
  return {
    name: "seven-minerals",
    title: image.title,
    dataset: 0,
    grid: gridOf(image),
    energyAxis: image.energyAxis,
    metadata: image.metadata,
    images: image.images,
    findings: [],
    totalCounts: sum.reduce((total, value) => total + value, 0),
    statedCounts: undefined,
    sumSpectrum: sum,
    maximumSpectrum: most,
    countMap: Float32Array.from(map),
    sha256: NO_HASH,
  };
}

function gridOf({ navigationAxes }: SpectrumImage): Grid {
  const [y, x] = [navigationAxes.at(-2), navigationAxes.at(-1)];
  const sizes = [x?.scale, y?.scale] as const;
  return {
    width: x?.size ?? 1,
    height: y?.size ?? 1,
    frames: 1,
    pixelSizeUm: sizes[0] === undefined || sizes[1] === undefined ? undefined : [sizes[0], sizes[1]],
  };
}

function queriesOf({ counts, energyAxis }: SpectrumImage): Pick<ExampleData, "pixelSpectrum" | "spectrumOf" | "windowMap"> {
  const spectrumOf = async (mask: Uint8Array): Promise<PixelsSpectrum> => {
    const [spectrum] = await pass(counts, [roiSpectrum(counts, mask)]);
    return { pixels: mask.reduce((sum, inside) => sum + inside, 0), spectrum };
  };
  return {
    spectrumOf,
    pixelSpectrum(pixel) {
      const mask = new Uint8Array(WIDTH * HEIGHT);
      mask[pixel] = 1;
      return spectrumOf(mask);
    },
    async windowMap(fromKev, toKev) {
      const inside = (c: number): boolean =>
        isEnergyCalibrated(energyAxis) && energyOfChannel(energyAxis, c) >= fromKev && energyOfChannel(energyAxis, c) <= toKev;
      const channels = Array.from({ length: energyAxis.size }, (_, c) => c).filter(inside);
      const window = { start: channels[0] ?? 0, end: (channels.at(-1) ?? -1) + 1 };
      const [[map]] = await pass(counts, [windowMaps(counts, [window])]);
      return Float32Array.from(map ?? []);
    },
  };
}

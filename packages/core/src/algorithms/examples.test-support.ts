/** A small input for every method, on which the conformance suite runs it. A new method needs a line here; the compiler asks for it. */
import { matrix, matrixOf } from "../kernels/matrix.js";
import { randomStream } from "../kernels/random.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { noisyImage, spectrumOf } from "./preprocess/synthetic-image.test-support.js";
import type { AlgorithmId } from "./registry.js";

export interface Example {
  input(): unknown;
  /** Beside the defaults. */
  readonly parameters?: object;
}

let image: SpectrumImage | undefined;

/** Two phases with a zero peak, 20 x 12 pixels. */
function twoPhases(): SpectrumImage {
  const strobe = (spectrum: Float64Array) => spectrum.map((value, c) => value + (Math.abs(c - 10) < 5 ? 4 : 0));
  const [left, right] = [strobe(spectrumOf({ O: 60, Si: 50 }, 80)), strobe(spectrumOf({ Fe: 50, S: 40, Al: 20 }, 80))];
  image ??= noisyImage(20, 12, (x) => (x < 12 ? left : right));
  return image;
}

/** Two clouds of points. */
function points() {
  const stream = randomStream(1, "example-points");
  return {
    points: matrix(
      300,
      2,
      Float64Array.from({ length: 600 }, (_, i) => stream.normal() + (i < 400 ? 0 : 8)),
    ),
  };
}

/** Maps of two lines over 20 x 15 pixels. */
function features() {
  const { data } = points().points;
  return { data: Float32Array.from(data), lines: ["Si_Ka", "Fe_Ka"], navigationShape: [15, 20] };
}

/** The same as rows of a matrix, with a third line. */
function featureRows() {
  const stream = randomStream(2, "example-rows");
  return {
    features: matrixOf(
      200,
      3,
      Float32Array.from({ length: 600 }, (_, i) => stream.normal() + (i < 300 ? 0 : 6)),
    ),
  };
}

/** What a PCA of 40 channels gave: three components that are far from Gaussian over the channels. */
function componentsAndScores() {
  const stream = randomStream(3, "example-components");
  const components = [0, 1, 2].map(() =>
    Float64Array.from({ length: 40 }, () => stream.uniform() * stream.uniform() * stream.uniform()),
  );
  return { components, scores: Float32Array.from({ length: 300 }, () => stream.normal()) };
}

export const examples = {
  "remove-zero-peak": { input: twoPhases },
  "choose-lines": { input: twoPhases },
  "feature-maps": { input: twoPhases, parameters: { lines: ["O_Ka", "Si_Ka", "Fe_Ka"], background: "linear" } },
  "treat-features": { input: features, parameters: { steps: ["neighbour-average", "z-score", "softmax"] } },
  "spectral-pca": { input: () => ({ counts: twoPhases().counts }) },
  ica: { input: componentsAndScores },
  pca: { input: featureRows },
  umap: { input: featureRows, parameters: { nNeighbors: 8 } },
  autoencoder: { input: featureRows, parameters: { hiddenSizes: [8], epochs: 3 } },
  "variational-autoencoder": { input: featureRows, parameters: { hiddenSizes: [8], epochs: 3, task: "train-all" } },
  "gaussian-mixture": { input: points, parameters: { nComponents: 2, nInit: 2 } },
  "bayesian-gaussian-mixture": { input: points, parameters: { nComponents: 4, nInit: 2 } },
  "bic-curve": { input: points, parameters: { mostComponents: 4 } },
  birch: { input: points, parameters: { nClusters: 2 } },
  "choose-classes": { input: points, parameters: { most: 4, runs: 3 } },
  "cluster-stability": { input: points, parameters: { nClusters: 2, runs: 3 } },
  silhouette: {
    input: () => ({ ...points(), labels: Int32Array.from({ length: 300 }, (_, i) => (i < 200 ? 0 : 1)) }),
    parameters: { sampleSize: 100 },
  },
  "k-means": { input: points, parameters: { nClusters: 3 } },
  hdbscan: { input: points, parameters: { minClusterSize: 20 } },
  nmf: { input: () => ({ spectra: twoPhases().counts }), parameters: { nComponents: 2, maxIter: 20 } },
  abundances: {
    input: () => ({
      counts: twoPhases().counts,
      endmembers: [spectrumOf({ O: 60, Si: 50 }, 80), spectrumOf({ Fe: 50, S: 40 }, 80)],
    }),
  },
  "class-proportions": { input: labelledMap, parameters: { soft: true } },
  "class-features": { input: labelledMap },
  "grain-statistics": { input: labelledMap, parameters: { minimumPixels: 2 } },
  "cliff-lorimer": { input: () => ({ image: twoPhases() }), parameters: { lines: ["Si_Ka", "Fe_Ka", "S_Ka"] } },
  "zeta-factor": {
    input: () => ({ image: twoPhases() }),
    parameters: {
      lines: ["Si_Ka", "Fe_Ka", "S_Ka"],
      zetaFactors: { Si_Ka: 700, Fe_Ka: 900, S_Ka: 750 },
      beamCurrentNa: 1,
      liveTimeS: 100,
      takeOffAngleDeg: 20,
    },
  },
  "energy-calibration": { input: spectrumToCalibrate, parameters: { lines: ["Si_Ka", "Fe_Ka"] } },
  "find-phases": { input: twoPhasesForSearch },
} satisfies Record<AlgorithmId, Example>;

/** Three classes over 20 x 15 pixels of 2 x 1 um, with two features. */
function labelledMap() {
  const labels = Int32Array.from({ length: 300 }, (_, p) => (p % 7 === 0 ? -1 : p % 20 < 9 ? 0 : p < 150 ? 1 : 2));
  const data = new Float32Array(900);
  labels.forEach((label, p) => {
    if (label < 0) return;
    data.fill(0.1, p * 3, p * 3 + 3);
    data[p * 3 + label] = 0.8;
  });
  const axis = (name: string, size: number, scale: number) => ({ name, size, offset: 0, scale, units: "um" });
  return { labels, membership: { classes: 3, data }, features: features(), navigationAxes: [axis("y", 15, 1), axis("x", 20, 2)] };
}

/** Two minerals' lines 40 eV too high. */
function spectrumToCalibrate() {
  const { title, metadata, energyAxis } = twoPhases();
  const spectrum = spectrumOf({ Si: 40_000, Fe: 30_000 }, 90_000);
  return { spectrum, image: { title, metadata, energyAxis: { ...energyAxis, offset: energyAxis.offset! + 0.04 } } };
}

function twoPhasesForSearch() {
  const { counts, energyAxis, metadata } = twoPhases();
  return { counts, energyAxis, metadata };
}

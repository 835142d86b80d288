/** A made analysis that looks like a real one: a dacite with nine phases, 200 x 150 px, Poisson counts. For tests and for looking at the report. */
import type { PhaseEvidence } from "../algorithms/find-phases/found-phases.js";
import { exp } from "../kernels/math.js";
import { type RandomStream, randomStream } from "../kernels/random.js";
import type { Analysis, ElementMap, PhaseClass } from "../pipeline/analysis.js";
import { coloursOfClasses } from "../pipeline/colours/palette.js";
import { type CountBlock, storedCounts } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { fwhmKev, sigmaKev } from "../xray/detector.js";
import { linesOf, mainLine } from "../xray/lines.js";
import { texture } from "./example-texture.test-support.js";

const BEAM_KEV = 15;
const CHANNELS = 1024;
const KEV_PER_CHANNEL = 0.015;
const COUNTS_PER_PIXEL = 172;

interface Mineral {
  readonly name: string;
  /** Mass fractions. */
  readonly mass: Readonly<Record<string, number>>;
  readonly brightness: number;
}

const minerals: readonly Mineral[] = [
  { name: "Groundmass glass", mass: { O: 0.48, Si: 0.34, Al: 0.07, K: 0.04, Na: 0.03, Ca: 0.01, Fe: 0.01 }, brightness: 0.42 },
  { name: "Plagioclase, cores", mass: { O: 0.47, Si: 0.24, Al: 0.17, Ca: 0.1, Na: 0.03 }, brightness: 0.52 },
  { name: "Plagioclase, rims", mass: { O: 0.48, Si: 0.28, Al: 0.13, Ca: 0.05, Na: 0.06 }, brightness: 0.47 },
  { name: "Orthopyroxene", mass: { O: 0.43, Si: 0.25, Mg: 0.15, Fe: 0.15, Ca: 0.01, Mn: 0.005 }, brightness: 0.72 },
  { name: "Amphibole", mass: { O: 0.42, Si: 0.21, Mg: 0.1, Fe: 0.11, Ca: 0.08, Al: 0.06, Ti: 0.01, Na: 0.01 }, brightness: 0.68 },
  { name: "Quartz", mass: { O: 0.53, Si: 0.47 }, brightness: 0.36 },
  { name: "K-feldspar", mass: { O: 0.46, Si: 0.3, Al: 0.1, K: 0.12, Na: 0.02 }, brightness: 0.5 },
  { name: "Fe–Ti oxide", mass: { O: 0.31, Fe: 0.48, Ti: 0.19, Mg: 0.02 }, brightness: 0.95 },
  { name: "Apatite", mass: { O: 0.4, Ca: 0.38, P: 0.18, F: 0.03, Cl: 0.01 }, brightness: 0.7 },
];

export interface ExampleOptions {
  readonly width?: number;
  readonly height?: number;
  readonly calibrated?: boolean;
  /** Replaces the name of the first class. */
  readonly hostileName?: string;
  readonly withEvidence?: boolean;
}

export function exampleAnalysis(options: ExampleOptions = {}): Analysis {
  const { width = 200, height = 150, calibrated = true, withEvidence = true } = options;
  const random = randomStream(7, "example");
  const labels = texture(width, height, random);
  const expected = minerals.map(spectrumOf);
  const pixels = countPixels(labels);
  const classSpectra = expected.map((spectrum, k) => noisyMean(spectrum, Math.max(1, pixels[k]!), random));
  const colours = coloursOfClasses(labels, width, minerals.length);
  const classes = minerals.map((mineral, k) =>
    classOf(
      { ...mineral, name: k === 0 ? (options.hostileName ?? mineral.name) : mineral.name },
      k,
      colours[k]!,
      pixels[k]!,
      labels.length,
      calibrated,
    ),
  );
  const image = imageOf(width, height, labels, calibrated, random);
  const elementMaps = mapsOf(labels, expected, random);
  const abundances = abundancesOf(labels, random);
  const residual = Float32Array.from(labels, () => Math.abs(1 + 0.35 * random.normal()));
  const [bubbleX, bubbleY] = [Math.round(width * 0.6), Math.round(height * 0.3)];
  for (let p = 0; p < residual.length; p++) {
    const [dx, dy] = [(p % width) - bubbleX, Math.floor(p / width) - bubbleY];
    if (dx * dx + dy * dy < 20) residual[p] = 4 + random.uniform() * 3;
  }
  const evidence = classes.map((phase, k) => evidenceOf(phase, k, classes, expected));
  const unexplainedShare = 0.0318;
  const membership = membershipOf(labels, abundances);
  return {
    image,
    mask: undefined,
    sumSpectrum: sumOf(classSpectra, pixels),
    lines: [
      "C_Ka",
      "O_Ka",
      "F_Ka",
      "Na_Ka",
      "Mg_Ka",
      "Al_Ka",
      "Si_Ka",
      "P_Ka",
      "Cl_Ka",
      "K_Ka",
      "Ca_Ka",
      "Ti_Ka",
      "Mn_Ka",
      "Fe_Ka",
    ],
    features: undefined,
    elementMaps,
    latent: { method: "UMAP", dimensions: 2, data: latentOf(labels, random) },
    labels,
    membership: { classes: classes.length, data: membership },
    classes,
    classSpectra,
    unmixing: { method: "find-phases", endmembers: expected, abundances, residual, unexplainedShare },
    evidence: withEvidence
      ? {
          labels,
          abundances,
          membership,
          endmembers: expected,
          residualSigma: residual,
          unexplainedShare,
          phases: evidence,
          rejected: [
            {
              reason: "mixture",
              seedPixel: 79 * width + 45,
              area: 61,
              effect: 0.084,
              explainedBy: [
                { id: 0, weight: 0.61 },
                { id: 7, weight: 0.39 },
              ],
              sentence: "mixture at x 45, y 79",
            },
            { reason: "tiny", seedPixel: 12 * width + 9, area: 3, effect: 0.051, explainedBy: [], sentence: "tiny at x 9, y 12" },
          ],
          constants: [
            {
              name: "binWidth",
              value: 0.5,
              unit: "FWHM",
              sentence: "Channels are joined to bins of half the detector's line width: no line is lost.",
            },
            {
              name: "poorBinShare",
              value: 2e-4,
              unit: "share of counts",
              sentence: "Bins that hold less than this are joined with their neighbours.",
            },
          ],
          choices: [
            "A typical pixel holds 172 counts.",
            "Spectra were smoothed over 0.70, 0.95, 1.90 pixels before they were compared.",
          ],
          warnings: [],
        }
      : undefined,
    choices: [
      "A typical pixel holds 172 counts.",
      "Spectra were smoothed over 0.70, 0.95, 1.90 pixels before they were compared; at 0.95 it was decided what is a phase.",
      "Channels were joined into 212 energy bins; 7 directions in them rise above counting noise.",
    ],
    warnings: ["Fe_Kb and Mn_Ka lie closer than the detector resolves; Mn is judged with care."],
    notConverged: [],
  };
}

/** Expected counts per pixel and channel: lines by mass fraction, Gaussian peaks, a continuum after Kramers with absorption. */
function spectrumOf({ mass }: Mineral): Float64Array {
  const spectrum = new Float64Array(CHANNELS);
  for (let c = 0; c < CHANNELS; c++) {
    const e = c * KEV_PER_CHANNEL;
    if (e > 0.1 && e < BEAM_KEV) spectrum[c] = 0.012 * ((BEAM_KEV - e) / (e + 0.35)) * (1 - exp(-e * 1.6));
  }
  for (const [symbol, fraction] of Object.entries({ C: 0.02, ...mass })) {
    for (const line of linesOf(symbol)) {
      if (line.edgeKev >= BEAM_KEV || line.energyKev < 0.15) continue;
      const family = line.family === "K" ? 1 : 0.35;
      const strength = fraction * family * line.weight * (1 - line.edgeKev / BEAM_KEV) * (1 - exp(-line.energyKev * 1.3)) * 60;
      const [centre, sigma] = [line.energyKev, sigmaKev(line.energyKev)];
      const reach = Math.ceil((4 * sigma) / KEV_PER_CHANNEL);
      const middle = Math.round(centre / KEV_PER_CHANNEL);
      for (let c = Math.max(0, middle - reach); c <= Math.min(CHANNELS - 1, middle + reach); c++) {
        const distance = (c * KEV_PER_CHANNEL - centre) / sigma;
        spectrum[c]! += ((strength * KEV_PER_CHANNEL) / (sigma * 2.5066)) * exp(-0.5 * distance * distance);
      }
    }
  }
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  return spectrum.map((value) => (value / total) * COUNTS_PER_PIXEL);
}

function noisyMean(spectrum: Float64Array, pixels: number, random: RandomStream): Float64Array {
  return spectrum.map((value) => random.poisson(value * pixels) / pixels);
}

function countPixels(labels: Int32Array): number[] {
  const pixels = minerals.map(() => 0);
  for (const label of labels) if (label >= 0) pixels[label]! += 1;
  return pixels;
}

function sumOf(spectra: readonly Float64Array[], pixels: readonly number[]): Float64Array {
  const sum = new Float64Array(CHANNELS);
  spectra.forEach((spectrum, k) => {
    spectrum.forEach((value, c) => {
      sum[c]! += value * pixels[k]!;
    });
  });
  return sum;
}

function classOf(
  { name, mass }: Mineral,
  id: number,
  colour: string,
  pixels: number,
  all: number,
  calibrated: boolean,
): PhaseClass {
  const ordered = Object.entries(mass).sort((a, b) => b[1] - a[1]);
  return {
    id,
    name,
    colour,
    pixels,
    areaFraction: pixels / all,
    areaUm2: calibrated ? pixels * 0.35 * 0.35 : undefined,
    counts: pixels * COUNTS_PER_PIXEL,
    countsPerPixel: COUNTS_PER_PIXEL,
    dominantLines: ordered.slice(0, 4).map(([symbol, fraction], i) => ({
      line: mainLine(symbol, BEAM_KEV)?.name ?? `${symbol}_Ka`,
      netPerPixel: fraction * 80,
      ratioToMean: 2.4 - 0.5 * i,
      sigma: 60 - 12 * i,
    })),
  };
}

function imageOf(width: number, height: number, labels: Int32Array, calibrated: boolean, random: RandomStream): SpectrumImage {
  const pixels = width * height;
  const empty: CountBlock = {
    firstPixel: 0,
    pixels,
    rowStart: new Uint32Array(pixels + 1),
    channel: new Uint16Array(0),
    count: new Uint8Array(0),
  };
  const bse = Uint8Array.from(
    labels,
    (label) => 255 * Math.max(0, (label < 0 ? 0.06 : minerals[label]!.brightness) + 0.035 * random.normal()),
  );
  const axis = (name: string, size: number) =>
    calibrated
      ? { name, size, offset: 0, scale: 0.35, units: "um" }
      : { name, size, offset: undefined, scale: undefined, units: undefined };
  return {
    title: "dacite-area3",
    counts: storedCounts([height, width], CHANNELS, [empty]),
    navigationAxes: [axis("y", height), axis("x", width)],
    energyAxis: { name: "energy", size: CHANNELS, offset: 0, scale: KEV_PER_CHANNEL, units: "keV" },
    images: [{ name: "BSE", width, height, data: bse, pixelSizeUm: calibrated ? [0.35, 0.35] : undefined }],
    metadata: {
      title: "dacite-area3",
      instrument: "SEM",
      beamEnergyKev: BEAM_KEV,
      detector: { type: "SDD", resolutionEv: 129, elevationAngleDeg: 35, liveTimeS: 1180 },
      elements: ["Al", "Ca", "Fe", "K", "Mg", "Na", "O", "Si", "Ti"],
    },
    originalMetadata: {},
    loadReport: {
      statedCounts: { value: pixels * COUNTS_PER_PIXEL, where: "header" },
      findings: [
        { severity: "info", code: "zero-peak", message: "The zero peak (0.12 % of all counts) is left out below 0.1 keV." },
      ],
    },
  };
}

function mapsOf(labels: Int32Array, expected: readonly Float64Array[], random: RandomStream): ElementMap[] {
  return ["Si_Ka", "Al_Ka", "Na_Ka", "Mg_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka", "P_Ka"].map((line) => {
    const energy = linesOf(line.split("_")[0]!)[0]!.energyKev;
    const [fromKev, toKev] = [energy - fwhmKev(energy), energy + fwhmKev(energy)];
    const inWindow = expected.map((spectrum) =>
      spectrum.reduce((sum, value, c) => sum + (c * KEV_PER_CHANNEL >= fromKev && c * KEV_PER_CHANNEL < toKev ? value : 0), 0),
    );
    const data = Float32Array.from(labels, (label) => random.poisson(label < 0 ? 0.2 : inWindow[label]!));
    return { line, fromKev, toKev, background: "none", data };
  });
}

function abundancesOf(labels: Int32Array, random: RandomStream): Float32Array {
  const k = minerals.length;
  const shares = new Float32Array(labels.length * k);
  labels.forEach((label, p) => {
    if (label < 0) return;
    const main = 0.86 + 0.12 * random.uniform();
    for (let j = 0; j < k; j++) shares[p * k + j] = j === label ? main : (1 - main) / (k - 1);
  });
  return shares;
}

function membershipOf(labels: Int32Array, abundances: Float32Array): Float32Array {
  const k = minerals.length;
  return abundances.map((share, i) => (labels[Math.floor(i / k)]! < 0 ? 0 : share));
}

function latentOf(labels: Int32Array, random: RandomStream): Float32Array {
  const centres = [
    [0, 0],
    [4.2, -1.6],
    [2.6, -0.6],
    [-2.4, -2.4],
    [-0.6, -3],
    [2.2, 2.6],
    [0.4, 1.9],
    [-3.6, 1.2],
    [-1.8, 3],
  ] as const;
  const data = new Float32Array(labels.length * 2);
  labels.forEach((label, p) => {
    const [x, y] = label < 0 ? [5, 2.4] : centres[label]!;
    const bend = random.normal();
    data[2 * p] = x + 0.42 * bend;
    data[2 * p + 1] = y + 0.26 * random.normal() - 0.16 * bend * bend;
  });
  return data;
}

function evidenceOf(
  { id, pixels, counts }: PhaseClass,
  k: number,
  classes: readonly PhaseClass[],
  expected: readonly Float64Array[],
): PhaseEvidence {
  const [own, mean] = [expected[k]!, expected[0]!];
  const bins = ["Si_Ka", "Al_Ka", "Mg_Ka", "Ca_Ka", "Fe_Ka", "Ti_Ka", "P_Ka", "Na_Ka", "K_Ka"]
    .map((line) => {
      const energyKev = linesOf(line.split("_")[0]!)[0]!.energyKev;
      const c = Math.round(energyKev / KEV_PER_CHANNEL);
      const share = (spectrum: Float64Array): number =>
        spectrum.subarray(c - 3, c + 4).reduce((sum, value) => sum + value, 0) / COUNTS_PER_PIXEL;
      const [measured, predicted] = [share(own), share(mean)];
      return {
        energyKev,
        line,
        measured,
        predicted,
        sigma: ((measured - predicted) / Math.sqrt(Math.max(predicted, 1e-4))) * 100,
      };
    })
    .sort((a, b) => Math.abs(b.sigma) - Math.abs(a.sigma))
    .slice(0, 5);
  return {
    id,
    discovery: k,
    seedPixel: 4000 + 311 * k,
    seedArea: 60 + 7 * k,
    effect: 0.9 - 0.08 * k,
    z: 236 - 21 * k,
    bins: k === 0 ? [] : bins,
    pixels,
    purePixels: Math.round(pixels * 0.7),
    counts: Math.round(counts * 0.7),
    nearest: { id: classes[(k + 1) % classes.length]!.id, distance: 0.31 / (1 + k), countsNeeded: 13 * (1 + k) },
    sentence:
      k === 0
        ? "The most common spectrum of the map; its calmest pixels gather around it."
        : `Found at x ${40 + 7 * k}, y ${18 + 11 * k}: an area there differs from every mixture of the phases known before, by ${236 - 21 * k} standard errors. It has ${wordsFor(bins)}.`,
  };
}

function wordsFor(bins: PhaseEvidence["bins"]): string {
  const names = (sign: number): string =>
    bins
      .filter(({ sigma }) => sigma * sign > 0)
      .map(({ line }) => line)
      .join(", ");
  return [names(1) === "" ? "" : `more ${names(1)}`, names(-1) === "" ? "" : `less ${names(-1)}`]
    .filter((part) => part !== "")
    .join("; ");
}

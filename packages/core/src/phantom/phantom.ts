/** A spectrum image whose truth is known: minerals with physical spectra, overlapping particles, counting noise. */
import { exp } from "../kernels/math.js";
import { randomStream } from "../kernels/random.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { breather, type WorkContext } from "../spectrum-image/context.js";
import { type CountBlock, type CountSource, type StoredCounts, storedCounts } from "../spectrum-image/counts.js";
import type { NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { berylliumWindowDetector, polymerWindowDetector, windowlessDetector } from "../xray/detector.js";
import { massFractions, parseFormula } from "../xray/formula.js";
import { addGaussian, attenuationOnAxis, type Conditions, expectedSpectrum } from "../xray/physics/expected-spectrum.js";
import { phantomCounts } from "./count-source.js";
import { areaFractions } from "./geometry.js";
import { type PhantomParameters, type PhantomParametersInput, parsePhantomParameters } from "./parameters.js";
import { type PhantomTruth, phasesOf, truthOf } from "./truth.js";

export interface Phantom<Counts extends CountSource = StoredCounts> {
  readonly image: SpectrumImage & { readonly counts: Counts };
  readonly truth: PhantomTruth;
}

export interface StreamOptions {
  /** Navigation rows of a block. Default: about 260,000 counts. The counts do not depend on it. */
  readonly rowsPerBlock?: number | undefined;
}

/**
 * A phantom with its counts in memory. Throws `ParameterError` for parameters or a formula that cannot be used, `MemoryLimitError` for
 * a map too large for its truth, `AbortedError` when stopped.
 */
export async function makePhantom(parameters: PhantomParametersInput = {}, context: WorkContext = {}): Promise<Phantom> {
  const { image, truth } = streamPhantom(parameters);
  const breathe = breather(context);
  const { counts } = image;
  const stored: CountBlock[] = [];
  for await (const block of counts.blocks({ signal: context.signal })) {
    stored.push(block);
    context.onProgress?.((block.firstPixel + block.pixels) / truth.labels.length, "drawing counts");
    await breathe();
  }
  return { image: { ...image, counts: storedCounts(counts.navigationShape, counts.channels, stored) }, truth };
}

/** A phantom whose counts are drawn when they are read, block by block, the same at every reading: for images larger than memory. */
export function streamPhantom(parametersInput: PhantomParametersInput = {}, options: StreamOptions = {}): Phantom<CountSource> {
  const parameters = parsePhantomParameters(parametersInput);
  const axis = energyAxisOf(parameters);
  const compositions = phasesOf(parameters).map(({ formula }) => massFractions(parseFormula(formula)));
  const conditions = conditionsOf(parameters);
  const perElectron = compositions.map((composition) => expectedSpectrum(composition, conditions, axis));
  const attenuation = compositions.map((composition) => attenuationOnAxis(composition, axis));
  const fractions = areaFractions(parameters);
  const electrons = parameters.countsPerPixel / meanYield(parameters, fractions, perElectron, attenuation);
  const spectra = perElectron.map((spectrum) => spectrum.map((counts) => counts * electrons));
  const model = { parameters, axis, fractions, spectra, attenuation, zeroPeak: zeroPeakOf(parameters, axis) };
  const truth = truthOf(parameters, fractions, spectra, axis);
  return { image: imageOf(truth, phantomCounts(model, options.rowsPerBlock)), truth };
}

function energyAxisOf({ channels, channelWidthEv, offsetEv }: PhantomParameters): CalibratedEnergyAxis {
  return { name: "energy", size: channels, offset: offsetEv / 1000, scale: channelWidthEv / 1000, units: "keV" };
}

const detectors = { polymer: polymerWindowDetector, beryllium: berylliumWindowDetector, none: windowlessDetector };

function conditionsOf({ beamEnergyKev, takeOffAngleDeg, resolutionEv, window }: PhantomParameters): Conditions {
  return { beamEnergyKev, takeOffAngleDeg, resolutionEv, detector: detectors[window] };
}

const ZERO_PEAK_SIGMA_KEV = 0.025;

function zeroPeakOf({ zeroPeakCounts }: PhantomParameters, axis: CalibratedEnergyAxis): Float64Array {
  const peak = new Float64Array(axis.size);
  if (zeroPeakCounts > 0) addGaussian(peak, axis, 0, ZERO_PEAK_SIGMA_KEV, zeroPeakCounts);
  return peak;
}

/** Expected counts per pixel of the whole map, gradients included, for one electron per pixel. */
function meanYield(
  { width, height, brightnessGradient, absorbingMassMgCm2 }: PhantomParameters,
  fractions: Float32Array,
  spectra: readonly Float64Array[],
  attenuation: readonly Float64Array[],
): number {
  const phases = spectra.length;
  let sum = 0;
  for (let x = 0; x < width; x++) {
    const along = x / (width - 1);
    const mass = absorbingMassMgCm2 * 0.001 * along;
    for (let k = 0; k < phases; k++) {
      let share = 0;
      for (let y = 0; y < height; y++) share += fractions[(y * width + x) * phases + k]!;
      if (share > 0) sum += share * (1 - brightnessGradient * along) * transmitted(spectra[k]!, attenuation[k]!, mass);
    }
  }
  return sum / (width * height);
}

function transmitted(spectrum: Float64Array, attenuation: Float64Array, mass: number): number {
  let sum = 0;
  for (let c = 0; c < spectrum.length; c++) sum += mass === 0 ? spectrum[c]! : spectrum[c]! * exp(-attenuation[c]! * mass);
  return sum;
}

function imageOf(truth: PhantomTruth, counts: CountSource): SpectrumImage {
  const { parameters, energyAxis } = truth;
  const { pixelSizeUm, beamEnergyKev, resolutionEv, takeOffAngleDeg, title } = parameters;
  const length = (name: string, size: number) => ({ name, size, offset: 0, scale: pixelSizeUm, units: "um" });
  const elements = new Set(truth.phases.flatMap((phase) => Object.keys(phase.massFractions)));
  elements.delete("H");
  return {
    title,
    counts,
    navigationAxes: [length("y", parameters.height), length("x", parameters.width)],
    energyAxis,
    images: [backscatterImage(truth)],
    metadata: {
      title,
      instrument: "SEM",
      beamEnergyKev,
      detector: { type: "simulated silicon drift detector", resolutionEv, elevationAngleDeg: takeOffAngleDeg },
      elements: [...elements].sort(),
    },
    originalMetadata: { phantom: parameters },
    loadReport: { findings: [] },
  };
}

const BACKSCATTER_NOISE = 0.02;

/** As bright as the mean atomic number, with 2 % of noise. */
function backscatterImage({ parameters, phases, fractions }: PhantomTruth): NavigationImage {
  const { width, height, pixelSizeUm, seed } = parameters;
  const random = randomStream(seed, "phantom-backscatter");
  const data = new Float32Array(width * height);
  for (let p = 0; p < data.length; p++) {
    let z = 0;
    for (let k = 0; k < phases.length; k++) z += fractions[p * phases.length + k]! * phases[k]!.meanAtomicNumber;
    data[p] = z * (1 + BACKSCATTER_NOISE * random.normal());
  }
  return { name: "BSE", width, height, data, pixelSizeUm: [pixelSizeUm, pixelSizeUm] };
}

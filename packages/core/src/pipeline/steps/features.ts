import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { energyBands } from "../../algorithms/preprocess/energy-bands.js";
import { featureMaps, type LineMaps } from "../../algorithms/preprocess/feature-maps.js";
import { grossSum } from "../../algorithms/preprocess/line-background.js";
import { withoutFirstChannels } from "../../algorithms/preprocess/remove-zero-peak.js";
import { weightedMaps } from "../../algorithms/preprocess/weighted-maps.js";
import { DataCheckError } from "../../errors.js";
import { partOf } from "../../spectrum-image/context.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Analysis } from "../analysis.js";
import { imageFeatureParameters, imageFeaturesOf } from "../image-features.js";
import { mapFeatures } from "../map-features.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";
import { firstChannelFrom, ZERO_PEAK_END_KEV } from "../without-zero-peak.js";

const { background, lineCentre, resolutionEv } = featureMaps.parameters.shape;

const schema = z.strictObject({
  step: z.literal("features"),
  lines: z.array(z.string().min(1)).max(200).default([]).meta({
    title: "X-ray lines",
    description:
      "Lines that become features, for example Fe_Ka. Empty: those of the elements step; where it found none, bands of energy.",
  }),
  background,
  lineCentre,
  resolutionEv,
  normalisePixels: z.boolean().default(true).meta({
    title: "Normalise pixels",
    description: "Divides each pixel by its counts, so that thickness and shadow matter less.",
  }),
  zeroPeakEndKev: z.number().min(-5).max(5).default(ZERO_PEAK_END_KEV).meta({
    title: "End of the zero peak",
    unit: "keV",
    description: "Counts below are no X-rays; they are left out before pixels are normalised.",
  }),
  ...imageFeatureParameters,
});

type Given = z.output<typeof schema>;

/** Turns the counts into one number per X-ray line and pixel, and pictures of the field into features beside them. */
export const features: Step<typeof schema> = {
  id: "features",
  title: "Features",
  summary: "Turns the spectra into one number per X-ray line and pixel.",
  schema,
  async run(analysis, given, context) {
    const { features: images, findings } = imageFeaturesOf(analysis, given.images);
    const lines = given.lines.length > 0 ? given.lines : [...analysis.lines];
    if (analysis.image.channelLines !== undefined) {
      const made = await mapFeatures(analysis.image, lines, given.normalisePixels, context);
      return tell({ ...analysis, features: { ...made.features, images } }, [...made.findings, ...findings]);
    }
    const maps = await (lines.length === 0 ? bandMaps(analysis, given, context) : lineMaps(analysis, lines, given, context));
    const data = given.normalisePixels
      ? await perCount(maps.data, maps.lines.length, analysis.image, given.zeroPeakEndKev, context)
      : maps.data;
    const treatment = given.normalisePixels ? ["divided by the counts of the pixel"] : [];
    const made = { lines: maps.lines, data, windows: maps.windows, treatment, images };
    return tell({ ...analysis, features: made }, [...maps.findings, ...findings]);
  },
};

type Maps = Pick<LineMaps, "lines" | "windows" | "data" | "findings">;

function lineMaps({ image }: Analysis, lines: readonly string[], given: Given, context: StepContext): Promise<Maps> {
  const { background, lineCentre, resolutionEv } = given;
  return featureMaps.run(image, parseParameters(featureMaps, { lines, background, lineCentre, resolutionEv }), context);
}

/** Where no line stands out, or none can be placed on the axis, bands of energy keep the pixels apart. */
async function bandMaps({ image }: Analysis, given: Given, context: StepContext): Promise<Maps> {
  const { counts, energyAxis } = image;
  const [sum] = await pass(counts, [sumSpectrum(counts)], partOf(context, 0, 0.5));
  const bands = energyBands(sum, energyAxis, Math.max(0, firstChannelFrom(energyAxis, given.zeroPeakEndKev)));
  if (bands.length === 0) {
    throw new DataCheckError("There is nothing to make features of: no X-ray line is known, and the spectra hold no counts.", {
      where: "features",
      field: "lines",
      remedy: "Check the energy calibration and where the zero peak ends.",
    });
  }
  const lines = bands.map(({ name }) => name);
  const message = `No X-ray line is known to map, so ${lines.length} bands of energy with equal counts are the features.`;
  const sums = bands.map(({ channels }) => grossSum(channels));
  const [{ values }] = await pass(counts, [weightedMaps(counts, sums, false)], partOf(context, 0.5, 1));
  return { lines, windows: [], data: values, findings: [{ severity: "warning", code: "bands-for-lines", message }] };
}

/** Each pixel divided by its counts above the zero peak; pixels without counts stay 0. */
async function perCount(
  data: Float32Array,
  columns: number,
  image: SpectrumImage,
  zeroPeakEndKev: number,
  { signal }: StepContext,
): Promise<Float32Array> {
  const first = Math.min(image.energyAxis.size - 1, firstChannelFrom(image.energyAxis, zeroPeakEndKev));
  const counts = first <= 0 ? image.counts : withoutFirstChannels(image.counts, first);
  const [map] = await pass(counts, [countMap(counts)], { signal });
  return data.map((value, i) => {
    const total = map[Math.floor(i / columns)]!;
    return total === 0 ? 0 : value / total;
  });
}

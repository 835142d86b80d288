/** Analyses of an `.elid` file as spectra, lines and maps. */
import { FormatError, throwIfAborted, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { type CountBlock, type CountSource, countsFromDense, storedCounts } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { checkChannels } from "../binary/dense-counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { calibrationFindings } from "../findings.js";
import { type CommonPart, readCommonPart, readConditions } from "./elid-analysis.js";
import type { ElidImage } from "./elid-image.js";
import type { ElidStream } from "./elid-stream.js";

const MOST_PIXELS = 1 << 26;
const BLOCK_ENTRIES = 1 << 20;

export interface AnalysisContext {
  readonly stream: ElidStream;
  readonly version: number;
  readonly image: ElidImage;
  readonly signal: AbortSignal | undefined;
}

/** Reads one analysis; `undefined` for those that hold no spectra of their own. Throws FormatError. */
export async function readAnalysis(context: AnalysisContext): Promise<SpectrumImage | undefined> {
  const { stream, version, image } = context;
  const kind = await stream.u8("kind of analysis");
  if (kind < 1 || kind > 7)
    throw stream.broken("The kind of an analysis is not known.", "kind of analysis", String(kind), "1 to 7");
  const common = await readCommonPart(stream, version);
  const named = (what: string) => [image.label, what].filter((part) => part !== "").join(", ");
  if (kind === 3) return readLine(context, common, named(`Line ${common.order}`));
  if (kind === 4) return readMap(context, common, named(`Map ${common.order}`));
  if (kind === 7) {
    await stream.text("description");
    await stream.skip(12 * (await stream.count("sources")), "sources");
    return undefined;
  }
  if (kind === 5) {
    const [first, second] = [await stream.u32("minuend"), await stream.u32("subtrahend")];
    return spectrumOf(context, common, named(`Difference ${first} - ${second}`), {});
  }
  const names = { 1: "MSA", 2: "Spot", 6: "Region" } as const;
  const place: number[] = [];
  for (let i = 0; i < (kind === 1 ? 0 : kind === 2 ? 2 : 4); i++) place.push(await stream.f64("position"));
  return spectrumOf(context, common, named(`${names[kind as 1 | 2 | 6]} ${common.order}`), { place });
}

function spectrumOf(context: AnalysisContext, common: CommonPart, title: string, original: object): SpectrumImage {
  const { counts } = common.spectrum;
  checkChannels(counts.length, `${context.stream.source.name}: ${title}`);
  return datasetOf(context, common, title, countsFromDense([], counts.length, counts), [], original);
}

async function readLine(context: AnalysisContext, common: CommonPart, title: string): Promise<SpectrumImage> {
  const { stream, version } = context;
  const ends: number[] = [];
  for (let i = 0; i < 4; i++) ends.push(await stream.f64("end of the line"));
  const [points, channels] = [await stream.u32("points"), await stream.u32("channels")];
  await stream.skip(16, "calibration");
  await readConditions(stream, version);
  const counts = await readPixels(context, [points], channels);
  await stream.u8("accuracy");
  const axis = { name: "x", size: points, offset: undefined, scale: undefined, units: undefined };
  return datasetOf(context, common, title, counts, [axis], { ends });
}

/** The rectangle is given in parts of the field, from its middle. */
async function readMap(context: AnalysisContext, common: CommonPart, title: string): Promise<SpectrumImage> {
  const { stream, version, image } = context;
  const [left, top, right, bottom] = [
    await stream.f64("left"),
    await stream.f64("top"),
    await stream.f64("right"),
    await stream.f64("bottom"),
  ];
  await stream.skip(8 * (await stream.count("intensities")), "intensities");
  const [width, height, channels] = [await stream.u32("width"), await stream.u32("height"), await stream.u32("channels")];
  await stream.skip(16, "calibration");
  await readConditions(stream, version);
  const counts = await readPixels(context, [height, width], channels);
  const axis = (name: string, size: number, part: number): Axis => {
    const scale = image.fieldUm === undefined || !(part > 0) ? undefined : (part * image.fieldUm) / size;
    return { name, size, offset: scale === undefined ? undefined : 0, scale, units: scale === undefined ? undefined : "um" };
  };
  return datasetOf(context, common, title, counts, [axis("y", height, bottom - top), axis("x", width, right - left)], {
    rectangle: { left, top, right, bottom },
  });
}

/** Spectra of the pixels, then real and live times, one for all or one each. The stream cannot be read again, so counts stay in memory, sparse. */
async function readPixels({ stream, signal }: AnalysisContext, shape: readonly number[], channels: number): Promise<CountSource> {
  const pixels = shape.reduce((product, size) => product * size, 1);
  checkChannels(channels, stream.source.name);
  if (pixels < 1)
    throw new FormatError("A map has no pixels.", {
      where: stream.source.name,
      field: "width and height",
      found: shape.join(" x "),
    });
  if (pixels > MOST_PIXELS) {
    throw new UnsupportedError("A map has too many pixels.", {
      where: stream.source.name,
      field: "width and height",
      found: shape.join(" x "),
      expected: `at most ${MOST_PIXELS} pixels`,
    });
  }
  const eachReal = (await stream.u8("real times")) !== 0;
  const eachLive = (await stream.u8("live times")) !== 0;
  const builder = new CountBlockBuilder();
  const blocks: CountBlock[] = [];
  const row = shape.at(-1)!;
  for (let p = 0; p < pixels; p++) {
    throwIfAborted(signal);
    await stream.spectrum(channels, builder, "spectra");
    const whole = (p + 1) % row === 0;
    if (p + 1 === pixels || (whole && builder.entries >= BLOCK_ENTRIES)) blocks.push(copied(builder.take()));
  }
  await stream.skip(8 * (eachReal ? pixels : 1), "real times");
  await stream.skip(8 * (eachLive ? pixels : 1), "live times");
  return storedCounts(shape, channels, blocks);
}

function copied(block: CountBlock): CountBlock {
  return { ...block, rowStart: block.rowStart.slice(), channel: block.channel.slice(), count: block.count.slice() };
}

function datasetOf(
  { image }: AnalysisContext,
  { spectrum, conditions, elements }: CommonPart,
  title: string,
  counts: CountSource,
  navigationAxes: readonly Axis[],
  original: object,
): SpectrumImage {
  const calibrated = spectrum.scaleEv > 0 && Number.isFinite(spectrum.scaleEv) && Number.isFinite(spectrum.offsetEv);
  const energyAxis = {
    name: "energy",
    size: counts.channels,
    offset: calibrated ? spectrum.offsetEv / 1000 : undefined,
    scale: calibrated ? spectrum.scaleEv / 1000 : undefined,
    units: calibrated ? "keV" : undefined,
  };
  const beamEnergyKev = positive(conditions.beamEnergyKev);
  const tilt = conditions.tiltDeg === undefined || !Number.isFinite(conditions.tiltDeg) ? {} : { tiltDeg: conditions.tiltDeg };
  const stage = { ...image.stage, ...tilt };
  return {
    title,
    counts,
    navigationAxes,
    energyAxis,
    images: navigationAxes.length > 0 && image.picture !== undefined ? [image.picture] : [],
    metadata: {
      title,
      instrument: "SEM",
      beamEnergyKev,
      detector: {
        resolutionEv: positive(conditions.resolutionEv),
        elevationAngleDeg: finite(conditions.elevationAngleDeg),
        azimuthAngleDeg: finite(conditions.azimuthAngleDeg),
        liveTimeS: positive(conditions.liveTimeS),
        realTimeS: positive(conditions.realTimeS),
      },
      stage: Object.keys(stage).length === 0 ? undefined : stage,
      elements,
      acquiredAt: image.acquiredAt,
    },
    originalMetadata: { ...original, conditions, image: image.original },
    loadReport: { findings: [...calibrationFindings(navigationAxes, energyAxis, beamEnergyKev), ...image.findings] },
  };
}

function positive(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

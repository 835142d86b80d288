/** Several spectrum images of one size as one, with a new slowest axis: a tilt series, a time series, repeats. */
import { type DataCheckError, ParameterError, ShapeError } from "../errors.js";
import type { Axis } from "./axis.js";
import { type BlockOptions, type CountSource, pixelCount } from "./counts.js";
import { calibrationFindings } from "./joined-calibration.js";
import { joinedMetadata } from "./joined-metadata.js";
import type { Finding, SpectrumImage } from "./spectrum-image.js";

export interface StackOptions {
  /** Name of the new axis. Default: `tilt` when all images state their tilt and the steps are even, else `stack`. */
  readonly axis?: Partial<Axis> | undefined;
}

/**
 * The counts of all sources one after the other: navigation shape [sources, ...shape], read when asked for. Blocks come from one source after the other.
 * Throws {@link ShapeError} for sources of different sizes and {@link ParameterError} for none.
 */
export function stackCounts(sources: readonly CountSource[]): CountSource {
  const [first] = sources;
  if (first === undefined) throw new ParameterError("There is nothing to stack.", { expected: "at least one spectrum image" });
  sources.forEach((source, i) => {
    const [found, expected] = [source, first].map(({ navigationShape, channels }) => [...navigationShape, channels].join(" x "));
    if (found === expected) return;
    throw new ShapeError("Spectrum images of different sizes cannot be stacked.", {
      where: `image ${i}`,
      found: found!,
      expected: expected!,
      remedy: "Crop or bin them to one size first.",
    });
  });
  const pixels = pixelCount(first.navigationShape);
  return {
    navigationShape: [sources.length, ...first.navigationShape],
    channels: first.channels,
    kind: sources.every(({ kind }) => kind === "counts") ? "counts" : "intensity",
    async *blocks(options: BlockOptions = {}) {
      for (const [i, source] of sources.entries()) {
        for await (const block of source.blocks(options)) yield { ...block, firstPixel: i * pixels + block.firstPixel };
      }
    },
  };
}

/**
 * One spectrum image from several of the same size. Axes, calibration and metadata are the first's, with live and real times added up and all elements
 * named; pictures keep their image's number in their name. Where calibrations differ, findings say by how much; images whose energies differ
 * by more than a channel are refused, since their spectra cannot be compared.
 * Throws {@link ShapeError} for different sizes, {@link DataCheckError} for different energies, {@link ParameterError} for no image.
 */
export function stackImages(
  images: readonly SpectrumImage[],
  { axis }: StackOptions = {},
): { image: SpectrumImage; findings: readonly Finding[] } {
  const counts = stackCounts(images.map((image) => image.counts));
  const first = images[0]!;
  const findings = calibrationFindings(images, "stack");
  const image: SpectrumImage = {
    title: titleOf(images),
    counts,
    navigationAxes: [{ ...stackAxis(images), ...axis, size: images.length }, ...first.navigationAxes],
    energyAxis: first.energyAxis,
    images: images.flatMap((one, i) => one.images.map((picture) => ({ ...picture, name: `${picture.name} (${i})` }))),
    metadata: joinedMetadata(images.map(({ metadata }) => metadata)),
    originalMetadata: { stack: images.map(({ title, originalMetadata }) => ({ title, originalMetadata })) },
    loadReport: {
      statedCounts: statedTogether(images),
      findings: [
        ...images.flatMap((one, i) =>
          one.loadReport.findings.map((finding) => ({ ...finding, message: `Image ${i}: ${finding.message}` })),
        ),
        ...findings,
      ],
    },
  };
  return { image, findings };
}

/** Steps of a tilt series may differ by so much, degrees. */
const EVEN_TILT_DEG = 0.05;

function stackAxis(images: readonly SpectrumImage[]): Axis {
  const unknown: Axis = { name: "stack", size: images.length, offset: undefined, scale: undefined, units: undefined };
  const tilts = images.map(({ metadata }) => metadata.stage?.tiltDeg);
  const [from, to] = [tilts[0], tilts.at(-1)];
  if (images.length < 2 || from === undefined || to === undefined || from === to) return unknown;
  const scale = (to - from) / (images.length - 1);
  const even = tilts.every((tilt, i) => tilt !== undefined && Math.abs(tilt - (from + i * scale)) <= EVEN_TILT_DEG);
  return even ? { ...unknown, name: "tilt", offset: from, scale, units: "deg" } : unknown;
}

function titleOf(images: readonly SpectrumImage[]): string {
  const titles = [...new Set(images.map(({ title }) => title))];
  return titles.length === 1 ? `${titles[0]} (stack of ${images.length})` : titles.join(" + ");
}

function statedTogether(images: readonly SpectrumImage[]): SpectrumImage["loadReport"]["statedCounts"] {
  let value = 0;
  for (const { loadReport } of images) {
    if (loadReport.statedCounts === undefined) return undefined;
    value += loadReport.statedCounts.value;
  }
  return { value, where: `${images[0]!.loadReport.statedCounts!.where} of ${images.length} images` };
}

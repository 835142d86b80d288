/** A part of the field and of the energy axis. */
import { ParameterError } from "../errors.js";
import { croppedAxis } from "./axis.js";
import { blockBuilder } from "./block-builder.js";
import { type BlockOptions, type CountBlock, type CountSource, navigationRowLength, pixelCount } from "./counts.js";
import { croppedImage } from "./navigation-image.js";
import type { SpectrumImage } from "./spectrum-image.js";

/** Indices from the first (included) to the second (excluded). */
export type IndexRange = readonly [start: number, end: number];

export interface CropRanges {
  /** One per navigation axis, slowest first; `undefined` keeps an axis whole. Default: all whole. */
  readonly navigation?: readonly (IndexRange | undefined)[] | undefined;
  /** Channels. Default: all. */
  readonly energy?: IndexRange | undefined;
}

/** The pixels and channels inside the ranges, read when asked for. Throws {@link ParameterError} for an empty range or one beyond its axis. */
export function cropCounts(source: CountSource, ranges: CropRanges): CountSource {
  const { navigation, energy } = checkedRanges(source, ranges);
  const [firstChannel, endChannel] = energy;
  const channels = endChannel - firstChannel;
  const rowLength = navigationRowLength(source.navigationShape);
  const [x0, x1] = navigation.at(-1) ?? [0, 1];
  const rowKept = rowFilter(source.navigationShape, navigation);
  return {
    navigationShape: navigation.map(([start, end]) => end - start),
    channels,
    kind: source.kind,
    async *blocks(options: BlockOptions = {}) {
      const builder = blockBuilder(channels, source.kind);
      let firstPixel = 0;
      for await (const block of source.blocks(options)) {
        for (let row = 0; row < block.pixels; row += rowLength) {
          if (!rowKept((block.firstPixel + row) / rowLength)) continue;
          for (let x = x0; x < x1; x++) {
            addChannels(block, row + x, firstChannel, endChannel, builder.add);
            builder.endPixel();
          }
        }
        const cut = builder.block(firstPixel);
        if (cut.pixels === 0) continue;
        firstPixel += cut.pixels;
        yield cut;
      }
    },
  };
}

/**
 * The image inside the ranges, with its axes and those pictures that show the same field. Live and real time shrink with the field, as they
 * belong to the map; a stated sum of counts, which no longer holds, is left out.
 */
export function cropImage(image: SpectrumImage, ranges: CropRanges): SpectrumImage {
  const { navigation, energy } = checkedRanges(image.counts, ranges);
  const counts = cropCounts(image.counts, ranges);
  const share = pixelCount(counts.navigationShape) / pixelCount(image.counts.navigationShape);
  const { detector } = image.metadata;
  const [x, y] = [navigation.at(-1) ?? ([0, 1] as const), navigation.at(-2) ?? ([0, 1] as const)];
  return {
    ...image,
    counts,
    navigationAxes: image.navigationAxes.map((axis, i) => croppedAxis(axis, ...navigation[i]!)),
    energyAxis: croppedAxis(image.energyAxis, ...energy),
    images: image.images.map((picture) => croppedImage(picture, image.counts.navigationShape, x, y)),
    metadata: {
      ...image.metadata,
      detector: {
        ...detector,
        liveTimeS: detector.liveTimeS === undefined ? undefined : detector.liveTimeS * share,
        realTimeS: detector.realTimeS === undefined ? undefined : detector.realTimeS * share,
      },
    },
    loadReport: { ...image.loadReport, statedCounts: undefined },
  };
}

function addChannels(
  { rowStart, channel, count }: CountBlock,
  pixel: number,
  first: number,
  end: number,
  add: (channel: number, count: number) => void,
): void {
  const last = rowStart[pixel + 1]!;
  for (let i = rowStart[pixel]!; i < last; i++) {
    const c = channel[i]!;
    if (c >= end) return;
    if (c >= first) add(c - first, count[i]!);
  }
}

/** Whether a navigation row, counted over all slower axes, lies inside. */
function rowFilter(shape: readonly number[], ranges: readonly IndexRange[]): (row: number) => boolean {
  const slower = shape.slice(0, -1);
  return (row) => {
    let rest = row;
    for (let axis = slower.length - 1; axis >= 0; axis--) {
      const index = rest % slower[axis]!;
      rest = (rest - index) / slower[axis]!;
      const [start, end] = ranges[axis]!;
      if (index < start || index >= end) return false;
    }
    return true;
  };
}

function checkedRanges(source: CountSource, { navigation = [], energy }: CropRanges) {
  if (navigation.length > source.navigationShape.length) {
    throw new ParameterError("There are more ranges than navigation axes.", {
      field: "navigation",
      found: String(navigation.length),
      expected: `at most ${source.navigationShape.length}`,
    });
  }
  return {
    navigation: source.navigationShape.map((size, axis) => checkedRange(navigation[axis], size, `navigation[${axis}]`)),
    energy: checkedRange(energy, source.channels, "energy"),
  };
}

function checkedRange(range: IndexRange | undefined, size: number, field: string): IndexRange {
  if (range === undefined) return [0, size];
  const [start, end] = range;
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= size) return range;
  throw new ParameterError("A range to crop to is empty or does not lie on its axis.", {
    field,
    found: `${start} to ${end}`,
    expected: `whole numbers from 0 to ${size}, the first below the second`,
  });
}

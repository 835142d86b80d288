/** Joining neighbouring pixels and channels: counts are summed, pictures averaged. */
import { ParameterError } from "../errors.js";
import { type Axis, binnedAxis } from "./axis.js";
import { binPlan } from "./bin-plan.js";
import { blockBuilder } from "./block-builder.js";
import { type BlockOptions, type CountSource, pixelCount } from "./counts.js";
import { averagedImage } from "./navigation-image.js";
import { addGroup, pixelGroups } from "./pixel-groups.js";
import type { Finding, SpectrumImage } from "./spectrum-image.js";

/** How many neighbours are joined into one, along each axis. Whole numbers from 1. */
export interface BinFactors {
  /** One per navigation axis, slowest first. */
  readonly navigation: readonly number[];
  /** Default 1. */
  readonly energy?: number | undefined;
}

/**
 * A source whose pixels and channels are sums of `factors` neighbours. What does not fill a group at the end of an axis is dropped. Nothing is
 * computed until blocks are asked for; what is held in memory is one group of the slowest binned axis (two rows for 2 x 2).
 * Throws {@link ParameterError} for factors that are not whole, or larger than their axis.
 */
export function binCounts(source: CountSource, factors: BinFactors): CountSource {
  const { navigation, energy } = checkedFactors(source, factors);
  const navigationShape = source.navigationShape.map((size, axis) => Math.floor(size / navigation[axis]!));
  const channels = Math.floor(source.channels / energy);
  const { kind } = source;
  return {
    navigationShape,
    channels,
    kind,
    async *blocks(options: BlockOptions = {}) {
      const plan = binPlan(source.navigationShape, navigation);
      const builder = blockBuilder(channels, kind);
      let firstPixel = 0;
      for await (const group of pixelGroups(source, plan, options)) {
        addGroup(builder, group, plan, energy, channels);
        const block = builder.block(firstPixel);
        firstPixel += block.pixels;
        yield block;
      }
    },
  };
}

/**
 * The image with counts, axes and pictures binned. Pictures of the size of the map are averaged over the same pixels; others are cropped to the
 * field that is kept. Live and real time shrink with the field, as they belong to the map. A finding says what was dropped.
 */
export function binImage(image: SpectrumImage, factors: BinFactors): { image: SpectrumImage; findings: readonly Finding[] } {
  const { navigation, energy } = checkedFactors(image.counts, factors);
  const counts = binCounts(image.counts, factors);
  const axes = [...image.navigationAxes, image.energyAxis];
  const all = [...navigation, energy];
  const dropped = axes.map((axis, i) => ({ axis, rest: axis.size % all[i]! })).filter(({ rest }) => rest > 0);
  const kept = pixelCount(counts.navigationShape) * navigation.reduce((product, factor) => product * factor, 1);
  const share = kept / pixelCount(image.counts.navigationShape);
  const [fy, fx] = [navigation.at(-2) ?? 1, navigation.at(-1) ?? 1];
  const { detector } = image.metadata;
  return {
    image: {
      ...image,
      counts,
      navigationAxes: image.navigationAxes.map((axis, i) => binnedAxis(axis, navigation[i]!)),
      energyAxis: binnedAxis(image.energyAxis, energy),
      images: image.images.map((picture) => averagedImage(picture, image.counts.navigationShape, fx, fy)),
      metadata: {
        ...image.metadata,
        detector: {
          ...detector,
          liveTimeS: detector.liveTimeS === undefined ? undefined : detector.liveTimeS * share,
          realTimeS: detector.realTimeS === undefined ? undefined : detector.realTimeS * share,
        },
      },
      loadReport: dropped.length === 0 ? image.loadReport : { ...image.loadReport, statedCounts: undefined },
    },
    findings: dropped.map(({ axis, rest }) => droppedFinding(axis, rest)),
  };
}

function droppedFinding({ name, size }: Axis, rest: number): Finding {
  const unit = name === "energy" ? "channel" : "row";
  return {
    severity: "info",
    code: "binning-remainder",
    message: `Binning dropped the last ${rest} of ${size} ${unit}${rest === 1 ? "" : "s"} of the axis ${name}, which do not fill a group.`,
  };
}

function checkedFactors(
  source: CountSource,
  { navigation, energy = 1 }: BinFactors,
): { navigation: readonly number[]; energy: number } {
  if (navigation.length !== source.navigationShape.length) {
    throw new ParameterError("There must be one factor per navigation axis.", {
      field: "navigation",
      found: String(navigation.length),
      expected: String(source.navigationShape.length),
    });
  }
  [...source.navigationShape, source.channels].forEach((size, axis) => {
    const factor = axis < navigation.length ? navigation[axis]! : energy;
    if (Number.isInteger(factor) && factor >= 1 && factor <= size) return;
    throw new ParameterError("A binning factor does not fit its axis.", {
      field: axis < navigation.length ? `navigation[${axis}]` : "energy",
      found: String(factor),
      expected: `a whole number from 1 to ${size}`,
    });
  });
  return { navigation, energy };
}

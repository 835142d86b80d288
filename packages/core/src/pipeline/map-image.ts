/** Images whose channels are element maps: what they give to steps, and what they cannot. */
import { RecipeError } from "../errors.js";
import { type CountSource, pixelCount } from "../spectrum-image/counts.js";
import type { Accumulator } from "../spectrum-image/pass.js";
import { pass } from "../spectrum-image/pass.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { StepContext } from "./step.js";

/** Throws {@link RecipeError} for an image of element maps: `step` needs `what`, which only spectra have. */
export function needSpectra({ channelLines }: SpectrumImage, step: string, what: string, remedy: string): void {
  if (channelLines === undefined) return;
  throw new RecipeError(`The step needs ${what}, which element maps do not have.`, {
    where: `step ${step}`,
    found: `${channelLines.length} element maps without spectra`,
    expected: "a spectrum image",
    remedy,
  });
}

/** Channels of the maps asked for, by line (`Fe_Ka`) or element (`Fe`, all of its maps); all when nothing is asked. Throws {@link RecipeError} for one that is not there. */
export function mapsAsked(channelLines: readonly string[], asked: readonly string[], step: string): number[] {
  if (asked.length === 0) return channelLines.map((_, channel) => channel);
  const chosen = asked.flatMap((name) => {
    const found = channelLines.flatMap((line, channel) => (line === name || elementOfMap(line) === name ? [channel] : []));
    const loose =
      found.length > 0 ? found : channelLines.flatMap((line, channel) => (line === elementOfMap(name) ? [channel] : []));
    if (loose.length > 0) return loose;
    throw new RecipeError("There is no map of this name.", {
      where: `step ${step}`,
      found: name,
      expected: `one of ${channelLines.join(", ")}`,
    });
  });
  return [...new Set(chosen)];
}

/** `Fe` of `Fe_Ka` and of `Fe (map 2)`. */
function elementOfMap(name: string): string {
  return name.split(/[_ ]/)[0]!;
}

/** Float32 [pixels x channels], row-major: the values of the maps as they are now, binned and cropped. */
export async function mapValues(
  { counts }: SpectrumImage,
  channels: readonly number[],
  context: StepContext,
): Promise<Float32Array> {
  const [values] = await pass(counts, [columnsOf(counts, channels)], context);
  return values;
}

function columnsOf({ navigationShape }: CountSource, channels: readonly number[]): Accumulator<Float32Array> {
  const values = new Float32Array(pixelCount(navigationShape) * channels.length);
  const columns = new Map(channels.map((channel, column) => [channel, column]));
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
          const column = columns.get(channel[i]!);
          if (column !== undefined) values[(firstPixel + p) * channels.length + column] = count[i]!;
        }
      }
    },
    result: () => values,
  };
}

/** Variance of each channel over the pixels of the map (population): float64 [channels]. */
export function channelSpread({ channels, navigationShape }: CountSource): Accumulator<Float64Array> {
  const sum = new Float64Array(channels);
  const square = new Float64Array(channels);
  return {
    add({ pixels, rowStart, channel, count }) {
      for (let i = rowStart[0]!; i < rowStart[pixels]!; i++) {
        sum[channel[i]!]! += count[i]!;
        square[channel[i]!]! += count[i]! * count[i]!;
      }
    },
    result() {
      const n = pixelCount(navigationShape);
      return square.map((value, c) => Math.max(0, value / n - (sum[c]! / n) * (sum[c]! / n)));
    },
  };
}

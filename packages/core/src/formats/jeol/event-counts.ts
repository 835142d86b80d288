import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { collectEvents, type EventStream, type StreamSurvey } from "./event-stream.js";

/** Events held in memory at once (about 8 bytes each). The stream is read once for each part of that size. */
const MOST_EVENTS = 32 * 1024 * 1024;
export const EVENT_CHANNELS = 4096;

/** Counts of the sweeps that the survey found, pixel by pixel. A stream is ordered by time, so large ones are read in several parts. */
export function eventCounts(stream: EventStream, survey: StreamSurvey, navigationShape: readonly number[]): CountSource {
  return {
    navigationShape,
    channels: EVENT_CHANNELS,
    kind: "counts",
    async *blocks({ signal } = {}) {
      const builder = new CountBlockBuilder();
      for (const { from, to, events } of partsOf(survey.rowEvents, pixelCount(navigationShape) / stream.width)) {
        const part = await collectEvents(stream, survey.end, from, to, events, signal);
        addPixels(builder, part, (to - from) * stream.width);
        yield builder.take();
      }
    },
  };
}

function* partsOf(rowEvents: Float64Array, rows: number) {
  for (let from = 0; from < rows; ) {
    let events = rowEvents[from]!;
    let to = from + 1;
    while (to < rows && events + rowEvents[to]! <= MOST_EVENTS) events += rowEvents[to++]!;
    yield { from, to, events };
    from = to;
  }
}

interface Events {
  readonly pixel: Uint32Array;
  readonly channel: Uint16Array;
  readonly length: number;
}

/** Sorts events by pixel (counting sort), then by channel, and joins equal ones. */
function addPixels(builder: CountBlockBuilder, { pixel, channel, length }: Events, pixels: number): void {
  const start = new Uint32Array(pixels + 1);
  for (let i = 0; i < length; i++) start[pixel[i]! + 1]!++;
  for (let p = 0; p < pixels; p++) start[p + 1]! += start[p]!;
  const sorted = new Uint16Array(length);
  const next = start.slice();
  for (let i = 0; i < length; i++) sorted[next[pixel[i]!]!++] = channel[i]!;
  builder.reserve(length);
  for (let p = 0; p < pixels; p++) {
    addSpectrum(builder, sorted.subarray(start[p]!, start[p + 1]!).sort());
    builder.endPixels();
  }
}

function addSpectrum(builder: CountBlockBuilder, channels: Uint16Array): void {
  let entries = builder.entries;
  for (let i = 0; i < channels.length; i++) {
    if (i > 0 && channels[i] === channels[i - 1]) builder.count[entries - 1]!++;
    else {
      builder.channel[entries] = channels[i]!;
      builder.count[entries++] = 1;
    }
  }
  builder.entries = entries;
}

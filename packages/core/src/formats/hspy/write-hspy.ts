/** Writes spectrum images as HyperSpy's HDF5 files (format version 3.1), which HyperSpy 1.7 and later open with axes and metadata. */
import type { Axis } from "../../spectrum-image/axis.js";
import { partOf, type WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, navigationRowLength, pixelCount } from "../../spectrum-image/counts.js";
import type { Metadata, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { type DenseWidth, narrowestWidth } from "../binary/dense-stream.js";
import { type AttributeToWrite, type GroupToWrite, Hdf5Writer } from "../hdf5/hdf5-writer.js";
import type { NumberType, WrittenChunk } from "../hdf5/write-structures.js";
import { instrumentForHyperspy, signalTypeForHyperspy } from "../hyperspy/instrument.js";

/** Dense bytes of a chunk, about. */
const CHUNK_BYTES = 1 << 20;
/** Counts above 2^32 are written as doubles, which hold them to 2^53. */
const numberTypes = { 1: "u1", 2: "u2", 4: "u4", 8: "f8", float: "f8" } as const satisfies Record<DenseWidth, NumberType>;

/**
 * The file as pieces in order (`new Blob(pieces)`, or one `write` after the other). The counts are read twice: once for the width of their
 * numbers, once to write them. Live and real time are written per pixel, as HyperSpy takes them.
 */
export async function writeHspy(image: SpectrumImage, context: WorkContext = {}): Promise<Uint8Array[]> {
  const { counts } = image;
  const type = numberTypes[await narrowestWidth(counts, partOf(context, 0, 0.5))];
  const shape = [...counts.navigationShape, counts.channels];
  const bytesPerValue = type === "u1" ? 1 : type === "u2" ? 2 : type === "u4" ? 4 : 8;
  const rowLength = navigationRowLength(counts.navigationShape);
  const pixelBytes = counts.channels * bytesPerValue;
  const width = Math.min(rowLength, Math.max(1, Math.floor(CHUNK_BYTES / pixelBytes)));
  const rank = shape.length;
  const chunkShape = shape.map((size, i) => (i === rank - 1 ? size : i === rank - 2 ? width : 1));
  const writer = new Hdf5Writer({ file_format: "HyperSpy", file_format_version: "3.1" });
  const chunks: WrittenChunk[] = [];
  const { onProgress } = partOf(context, 0.5, 1);
  for await (const block of counts.blocks({ signal: context.signal })) {
    for (let row = 0; row < block.pixels; row += rowLength) {
      for (let x = 0; x < rowLength; x += width) {
        const bytes = densePixels(block, row + x, Math.min(width, rowLength - x), {
          channels: counts.channels,
          type,
          length: width * pixelBytes,
        });
        chunks.push(writer.chunk([...offsetOf(block.firstPixel + row + x, counts.navigationShape), 0], bytes));
      }
    }
    onProgress?.((block.firstPixel + block.pixels) / pixelCount(counts.navigationShape));
  }
  return writer.finish({
    groups: { Experiments: { groups: { [groupName(image.title)]: experiment(image, { shape, chunkShape, type, chunks }) } } },
  });
}

interface DenseOptions {
  readonly channels: number;
  readonly type: NumberType;
  /** Bytes of the chunk, past what the pixels fill. */
  readonly length: number;
}

function densePixels(block: CountBlock, first: number, pixels: number, { channels, type, length }: DenseOptions): Uint8Array {
  const dense = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i8: Float64Array, f8: Float64Array }[type];
  const values = new dense(length / dense.BYTES_PER_ELEMENT);
  for (let p = 0; p < pixels; p++) {
    const end = block.rowStart[first + p + 1]!;
    for (let i = block.rowStart[first + p]!; i < end; i++) values[p * channels + block.channel[i]!] = block.count[i]!;
  }
  return new Uint8Array(values.buffer);
}

function offsetOf(pixel: number, shape: readonly number[]): number[] {
  const at = shape.map(() => 0);
  let rest = pixel;
  for (let i = shape.length - 1; i >= 0; i--) {
    at[i] = rest % shape[i]!;
    rest = Math.floor(rest / shape[i]!);
  }
  return at;
}

/** HyperSpy names the group after the title; a slash would make another group of it. */
function groupName(title: string): string {
  return title.trim() === "" ? "__unnamed__" : title.replaceAll("/", "-");
}

function experiment(image: SpectrumImage, data: NonNullable<GroupToWrite["datasets"]>[string]): GroupToWrite {
  const axes = [
    ...image.navigationAxes.map((axis) => axisGroup(axis, true)),
    axisGroup({ ...image.energyAxis, name: "Energy" }, false),
  ];
  return {
    groups: {
      ...Object.fromEntries(axes.map((axis, i) => [`axis-${i}`, axis])),
      learning_results: {},
      metadata: metadataGroup(image.metadata, image.title, image.counts.navigationShape),
      original_metadata: {},
    },
    datasets: { data },
  };
}

function axisGroup({ name, size, offset, scale, units }: Axis, navigate: boolean): GroupToWrite {
  return {
    attributes: {
      _type: "UniformDataAxis",
      name,
      ...(units === undefined ? {} : { units: units === "um" ? "µm" : units }),
      navigate,
      is_binned: !navigate,
      offset: { float: offset ?? 0 },
      scale: { float: scale ?? 1 },
      size: { integer: size },
    },
  };
}

function metadataGroup(metadata: Metadata, title: string, navigationShape: readonly number[]): GroupToWrite {
  const { detector, elements, acquiredAt, stage } = metadata;
  const pixels = navigationShape.reduce((product, size) => product * size, 1);
  const perPixel = (total: number | undefined) => (total === undefined ? undefined : total / pixels);
  const [date, time] = (acquiredAt ?? "").split("T");
  const eds = {
    attributes: {
      ...texts({ detector: detector.type }),
      ...numbers({
        azimuth_angle: detector.azimuthAngleDeg,
        elevation_angle: detector.elevationAngleDeg,
        energy_resolution_MnKa: detector.resolutionEv,
        live_time: perPixel(detector.liveTimeS),
        real_time: perPixel(detector.realTimeS),
      }),
    },
  };
  const stageGroup = {
    attributes: numbers({
      x: millimetres(stage?.xUm),
      y: millimetres(stage?.yUm),
      z: millimetres(stage?.zUm),
      tilt_alpha: stage?.tiltDeg,
      rotation: stage?.rotationDeg,
    }),
  };
  const machine: GroupToWrite = {
    attributes: numbers({
      beam_energy: metadata.beamEnergyKev,
      beam_current: metadata.beamCurrentNa,
      magnification: metadata.magnification,
    }),
    groups: { Detector: { groups: { EDS: eds } }, Stage: stageGroup },
  };
  return {
    groups: {
      General: { attributes: { title, ...texts({ date: date || undefined, time: time?.slice(0, 8) }) } },
      Signal: { attributes: { signal_type: signalTypeForHyperspy(metadata) } },
      ...(elements.length > 0 ? { Sample: { texts: { _list_elements: elements } } } : {}),
      Acquisition_instrument: { groups: { [instrumentForHyperspy(metadata) ?? "SEM"]: machine } },
    },
  };
}

function numbers(values: Readonly<Record<string, number | undefined>>): Record<string, AttributeToWrite> {
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, { float: value }]));
}

function texts(values: Readonly<Record<string, string | undefined>>): Record<string, AttributeToWrite> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function millimetres(um: number | undefined): number | undefined {
  return um === undefined ? undefined : um / 1000;
}

/** What each kind of file holds, for {@link writers}; apart from them because most that know the kinds write none. */
import { MemoryLimitError, UnsupportedError } from "../errors.js";
import { isEnergyCalibrated } from "../spectrum-image/axis.js";
import { partOf, type WorkContext } from "../spectrum-image/context.js";
import { pixelCount } from "../spectrum-image/counts.js";
import { countMap, pass, sumSpectrum } from "../spectrum-image/pass.js";
import type { NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { bytesOf, denseStream, narrowestWidth } from "./binary/dense-stream.js";
import { writeHspy } from "./hspy/write-hspy.js";
import { writeMsa } from "./msa/write-msa.js";
import { npyHeader } from "./npy/npy.js";
import { writeRpl } from "./rpl/rpl-writer.js";
import { type TiffData, writeTiff } from "./tiff/write-tiff.js";
import type { WrittenFile } from "./writers.js";

/** Dense arrays above this are refused; sparse data are better kept as .hspy. */
const LARGEST_ARRAY = 4_294_967_296;

export async function hspyFiles(image: SpectrumImage, stem: string, context?: WorkContext): Promise<WrittenFile[]> {
  return [{ name: `${stem}.hspy`, content: await writeHspy(image, context) }];
}

export async function rplFiles(image: SpectrumImage, stem: string, context: WorkContext = {}): Promise<WrittenFile[]> {
  const width = await narrowestWidth(image.counts, partOf(context, 0, 0.5));
  const { rpl, raw } = await writeRpl(image, { ...partOf(context, 0.5, 1), width });
  return [
    { name: `${stem}.rpl`, content: [new TextEncoder().encode(rpl)] },
    { name: `${stem}.raw`, content: raw },
  ];
}

export async function npyFiles({ counts }: SpectrumImage, stem: string, context: WorkContext = {}): Promise<WrittenFile[]> {
  const shape = [...counts.navigationShape, counts.channels];
  const width = await narrowestWidth(counts, partOf(context, 0, 0.5));
  const bytes = pixelCount(shape) * bytesOf(width);
  if (bytes > LARGEST_ARRAY) {
    throw new MemoryLimitError("The array with all its zeros would be too large.", {
      where: `${stem}.npy`,
      found: `${bytes} bytes`,
      expected: `at most ${LARGEST_ARRAY}`,
      remedy: "Write .hspy, which is compressed.",
    });
  }
  const descriptor = width === "float" ? "<f8" : width === 1 ? "|u1" : `<u${width}`;
  async function* content() {
    yield npyHeader(shape, descriptor);
    yield* denseStream(counts, width, partOf(context, 0.5, 1));
  }
  return [{ name: `${stem}.npy`, content: content() }];
}

export async function msaFiles(image: SpectrumImage, stem: string, context: WorkContext = {}): Promise<WrittenFile[]> {
  const { counts, energyAxis, metadata } = image;
  const { detector } = metadata;
  const [values] = await pass(counts, [sumSpectrum(counts)], context);
  const pixels = pixelCount(counts.navigationShape);
  const spectrum = writeMsa({
    title: image.title,
    values,
    energy: isEnergyCalibrated(energyAxis) ? { offsetKev: energyAxis.offset, scaleKev: energyAxis.scale } : undefined,
    yUnits: counts.kind === "counts" ? "counts" : "intensity",
    beamEnergyKev: metadata.beamEnergyKev,
    liveTimeS: detector.liveTimeS,
    realTimeS: detector.realTimeS,
    elevationAngleDeg: detector.elevationAngleDeg,
    azimuthAngleDeg: detector.azimuthAngleDeg,
    acquiredAt: metadata.acquiredAt,
    comments: pixels > 1 ? [`Sum of ${pixels} pixels`] : [],
  });
  return [{ name: `${stem}.msa`, content: [spectrum] }];
}

export async function tiffFiles(image: SpectrumImage, stem: string, context: WorkContext = {}): Promise<WrittenFile[]> {
  const { counts, navigationAxes } = image;
  const [y, x] = navigationAxes;
  if (y === undefined || x === undefined || navigationAxes.length !== 2) {
    throw new UnsupportedError("Only a map over y and x makes a picture.", {
      where: image.title,
      found: `${navigationAxes.length} navigation axes`,
      expected: "2",
      remedy: "Write .msa for a spectrum, or .hspy, which holds any number of axes.",
    });
  }
  const [map] = await pass(counts, [countMap(counts)], context);
  const sized = x.units === "um" && y.units === "um" && x.scale !== undefined && y.scale !== undefined;
  return pictureFiles(
    {
      name: "counts",
      width: x.size,
      height: y.size,
      data: map,
      pixelSizeUm: sized ? [Math.abs(x.scale!), Math.abs(y.scale!)] : undefined,
    },
    stem,
  );
}

/** A picture as TIFF: 8 or 16 bits where it has them or its numbers are whole and fit, else 32-bit floats. */
export function pictureFiles({ width, height, data, pixelSizeUm }: NavigationImage, stem: string): WrittenFile[] {
  return [{ name: `${stem}.tif`, content: [writeTiff({ width, height, data: tiffData(data), pixelSizeUm })] }];
}

function tiffData(data: NavigationImage["data"]): TiffData {
  if (data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Float32Array) return data;
  const whole = data.every((value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffff);
  return whole ? Uint16Array.from(data) : Float32Array.from(data);
}

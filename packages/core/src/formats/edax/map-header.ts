/** Headers of `.spd` and `.lsd` (spectra of a map or line) and of `.ipr` (its electron image). Offsets in README.md beside this. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { ElementType } from "../binary/element-type.js";
import { FileCursor, textOf } from "../binary/file-cursor.js";

const TAG = "MAPSPECTRA_DATA";
const types: Readonly<Record<number, ElementType>> = { 1: "u1", 2: "u2", 4: "u4" };

export interface MapHeader {
  readonly version: number;
  readonly spectra: number;
  /** Pixels along x. */
  readonly points: number;
  /** Pixels along y. */
  readonly lines: number;
  readonly channels: number;
  readonly type: ElementType;
  readonly bytesPerCount: number;
  readonly dataOffset: number;
  readonly frames: number;
  /** Name of the electron image that was taken with the map, with its folders. */
  readonly imageName: string;
}

/** Reads the header of a map. Throws FormatError, or UnsupportedError for counts that are not 1, 2 or 4 bytes wide. */
export async function readMapHeader(source: ByteSource, signal?: AbortSignal): Promise<MapHeader> {
  const cursor = new FileCursor(source, { signal });
  const tag = await cursor.text(16, "tag");
  if (tag !== TAG) {
    throw new FormatError("This is not an EDAX map.", {
      where: source.name,
      field: "tag",
      offset: 0,
      found: JSON.stringify(tag),
      expected: TAG,
    });
  }
  const version = await cursor.i32("version");
  const [spectra, points, lines, channels, bytesPerCount, dataOffset, frames] = [
    await cursor.u32("nSpectra"),
    await cursor.u32("nPoints"),
    await cursor.u32("nLines"),
    await cursor.u32("nChannels"),
    await cursor.u32("countBytes"),
    await cursor.u32("dataOffset"),
    await cursor.u32("nFrames"),
  ];
  const imageName = await cursor.text(120, "fName");
  const type = types[bytesPerCount];
  if (type === undefined) {
    throw new UnsupportedError("The width of the counts is not known.", {
      where: source.name,
      field: "countBytes",
      offset: 36,
      found: String(bytesPerCount),
      expected: "1, 2 or 4",
    });
  }
  const header = { version, spectra, points, lines, channels, type, bytesPerCount, dataOffset, frames, imageName };
  checkSize(source, header);
  return header;
}

function checkSize(source: ByteSource, { points, lines, channels, bytesPerCount, dataOffset }: MapHeader): void {
  const needed = dataOffset + points * lines * channels * bytesPerCount;
  if (points > 0 && lines > 0 && channels > 0 && needed <= source.size) return;
  throw new FormatError("The map does not fit into the file.", {
    where: source.name,
    field: "nPoints, nLines, nChannels",
    offset: 24,
    found: `${points} x ${lines} pixels of ${channels} channels, ${source.size} bytes`,
    expected: `${needed} bytes`,
    remedy: "Copy the file again from the microscope; it may be truncated.",
  });
}

export interface ImageHeader {
  readonly version: number;
  readonly beamEnergyKev: number | undefined;
  readonly magnification: number | undefined;
  /** Micrometres per pixel, x then y. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
  readonly label: string;
}

/** Reads the header of an image. Throws FormatError when it is cut. */
export async function readImageHeader(source: ByteSource, signal?: AbortSignal): Promise<ImageHeader> {
  const bytes = await new FileCursor(source, { signal }).bytes(74, "header");
  const view = new DataView(bytes.buffer);
  const hundredVolts = view.getUint16(52, true);
  const magnification = view.getUint32(58, true);
  const [x, y] = [view.getFloat32(64, true), view.getFloat32(68, true)];
  const known = Number.isFinite(x) && Number.isFinite(y) && x > 0 && y > 0;
  return {
    version: view.getUint16(0, true),
    label: textOf(bytes.subarray(4, 12)),
    beamEnergyKev: hundredVolts > 0 ? hundredVolts / 10 : undefined,
    magnification: magnification > 0 ? magnification : undefined,
    pixelSizeUm: known ? [x, y] : undefined,
  };
}

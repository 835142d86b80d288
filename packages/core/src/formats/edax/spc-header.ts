/** The fixed header of a `.spc` file; offsets in README.md beside this. */
import { FormatError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import { elements } from "../../xray/elements.js";
import { FileCursor, textOf } from "../binary/file-cursor.js";

const HEADER_BYTES = 736;
const MOST_ELEMENTS = 48;

export interface SpcHeader {
  readonly version: number;
  /** Offset of the counts in the file. */
  readonly dataStart: number;
  readonly channels: number;
  readonly metadata: Metadata;
  /** Counts as the file states them; 0 where it does not. */
  readonly statedCounts: number;
  /** Atomic numbers in the list of elements that are none. */
  readonly numbersNotUnderstood: readonly number[];
  readonly original: Readonly<Record<string, number | string | readonly number[]>>;
  energyAxis(channels: number): Axis;
}

/** Reads the header. Throws FormatError where it is cut or its counts do not lie in the file (unless `alone` is false). */
export async function readSpcHeader(source: ByteSource, signal?: AbortSignal, alone = true): Promise<SpcHeader> {
  const bytes = await new FileCursor(source, { signal }).bytes(HEADER_BYTES, "header");
  const view = new DataView(bytes.buffer);
  const number = (at: number) => view.getFloat32(at, true);
  const dataStart = view.getInt32(28, true);
  const channels = view.getInt16(32, true);
  if (alone) checkData(source, dataStart, channels);
  const listed = Math.min(MOST_ELEMENTS, Math.max(0, view.getInt16(638, true)));
  const numbers = Array.from({ length: listed }, (_, i) => view.getUint16(640 + 2 * i, true));
  const known = numbers.flatMap((z) => elements[z - 1]?.symbol ?? []);
  const evPerChannel = view.getInt32(384, true);
  const [startKev, endKev] = [number(448), number(452)];
  return {
    version: Math.round(number(0) * 100) / 100,
    dataStart,
    channels,
    statedCounts: view.getUint32(582, true),
    numbersNotUnderstood: numbers.filter((z) => elements[z - 1] === undefined),
    metadata: {
      beamEnergyKev: positive(number(532)),
      detector: {
        resolutionEv: positive(number(472)),
        elevationAngleDeg: finite(number(512)),
        azimuthAngleDeg: finite(number(508)),
        liveTimeS: positive(number(456)),
      },
      stage: Number.isFinite(number(460)) ? { tiltDeg: number(460) } : undefined,
      elements: [...new Set(known)].sort(),
      acquiredAt: dateOf(view),
    },
    original: {
      version: number(0),
      applicationVersion: number(4),
      label: textOf(bytes.subarray(104, 320)),
      material: textOf(bytes.subarray(64, 104)),
      evPerChannel,
      startKev,
      endKev,
      takeOffAngleDeg: number(464),
      detectorType: view.getUint32(476, true),
      atomicNumbers: numbers,
    },
    energyAxis: (size) =>
      axisOf(size, startKev, evPerChannel > 0 ? evPerChannel / 1000 : (endKev - startKev) / Math.max(1, channels)),
  };
}

function axisOf(size: number, offset: number, scale: number): Axis {
  const known = Number.isFinite(offset) && Number.isFinite(scale) && scale > 0;
  return {
    name: "energy",
    size,
    offset: known ? offset : undefined,
    scale: known ? scale : undefined,
    units: known ? "keV" : undefined,
  };
}

function checkData(source: ByteSource, start: number, channels: number): void {
  if (channels >= 1 && start >= HEADER_BYTES && start + 4 * channels <= source.size) return;
  throw new FormatError("The counts do not lie inside the file.", {
    where: source.name,
    field: "dataStart and numPts",
    offset: 28,
    found: `${channels} channels from byte ${start} in a file of ${source.size} bytes`,
    remedy: "Copy the file again from the microscope; it may be truncated.",
  });
}

/** Year, day, month, minute, hour, hundredths, second, from byte 16 on. */
function dateOf(view: DataView): string | undefined {
  const year = view.getInt16(16, true);
  const [day, month, minute, hour, , second] = Array.from({ length: 6 }, (_, i) => view.getInt8(18 + i));
  const inside = year >= 1980 && year < 2200 && month! >= 1 && month! <= 12 && day! >= 1 && day! <= 31;
  if (!inside) return undefined;
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${year}-${two(month!)}-${two(day!)}`;
  const clock = hour! >= 0 && hour! < 24 && minute! >= 0 && minute! < 60 && second! >= 0 && second! < 60;
  return clock ? `${date}T${two(hour!)}:${two(minute!)}:${two(second!)}` : date;
}

function positive(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Writes small EDAX files for tests, from the tables in README.md and apart from the reader. */

export interface SpcToWrite {
  readonly version?: number;
  readonly counts: readonly number[];
  readonly evPerChannel?: number;
  readonly startKev?: number;
  readonly endKev?: number;
  readonly kilovolts?: number;
  readonly atomicNumbers?: readonly number[];
  readonly statedCounts?: number;
}

/** A whole `.spc` of version 0.70 with its 4,096 slots for counts. */
export function writeSpc(file: SpcToWrite): Uint8Array {
  const bytes = new Uint8Array(20_994);
  const view = new DataView(bytes.buffer);
  const float = (at: number, value: number) => view.setFloat32(at, value, true);
  const short = (at: number, value: number) => view.setInt16(at, value, true);
  float(0, file.version ?? 0.7);
  short(16, 2024);
  [28, 2, 5, 17, 40, 9].forEach((value, i) => {
    view.setInt8(18 + i, value);
  });
  view.setInt32(28, 3840, true);
  short(32, file.counts.length);
  view.setInt32(384, file.evPerChannel ?? 10, true);
  float(448, file.startKev ?? -0.5);
  float(452, file.endKev ?? 40);
  float(456, 12.5);
  float(460, 3);
  float(472, 129.25);
  float(508, 45);
  float(512, 35);
  float(532, file.kilovolts ?? 20);
  view.setUint32(582, file.statedCounts ?? 0, true);
  const numbers = file.atomicNumbers ?? [];
  short(638, numbers.length);
  numbers.forEach((z, i) => {
    view.setUint16(640 + 2 * i, z, true);
  });
  file.counts.forEach((count, i) => {
    view.setUint32(3840 + 4 * i, count, true);
  });
  return bytes;
}

export interface SpdToWrite {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytesPerCount: 1 | 2 | 4;
  /** Pixels x channels, row-major. */
  readonly counts: readonly number[];
  readonly spectra?: number;
  readonly imageName: string;
}

/** A `.spd` or `.lsd` with a header of 1,068 bytes, as TEAM writes. */
export function writeSpd(file: SpdToWrite): Uint8Array {
  const start = 1068;
  const bytes = new Uint8Array(start + file.counts.length * file.bytesPerCount);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("MAPSPECTRA_DATA"), 0);
  const words = [
    1,
    file.spectra ?? file.width * file.height,
    file.width,
    file.height,
    file.channels,
    file.bytesPerCount,
    start,
    8,
  ];
  words.forEach((word, i) => {
    view.setInt32(16 + 4 * i, word, true);
  });
  bytes.set(new TextEncoder().encode(file.imageName), 48);
  file.counts.forEach((count, i) => {
    const at = start + i * file.bytesPerCount;
    if (file.bytesPerCount === 1) view.setUint8(at, count);
    else if (file.bytesPerCount === 2) view.setUint16(at, count, true);
    else view.setUint32(at, count, true);
  });
  return bytes;
}

/** An `.ipr` of version 334. */
export function writeIpr(pixelSizeUm: readonly [number, number], hundredVolts = 200): Uint8Array {
  const bytes = new Uint8Array(264);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 334, true);
  view.setUint16(52, hundredVolts, true);
  view.setUint32(58, 2500, true);
  view.setFloat32(64, pixelSizeUm[0], true);
  view.setFloat32(68, pixelSizeUm[1], true);
  return bytes;
}

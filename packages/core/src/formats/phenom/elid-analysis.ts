/** The parts that all analyses of an `.elid` file have. Their order is in README.md beside this. */
import { elements } from "../../xray/elements.js";
import type { ElidStream } from "./elid-stream.js";

const DEGREES = 57.29577951308232;

/** Spectrum that a file keeps whole. Energies in eV. */
export interface StoredSpectrum {
  readonly offsetEv: number;
  readonly scaleEv: number;
  readonly counts: readonly number[];
}

export interface EdsConditions {
  readonly beamEnergyKev: number;
  readonly elevationAngleDeg: number;
  readonly azimuthAngleDeg: number;
  readonly liveTimeS: number;
  readonly realTimeS: number;
  readonly resolutionEv: number;
  readonly instrumentId: string;
  readonly tiltDeg: number | undefined;
}

export interface CommonPart {
  readonly spectrum: StoredSpectrum;
  readonly conditions: EdsConditions;
  /** Symbols, in alphabetical order. */
  readonly elements: readonly string[];
  readonly order: number;
}

/** Reads the part that begins every analysis. */
export async function readCommonPart(stream: ElidStream, version: number): Promise<CommonPart> {
  await stream.picture("cut-out");
  const offsetEv = await stream.f64("offset");
  const scaleEv = await stream.f64("dispersion");
  const counts = await stream.numbers(await stream.count("spectrum"), "spectrum");
  const conditions = await readConditions(stream, version);
  const included = await stream.bytes("included elements");
  await stream.bytes("excluded elements");
  await stream.skip(4 * (await stream.count("background bins")), "background bins");
  await stream.skip(3 * (await stream.count("oxides")), "oxides");
  await stream.u8("automatic identification");
  const order = await stream.i32("order number");
  await stream.skip(2 * (await stream.count("families")), "families");
  if (version >= 2) await stream.u8("drift correction");
  if (version >= 4) await stream.bytes("ignored elements");
  const symbols = Array.from(included).flatMap((z) => elements[z - 1]?.symbol ?? []);
  return { spectrum: { offsetEv, scaleEv, counts }, conditions, elements: [...new Set(symbols)].sort(), order };
}

/** Angles are in radians; the elevation of version 0 is in degrees. */
export async function readConditions(stream: ElidStream, version: number): Promise<EdsConditions> {
  const volts = await stream.f64("high tension");
  const elevation = await stream.f64("detector elevation");
  const azimuth = await stream.f64("detector azimuth");
  const liveTimeS = await stream.f64("live time");
  const realTimeS = await stream.f64("real time");
  await stream.skip(16, "peaking times");
  const resolutionEv = await stream.f64("detector resolution");
  const instrumentId = await stream.text("instrument");
  if (version >= 1) await stream.skip(32, "distances");
  const tilt = version >= 1 ? await stream.f64("sample tilt") : undefined;
  if (version >= 3) await stream.skip(10, "detector type");
  return {
    beamEnergyKev: volts / 1000,
    elevationAngleDeg: version === 0 ? elevation : elevation * DEGREES,
    azimuthAngleDeg: azimuth * DEGREES,
    liveTimeS,
    realTimeS,
    resolutionEv,
    instrumentId,
    tiltDeg: tilt === undefined ? undefined : tilt * DEGREES,
  };
}

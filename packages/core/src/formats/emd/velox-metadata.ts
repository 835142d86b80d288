/** Velox keeps its metadata as JSON: in byte columns of 60,000, one per frame, or as text. Every number in it is text. */
import { FormatError, isSigmaError } from "../../errors.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import { isTree, lookUp, numberAt, type Tree, textAt } from "../hyperspy/metadata-tree.js";

const LARGEST_JSON = 16 * 1024 * 1024;
const DEGREES_PER_RADIAN = 57.29577951308232;

/** JSON of a dataset of text or of a byte column; `{}` when there is none. Throws FormatError when it is not JSON. */
export async function readJson(group: Hdf5Group, name: string, fileName: string): Promise<Tree> {
  const dataset = await group.dataset(name);
  if (dataset === undefined) return {};
  const where = `${fileName}:${dataset.path}`;
  const text = await textOf(dataset, where);
  try {
    const parsed: unknown = JSON.parse(text);
    return isTree(parsed as Tree) ? (parsed as Tree) : {};
  } catch (cause) {
    throw new FormatError("The metadata are not JSON.", { where, found: text.slice(0, 40) }, { cause });
  }
}

/** Like {@link readJson}, but what cannot be read is only noted in `problems`. */
export async function tryJson(group: Hdf5Group, name: string, fileName: string, problems: string[]): Promise<Tree> {
  try {
    return await readJson(group, name, fileName);
  } catch (error) {
    if (!isSigmaError(error) || error.tag === "aborted") throw error;
    problems.push(error.message);
    return {};
  }
}

async function textOf(dataset: Hdf5Dataset, where: string): Promise<string> {
  if (!dataset.isNumeric) return String((await dataset.plain(16))[0] ?? "");
  const [length = 0, ...rest] = dataset.shape;
  if (length > LARGEST_JSON || rest.length > 1) {
    throw new FormatError("The metadata are not a column of bytes.", { where, found: dataset.shape.join(" x ") });
  }
  const last = rest.map((columns) => Math.max(0, columns - 1));
  const values = await dataset.numbers([0, ...last], [length, ...rest.map(() => 1)]);
  const end = values.indexOf(0);
  return new TextDecoder().decode(Uint8Array.from(end < 0 ? values : values.subarray(0, end)));
}

/** A detector of X-rays, as the metadata of a stream or spectrum list it. */
export interface XrayDetector {
  readonly name: string;
  /** keV */
  readonly scale: number | undefined;
  /** keV */
  readonly offset: number | undefined;
  readonly elevationAngleDeg: number | undefined;
  readonly azimuthAngleDeg: number | undefined;
  readonly liveTimeS: number | undefined;
  readonly realTimeS: number | undefined;
}

/** The detectors of X-rays whose names begin with that of the result (`SuperXG2` stands for `SuperXG21` to `SuperXG24`). */
export function xrayDetectors(metadata: Tree): XrayDetector[] {
  const wanted = textAt(metadata, "BinaryResult", "Detector") ?? "";
  const detectors = lookUp(metadata, "Detectors");
  return Object.values(isTree(detectors) ? detectors : {})
    .filter(isTree)
    .filter(
      (detector) => textAt(detector, "DetectorType") === "AnalyticalDetector" || numberAt(detector, "Dispersion") !== undefined,
    )
    .filter((detector) => (textAt(detector, "DetectorName") ?? "").startsWith(wanted))
    .map((detector) => ({
      name: textAt(detector, "DetectorName") ?? "",
      scale: scaled(numberAt(detector, "Dispersion"), 0.001),
      offset: scaled(numberAt(detector, "OffsetEnergy"), 0.001),
      elevationAngleDeg: scaled(numberAt(detector, "ElevationAngle"), DEGREES_PER_RADIAN),
      azimuthAngleDeg: scaled(numberAt(detector, "AzimuthAngle"), DEGREES_PER_RADIAN),
      liveTimeS: numberAt(detector, "LiveTime"),
      realTimeS: numberAt(detector, "RealTime"),
    }));
}

/** Velox's metadata in our words. Velox runs on transmission microscopes only. `elements`: those of the element maps in the file. */
export function veloxMetadata(tree: Tree, detectors: readonly XrayDetector[], elements: readonly string[]): Metadata {
  const only = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined);
  const position = (axis: string) => scaled(numberAt(tree, "Stage", "Position", axis), 1e6);
  const [xUm, yUm, zUm] = [position("x"), position("y"), position("z")];
  const tiltDeg = scaled(numberAt(tree, "Stage", "AlphaTilt"), DEGREES_PER_RADIAN);
  return {
    instrument: "TEM",
    beamEnergyKev: scaled(numberAt(tree, "Optics", "AccelerationVoltage"), 0.001),
    beamCurrentNa: scaled(numberAt(tree, "Optics", "ScreenCurrent") || undefined, 1e9),
    magnification: numberAt(tree, "CustomProperties", "StemMagnification", "value"),
    detector: {
      type: detectors.length === 1 ? detectors[0]!.name : textAt(tree, "BinaryResult", "Detector"),
      elevationAngleDeg: only(detectors.map((detector) => detector.elevationAngleDeg)),
      azimuthAngleDeg: only(detectors.map((detector) => detector.azimuthAngleDeg)),
    },
    stage:
      xUm === undefined && yUm === undefined && zUm === undefined && tiltDeg === undefined
        ? undefined
        : {
            ...(xUm === undefined ? {} : { xUm }),
            ...(yUm === undefined ? {} : { yUm }),
            ...(zUm === undefined ? {} : { zUm }),
            ...(tiltDeg === undefined ? {} : { tiltDeg }),
          },
    elements,
    acquiredAt: startTime(tree),
  };
}

/** Unix seconds to ISO 8601 in UTC. */
function startTime(tree: Tree): string | undefined {
  const seconds = numberAt(tree, "Acquisition", "AcquisitionStartDatetime", "DateTime");
  if (seconds === undefined || !(seconds > 0) || seconds > 8.64e12) return undefined;
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Headers of H5OINA techniques: every entry is a dataset of shape 1 x 1. Angles are in radians, energies in eV and kV, stage positions in mm. */
import type { Axis } from "../../spectrum-image/axis.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import type { PlainValue } from "../hdf5/values.js";
import { lookUp, numberAt, type Tree, textAt } from "../hyperspy/metadata-tree.js";

const DEGREES_PER_RADIAN = 57.29577951308232;
const DEEPEST = 4;
const MOST_VALUES = 4096;

/** All entries of a header and of the groups in it, one value instead of a list of one; attributes of entries as `name@attribute`. */
export async function readHeader(group: Hdf5Group | undefined, depth = 0): Promise<Tree> {
  const pairs: [string, PlainValue][] = [];
  for (const name of group?.names ?? []) {
    const object = await group!.get(name);
    if (object?.kind === "group" && depth < DEEPEST) pairs.push([name, await readHeader(object, depth + 1)]);
    if (object?.kind === "dataset") pairs.push(...(await readEntry(group!, object, name)));
  }
  return Object.fromEntries(pairs);
}

async function readEntry(group: Hdf5Group, dataset: Hdf5Dataset, name: string): Promise<[string, PlainValue][]> {
  if (dataset.shape.reduce((product, size) => product * size, 1) > MOST_VALUES) return [];
  const attributes = Object.entries(await group.attributesOf(dataset)).filter(([attribute]) => attribute !== "Unit");
  return [
    [name, only(await dataset.plain())],
    ...attributes.map(([attribute, value]): [string, PlainValue] => [`${name}@${attribute}`, only(value)]),
  ];
}

/** The value of a list of one; anything else as it is. */
function only(value: PlainValue): PlainValue {
  return Array.isArray(value) && value.length === 1 ? value[0]! : value;
}

/** Number of pixels along y and x; `undefined` when the header does not say. */
export function cells(header: Tree): { height: number; width: number } | undefined {
  const width = numberAt(header, "X Cells");
  const height = numberAt(header, "Y Cells") ?? 1;
  if (width === undefined || !Number.isSafeInteger(width * height) || width < 1 || height < 1) return undefined;
  return { height, width };
}

/** Navigation axes: y and x of a map, x of a line, none of a point. Steps are in micrometres. */
export function navigationAxes(header: Tree, { height, width }: { height: number; width: number }): Axis[] {
  if (height === 1 && width === 1) return [];
  const axis = (name: string, size: number, step: number | undefined): Axis => ({
    name,
    size,
    offset: step ? 0 : undefined,
    scale: step || undefined,
    units: step ? "um" : undefined,
  });
  const x = axis("x", width, numberAt(header, "X Step"));
  return height === 1 ? [x] : [axis("y", height, numberAt(header, "Y Step")), x];
}

/** The energy axis; the header has eV. */
export function energyAxis(header: Tree, size: number): Axis {
  const width = numberAt(header, "Channel Width");
  const start = numberAt(header, "Start Channel");
  const known = width !== undefined && width > 0 && start !== undefined;
  return {
    name: "energy",
    size,
    offset: known ? start / 1000 : undefined,
    scale: known ? width / 1000 : undefined,
    units: known ? "keV" : undefined,
  };
}

export interface MapTimes {
  readonly liveTimeS: number | undefined;
  readonly realTimeS: number | undefined;
}

/** The header of an EDS acquisition in our words. AZtec runs on both kinds of microscope and does not say on which, so that is left open. */
export function h5oinaMetadata(header: Tree, elements: readonly string[], times: MapTimes): Metadata {
  const date = textAt(header, "Acquisition Date");
  return {
    title: textAt(header, "Analysis Label"),
    beamEnergyKev: numberAt(header, "Beam Voltage"),
    magnification: numberAt(header, "Magnification"),
    detector: {
      type: textAt(header, "Detector Type Id@Name") ?? textAt(header, "Detector Serial Number"),
      elevationAngleDeg: degrees(numberAt(header, "Detector Elevation")),
      azimuthAngleDeg: degrees(numberAt(header, "Detector Azimuth")),
      ...times,
    },
    stage: stage(header),
    elements,
    acquiredAt: date !== undefined && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(date) ? date : undefined,
  };
}

function stage(header: Tree): Metadata["stage"] {
  const position = lookUp(header, "Stage Position");
  if (position === undefined) return undefined;
  const length = (name: string) => {
    const value = numberAt(header, "Stage Position", name);
    return value === undefined ? undefined : value * 1000;
  };
  const entries = {
    xUm: length("X"),
    yUm: length("Y"),
    zUm: length("Z"),
    tiltDeg: degrees(numberAt(header, "Stage Position", "Tilt")),
    rotationDeg: degrees(numberAt(header, "Stage Position", "Rotation")),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function degrees(radians: number | undefined): number | undefined {
  return radians === undefined ? undefined : radians * DEGREES_PER_RADIAN;
}

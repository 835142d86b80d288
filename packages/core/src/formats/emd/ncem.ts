/** Berkeley's EMD files (versions 0.1 to 1.0): groups that hold `data` and a `dim` dataset for each of its axes. */
import { FormatError, isSigmaError, type SigmaError, throwIfAborted } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { arrayCounts, kindOfArray } from "../arrays/array-counts.js";
import { readPictures } from "../arrays/array-images.js";
import { arrayOfDataset, type NumberArray } from "../arrays/number-array.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents } from "../format.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import type { PlainValue } from "../hdf5/values.js";
import { convertedUnit } from "../hyperspy/signal-axes.js";

const DEEPEST = 8;
const MOST_GROUPS = 4096;

interface DataGroup {
  readonly group: Hdf5Group;
  readonly name: string;
  readonly array: NumberArray;
  readonly axes: readonly Axis[];
}

/** Reads all data groups: spectra where an axis is one of energy, pictures otherwise. Throws FormatError when there is none. */
export async function readNcem(root: Hdf5Group, fileName: string, signal?: AbortSignal): Promise<FileContents> {
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const failures: SigmaError[] = [];
  const original = await tags(root);
  for await (const found of dataGroups(root)) {
    throwIfAborted(signal);
    try {
      const read = await readDataGroup(found, fileName);
      const energy = read.axes.findLastIndex((axis) => axis.units === "keV" || /energy/i.test(axis.name));
      if (energy >= 0) datasets.push(await datasetOf(read, energy, original, signal));
      else images.push(...(await picturesOf(read, signal)));
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      failures.push(error);
    }
  }
  if (datasets.length + images.length === 0) {
    throw (
      failures[0] ??
      new FormatError("The EMD file holds no data.", { where: fileName, expected: "a group with the attribute emd_group_type" })
    );
  }
  return { format: "emd", datasets, images };
}

/** Groups that hold data, in the order of their paths. */
async function* dataGroups(root: Hdf5Group): AsyncGenerator<Hdf5Group> {
  const waiting: { group: Hdf5Group; depth: number }[] = [{ group: root, depth: 0 }];
  for (let visited = 0; waiting.length > 0 && visited < MOST_GROUPS; visited++) {
    const { group, depth } = waiting.shift()!;
    const kind = (await group.attributes())["emd_group_type"];
    if ((kind === 1 || kind === "array") && (await group.dataset("data")) !== undefined) yield group;
    if (depth >= DEEPEST) continue;
    for (const name of group.names.slice(0, MOST_GROUPS)) {
      const child = await group.group(name);
      if (child !== undefined) waiting.push({ group: child, depth: depth + 1 });
    }
  }
}

async function readDataGroup(group: Hdf5Group, fileName: string): Promise<DataGroup> {
  const dataset = (await group.dataset("data"))!;
  const array = arrayOfDataset(dataset, fileName);
  const dims = group.names.filter((name) => /^dim\d+$/.test(name)).sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)));
  const axes: Axis[] = [];
  for (const [i, size] of array.shape.entries()) axes.push(await axisOf(group, dims[i], size));
  return { group, name: group.path.split("/").at(-1) ?? "data", array, axes };
}

async function axisOf(group: Hdf5Group, name: string | undefined, size: number): Promise<Axis> {
  const dim = name === undefined ? undefined : await group.dataset(name);
  if (dim === undefined) return { name: "", size, offset: undefined, scale: undefined, units: undefined };
  const attributes = await group.attributesOf(dim);
  const { unit, factor } = convertedUnit(plainUnit(attributes["units"]));
  const values = dim.isNumeric && dim.shape.length === 1 && dim.shape[0]! <= 1 << 20 ? await dim.numbers() : [];
  const [first, second] = [values[0], values[1]];
  const last = values.length === size ? values[size - 1] : undefined;
  const scale =
    first === undefined || second === undefined ? undefined : last === undefined ? second - first : (last - first) / (size - 1);
  const known = unit !== undefined && first !== undefined && scale !== undefined && Number.isFinite(scale);
  return {
    name: typeof attributes["name"] === "string" ? attributes["name"] : "",
    size,
    offset: known ? first * factor : undefined,
    scale: known ? scale * factor : undefined,
    units: unit,
  };
}

/** `[n_m]` and `[eV]` are how older files write nm and eV. */
function plainUnit(value: PlainValue | undefined): string | undefined {
  return typeof value === "string" ? value.replace(/[[\]_]/g, "").trim() || undefined : undefined;
}

async function datasetOf(
  { array, axes, name }: DataGroup,
  energy: number,
  original: PlainValue,
  signal: AbortSignal | undefined,
): Promise<SpectrumImage> {
  const kind = await kindOfArray(array, signal);
  const counts = arrayCounts(array, { energyAxis: energy, kind });
  const navigationAxes = axes
    .filter((_, i) => i !== energy)
    .map((axis, i, all) => (axis.name === "" ? { ...axis, name: ["y", "x"][i - all.length + 2] ?? `axis-${i}` } : axis));
  const energyAxis: Axis = { ...axes[energy]!, name: "energy" };
  const notCounts: Finding = {
    severity: "info",
    code: "not-counts",
    message: "The values are not whole counts; counting statistics do not hold for them.",
  };
  return {
    title: name,
    counts,
    navigationAxes,
    energyAxis,
    images: [],
    metadata: { title: name, detector: {}, elements: [] },
    originalMetadata: original,
    loadReport: {
      findings: [...calibrationFindings(navigationAxes, energyAxis, undefined), ...(kind === "intensity" ? [notCounts] : [])],
    },
  };
}

async function picturesOf({ array, axes, name }: DataGroup, signal: AbortSignal | undefined): Promise<NavigationImage[]> {
  const [y, x] = [axes.at(-2), axes.at(-1)];
  const known = y?.units === "um" && x?.units === "um" && y.scale && x.scale;
  const pixelSizeUm = known ? ([Math.abs(x.scale!), Math.abs(y.scale!)] as const) : undefined;
  return (await readPictures(array, { name, pixelSizeUm, signal })).images;
}

/** Attributes of the groups beside the data (`microscope`, `sample`, `user`, `comments`). */
async function tags(root: Hdf5Group): Promise<PlainValue> {
  const found: [string, PlainValue][] = Object.entries(await root.attributes());
  for (const name of root.names.slice(0, 64)) {
    const group = await root.group(name);
    if (group !== undefined) found.push([name, { ...(await group.attributes()) }]);
  }
  return Object.fromEntries(found);
}

/** The signals ("experiments") of a HyperSpy file: spectra and spectrum images as datasets, everything else that has a picture as images. */
import { FormatError, isSigmaError, type SigmaError, throwIfAborted, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { arrayCounts, kindOfArray } from "../arrays/array-counts.js";
import { pictureData, readPictures } from "../arrays/array-images.js";
import { allNumbers, type NumberArray } from "../arrays/number-array.js";
import { calibrationFindings } from "../findings.js";
import type { PlainValue } from "../hdf5/values.js";
import { type DataGroup, isGroup, isLeaf } from "./data-tree.js";
import { type ReadTree, readTree, type Tree } from "./metadata-tree.js";
import { mapNames, readNamedMaps } from "./named-maps.js";
import { looksLikeEnergy, type SignalAxis, signalAxes } from "./signal-axes.js";
import { recordedBy, signalMetadata, signalType, statedLiveTime } from "./signal-metadata.js";

export interface Signals {
  readonly datasets: readonly SpectrumImage[];
  readonly images: readonly NavigationImage[];
}

interface Signal {
  readonly name: string;
  readonly array: NumberArray;
  readonly axes: readonly SignalAxis[];
  readonly metadata: ReadTree;
  readonly original: ReadTree;
}

/** Reads all signals of the group `Experiments`. Throws FormatError when there is none, or what the only one throws. */
export async function readSignals(root: DataGroup, where: string, signal?: AbortSignal): Promise<Signals> {
  const experiments = await root.get("Experiments");
  if (!isGroup(experiments)) throw new FormatError("The file has no group of signals.", { where, field: "Experiments" });
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const failures: SigmaError[] = [];
  for (const name of experiments.names) {
    throwIfAborted(signal);
    try {
      const group = await experiments.get(name);
      if (!isGroup(group)) continue;
      const read = await readSignal(group, name, where);
      if (read === undefined) continue;
      const names = mapNames(read.metadata.tree, read.axes);
      const energy = names === undefined ? energyAxisOf(read) : undefined;
      if (names !== undefined) images.push(...(await mapsOf(read, names, signal)));
      else if (energy === undefined) images.push(...(await picturesOf(read, signal)));
      else datasets.push(await datasetOf(read, energy, signal));
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      failures.push(error);
    }
  }
  if (datasets.length + images.length === 0) {
    throw (
      failures[0] ??
      new FormatError("The file holds no signal.", { where, field: "Experiments", expected: "at least one signal with data" })
    );
  }
  return { datasets: datasets.map((dataset) => withFailures(dataset, failures)), images };
}

function withFailures(dataset: SpectrumImage, failures: readonly SigmaError[]): SpectrumImage {
  const findings = failures.map(
    ({ message }): Finding => ({ severity: "warning", code: "signal-not-read", message: `Not read: ${message}` }),
  );
  return { ...dataset, loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] } };
}

async function readSignal(group: DataGroup, name: string, where: string): Promise<Signal | undefined> {
  const data = await group.get("data");
  if (!isLeaf(data)) throw new FormatError("A signal has no data.", { where, field: `${group.path}/data` });
  const array = data.array();
  if (array.shape.some((size) => size === 0)) return undefined;
  const axes: Tree[] = [];
  for (let i = 0; i < array.shape.length; i++) axes.push((await readTree(await subgroup(group, `axis-${i}`))).tree);
  const metadata = await readTree((await subgroup(group, "metadata")) ?? (await subgroup(group, "mapped_parameters")));
  const original = await readTree((await subgroup(group, "original_metadata")) ?? (await subgroup(group, "original_parameters")));
  return { name, array, axes: signalAxes(axes, array.shape), metadata, original };
}

async function subgroup(group: DataGroup, name: string): Promise<DataGroup | undefined> {
  const found = await group.get(name);
  return isGroup(found) ? found : undefined;
}

/**
 * Index of the energy axis, or `undefined` for a signal that is no spectrum. A type of spectroscopy or `record_by` decides; else the axes: one
 * signal axis, or a last axis that is called energy or counted in electronvolts.
 */
function energyAxisOf({ axes, metadata: { tree } }: Signal): number | undefined {
  const last = axes.length - 1;
  const named = axes.findLastIndex(looksLikeEnergy);
  const energy = named >= 0 ? named : last;
  if (/^(EDS|EELS|XRF|CL|PES)/.test(signalType(tree))) return energy;
  const by = recordedBy(tree);
  if (by === "image") return undefined;
  const signalCount = axes.filter(({ navigate }) => navigate === false).length;
  if (by === "spectrum" && signalCount <= 1) return energy;
  if (axes.length === 1 || (signalCount === 1 && axes[last]!.navigate === false)) return energy;
  return named >= 0 ? named : undefined;
}

async function picturesOf(read: Signal, signal: AbortSignal | undefined): Promise<NavigationImage[]> {
  const { array, axes, name, metadata } = read;
  const title = signalMetadata(metadata.tree, true).title ?? (name === "__unnamed__" ? "image" : name);
  if (array.shape.length < 2) {
    const data = pictureData(await allNumbers(array, signal));
    return [{ name: title, width: data.length, height: 1, data, pixelSizeUm: undefined }];
  }
  const { images } = await readPictures(array, { name: title, pixelSizeUm: pixelSize(axes.map(({ axis }) => axis)), signal });
  if (images.length === 0)
    throw new UnsupportedError("A picture is too large.", { where: array.where, found: array.shape.join(" x ") });
  return images;
}

function mapsOf({ array, axes }: Signal, names: readonly string[], signal: AbortSignal | undefined): Promise<NavigationImage[]> {
  return readNamedMaps(array, names, pixelSize(axes.slice(0, 2).map(({ axis }) => axis)), signal);
}

function pixelSize(axes: readonly Axis[]): readonly [number, number] | undefined {
  const x = axes.at(-1);
  const y = axes.at(-2);
  if (x?.units !== "um" || y?.units !== "um" || !x.scale || !y.scale) return undefined;
  return [Math.abs(x.scale), Math.abs(y.scale)];
}

async function datasetOf(read: Signal, energyIndex: number, signal: AbortSignal | undefined): Promise<SpectrumImage> {
  const { array, axes, metadata, original, name } = read;
  const kind = await kindOfArray(array, signal);
  const counts = arrayCounts(array, { energyAxis: energyIndex, kind });
  const navigation = axes.filter((_, i) => i !== energyIndex).map(({ axis }, i, all) => named(axis, i, all.length));
  const energyAxis: Axis = { ...axes[energyIndex]!.axis, name: "energy" };
  const normalised = signalMetadata(metadata.tree, navigation.length > 0);
  return {
    title: normalised.title ?? (name === "__unnamed__" ? "" : name),
    counts,
    navigationAxes: navigation,
    energyAxis,
    images: [],
    metadata: normalised,
    originalMetadata: { metadata: metadata.tree, original_metadata: original.tree } satisfies PlainValue,
    loadReport: {
      findings: [
        ...calibrationFindings(navigation, energyAxis, normalised.beamEnergyKev),
        ...signalFindings(read, energyIndex, kind),
      ],
    },
  };
}

/** Axes without a name are called y and x, as they are drawn. */
function named(axis: Axis, index: number, count: number): Axis {
  if (axis.name !== "") return axis;
  return { ...axis, name: ["y", "x"][index - count + 2] ?? `axis-${index}` };
}

function signalFindings({ axes, metadata, original }: Signal, energyIndex: number, kind: "counts" | "intensity"): Finding[] {
  const findings: Finding[] = [];
  const type = signalType(metadata.tree);
  const liveTime = axes.length > 1 ? statedLiveTime(metadata.tree) : undefined;
  if (type !== "" && !/^(EDS|XRF|Signal1D)/.test(type)) {
    findings.push({
      severity: "warning",
      code: "not-x-ray",
      message: `The file says that its signal is ${type}, not energy-dispersive X-rays.`,
    });
  }
  if (kind === "intensity") {
    findings.push({
      severity: "info",
      code: "not-counts",
      message: "The values are not whole counts; counting statistics do not hold for them.",
    });
  }
  if (axes[energyIndex]!.uneven) {
    findings.push({
      severity: "warning",
      code: "uneven-energy-axis",
      message: "The channels of the energy axis are not evenly spaced.",
      disables: ["lines of elements", "element maps"],
    });
  }
  if (liveTime !== undefined) {
    findings.push({
      severity: "info",
      code: "live-time-unclear",
      message: `The file states a live time of ${Number(liveTime.toPrecision(4))} s without saying whether it is that of a pixel or of the map; it is not used.`,
    });
  }
  for (const message of [...metadata.problems, ...original.problems]) {
    findings.push({ severity: "warning", code: "metadata-not-read", message: `Not read: ${message}` });
  }
  return findings;
}

/** HyperSpy's metadata in our words. */
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import { isTree, lookUp, numberAt, type Tree, textAt, textsAt } from "./metadata-tree.js";

const ELEMENT = /^[A-Z][a-z]?$/;

/**
 * Metadata of a signal. `isImage`: HyperSpy does not say whether live and real time are those of a pixel or of the whole map, so for maps
 * they are left out.
 */
export function signalMetadata(tree: Tree, isImage: boolean): Metadata {
  const instrument = instrumentOf(tree);
  const machine = instrument === undefined ? {} : machineTree(tree, instrument);
  const eds = subtree(subtree(machine, "Detector"), "EDS", subtree(machine, "EDS"));
  const stage = subtree(machine, "Stage");
  return {
    title: textAt(tree, "General", "title") ?? textAt(tree, "title"),
    instrument,
    beamEnergyKev: numberAt(machine, "beam_energy"),
    beamCurrentNa: numberAt(machine, "beam_current") || undefined,
    magnification: numberAt(machine, "magnification"),
    detector: {
      type: textAt(eds, "detector") ?? textAt(eds, "detector_type"),
      resolutionEv: numberAt(eds, "energy_resolution_MnKa"),
      elevationAngleDeg: numberAt(eds, "elevation_angle"),
      azimuthAngleDeg: numberAt(eds, "azimuth_angle"),
      liveTimeS: isImage ? undefined : numberAt(eds, "live_time"),
      realTimeS: isImage ? undefined : numberAt(eds, "real_time"),
    },
    stage: stagePosition(stage, machine),
    elements: elementsOf(tree),
    acquiredAt: acquisitionTime(tree),
  };
}

/** Live time as the file has it, s, for the finding that says why it is not used for a map. */
export function statedLiveTime(tree: Tree): number | undefined {
  const instrument = instrumentOf(tree);
  if (instrument === undefined) return undefined;
  return numberAt(machineTree(tree, instrument), "Detector", "EDS", "live_time");
}

/** `EDS_SEM`, `EELS`, or `""`. */
export function signalType(tree: Tree): string {
  return textAt(tree, "Signal", "signal_type") ?? textAt(tree, "signal_type") ?? "";
}

/** `spectrum` or `image` where the file says so. */
export function recordedBy(tree: Tree): string | undefined {
  return textAt(tree, "Signal", "record_by") ?? textAt(tree, "record_by");
}

/** The instrument that has a beam energy or a detector; the first of TEM and SEM when both have. */
function instrumentOf(tree: Tree): "SEM" | "TEM" | undefined {
  const both = (["TEM", "SEM"] as const).filter((name) => Object.keys(machineTree(tree, name)).length > 0);
  return both.find((name) => numberAt(machineTree(tree, name), "beam_energy") !== undefined) ?? both[0];
}

/** Since version 1.3 of the format under `Acquisition_instrument`, before that at the top. */
function machineTree(tree: Tree, name: "SEM" | "TEM"): Tree {
  return subtree(subtree(tree, "Acquisition_instrument"), name, subtree(tree, name));
}

function subtree(tree: Tree, name: string, otherwise: Tree = {}): Tree {
  const found = lookUp(tree, name);
  return isTree(found) ? found : otherwise;
}

function stagePosition(stage: Tree, machine: Tree): Metadata["stage"] {
  const xMm = numberAt(stage, "x");
  const yMm = numberAt(stage, "y");
  const zMm = numberAt(stage, "z");
  const tiltDeg = numberAt(stage, "tilt_alpha") ?? numberAt(machine, "tilt_stage");
  const rotationDeg = numberAt(stage, "rotation");
  if ([xMm, yMm, zMm, tiltDeg, rotationDeg].every((value) => value === undefined)) return undefined;
  return {
    ...(xMm === undefined ? {} : { xUm: xMm * 1000 }),
    ...(yMm === undefined ? {} : { yUm: yMm * 1000 }),
    ...(zMm === undefined ? {} : { zUm: zMm * 1000 }),
    ...(tiltDeg === undefined ? {} : { tiltDeg }),
    ...(rotationDeg === undefined ? {} : { rotationDeg }),
  };
}

/** Elements of the sample, or else those of the X-ray lines. */
function elementsOf(tree: Tree): string[] {
  const stated = textsAt(tree, "Sample", "elements");
  const named = stated.length > 0 ? stated : textsAt(tree, "Sample", "xray_lines").map((line) => line.split("_")[0] ?? "");
  return [...new Set(named.filter((name) => ELEMENT.test(name)))].sort();
}

function acquisitionTime(tree: Tree): string | undefined {
  const date = textAt(tree, "General", "date") ?? textAt(tree, "date");
  const time = textAt(tree, "General", "time") ?? textAt(tree, "time");
  if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  return time !== undefined && /^\d{2}:\d{2}:\d{2}/.test(time) ? `${date}T${time}` : date;
}

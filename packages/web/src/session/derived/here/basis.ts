/** What a step has to work on: the map and the energies as the steps before it in the recipe leave them. */
import {
  type Axis,
  binnedAxis,
  channelOfEnergy,
  croppedAxis,
  isEnergyCalibrated,
  type Recipe,
  type RecipeStep,
} from "@sigma-eds/core";
import type { AnalysisSnapshot, Grid, LoadedImage } from "../../../worker/engine-protocol.js";

export interface Basis {
  readonly grid: Grid;
  readonly energyAxis: Axis;
  /** Float64 [channels] of this axis. Of the whole map, where a part of it was kept and nothing was computed for that part yet. */
  readonly spectrum: Float64Array;
  /** Float32 [pixels of the grid]. */
  readonly countMap: Float32Array;
  /** As the file states it. */
  readonly metadata: LoadedImage["metadata"];
  readonly images: LoadedImage["images"];
  readonly beamEnergyKev: number | undefined;
  /** Full width at half maximum at Mn Ka, eV; what is usual where nothing says it. */
  readonly resolutionEv: number;
}

/** Taken where the file states no resolution, as the steps do. */
export const USUAL_RESOLUTION_EV = 130;

/** The image as it was read. */
export function basisOfImage({ grid, energyAxis, sumSpectrum, countMap, metadata, images }: LoadedImage): Basis {
  const { beamEnergyKev, detector } = metadata;
  const resolutionEv = detector.resolutionEv ?? USUAL_RESOLUTION_EV;
  return { grid, energyAxis, spectrum: sumSpectrum, countMap, metadata, images, beamEnergyKev, resolutionEv };
}

/** The same after a result whose map and energies are those that are asked about. */
export function basisOfResult(before: Basis, { grid, energyAxis, sumSpectrum, countMap }: AnalysisSnapshot): Basis {
  return { ...before, grid, energyAxis, countMap, spectrum: sumSpectrum ?? before.spectrum };
}

/** The image after the entries of a recipe before `index`. */
export function basisBefore(image: LoadedImage, { steps }: Recipe, index: number): Basis {
  return steps.slice(0, index).reduce(basisAfter, basisOfImage(image));
}

/** What an entry leaves of a basis. */
export function basisAfter(basis: Basis, entry: RecipeStep): Basis {
  if (entry.step === "calibrate") return calibrated(basis, entry);
  if (entry.step === "crop") return cropped(basis, entry);
  return entry.step === "bin" ? binned(basis, entry) : basis;
}

function calibrated(basis: Basis, entry: Extract<RecipeStep, { step: "calibrate" }>): Basis {
  const { energyAxis: axis, grid } = basis;
  const isStated = entry.energyOffsetKev !== undefined || entry.energyScaleKev !== undefined;
  const { pixelSizeUm: size } = entry;
  return {
    ...basis,
    grid: size === undefined ? grid : { ...grid, pixelSizeUm: [size, size] },
    energyAxis: isStated
      ? { ...axis, offset: entry.energyOffsetKev ?? axis.offset, scale: entry.energyScaleKev ?? axis.scale, units: "keV" }
      : axis,
    beamEnergyKev: entry.beamEnergyKev ?? basis.beamEnergyKev,
    resolutionEv: entry.resolutionEv ?? basis.resolutionEv,
  };
}

function cropped(basis: Basis, { x, y, energyKev }: Extract<RecipeStep, { step: "crop" }>): Basis {
  const { grid, countMap, energyAxis, spectrum } = basis;
  const [left, right] = rangeWithin(x, grid.width);
  const [top, bottom] = rangeWithin(y, grid.height);
  const [first, last] = channelsWithin(energyAxis, energyKev);
  const isWhole = right - left === grid.width && bottom - top === grid.height;
  const kept = isWhole ? countMap : partOf(countMap, grid, [left, right], [top, bottom]);
  return {
    ...basis,
    grid: { ...grid, width: right - left, height: bottom - top },
    countMap: last - first === energyAxis.size ? kept : scaled(kept, shareOf(spectrum, first, last)),
    energyAxis: croppedAxis(energyAxis, first, last),
    spectrum: spectrum.slice(first, last),
  };
}

function binned(basis: Basis, { factor, energyFactor }: Extract<RecipeStep, { step: "bin" }>): Basis {
  if (factor === 1 && energyFactor === 1) return basis;
  const { grid, countMap, energyAxis, spectrum } = basis;
  const [across, down] = [Math.min(factor, grid.width), Math.min(factor, grid.height)];
  const size = grid.pixelSizeUm;
  const next = { ...grid, width: Math.floor(grid.width / across), height: Math.floor(grid.height / down) };
  return {
    ...basis,
    grid: { ...next, pixelSizeUm: size && [size[0] * across, size[1] * down] },
    countMap: joined(countMap, grid, next, across, down),
    energyAxis: binnedAxis(energyAxis, energyFactor),
    spectrum: Float64Array.from({ length: Math.floor(energyAxis.size / energyFactor) }, (_, c) =>
      sumOf(spectrum, c * energyFactor, (c + 1) * energyFactor),
    ),
  };
}

/** What a crop keeps of an axis of pixels, held within it. */
export function rangeWithin(range: readonly [number, number] | undefined, size: number): readonly [from: number, to: number] {
  const from = Math.min(range?.[0] ?? 0, size);
  return [from, Math.max(from, Math.min(range?.[1] ?? size, size))];
}

/** Channels from one energy to the other, both kept; the last is excluded. All, where nothing is asked or energies are not known. */
export function channelsWithin(axis: Axis, range: readonly [number, number] | undefined): readonly [from: number, to: number] {
  if (range === undefined || !isEnergyCalibrated(axis)) return [0, axis.size];
  const from = Math.min(axis.size, Math.max(0, Math.ceil(channelOfEnergy(axis, range[0]))));
  return [from, Math.max(from, Math.min(axis.size, Math.floor(channelOfEnergy(axis, range[1])) + 1))];
}

/** Counts of a spectrum in channels `from` to before `to`. */
export function sumOf(spectrum: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let c = from; c < Math.min(to, spectrum.length); c++) sum += spectrum[c]!;
  return sum;
}

/** The same as a share of all counts, 0 to 1. */
export function shareOf(spectrum: Float64Array, from: number, to: number): number {
  return sumOf(spectrum, from, to) / Math.max(1, sumOf(spectrum, 0, spectrum.length));
}

type Range = readonly [from: number, to: number];

function partOf(map: Float32Array, { width, height, frames }: Grid, [left, right]: Range, [top, bottom]: Range): Float32Array {
  const part = new Float32Array((right - left) * (bottom - top) * frames);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (let y = top; y < bottom; y++) {
      const row = (frame * height + y) * width;
      part.set(map.subarray(row + left, row + right), at);
      at += right - left;
    }
  }
  return part;
}

function scaled(map: Float32Array, by: number): Float32Array {
  return map.map((value) => value * by);
}

function joined(map: Float32Array, before: Grid, after: Grid, across: number, down: number): Float32Array {
  const out = new Float32Array(after.width * after.height * after.frames);
  for (let frame = 0; frame < after.frames; frame++) {
    for (let y = 0; y < after.height * down; y++) {
      const row = (frame * before.height + y) * before.width;
      const target = (frame * after.height + Math.floor(y / down)) * after.width;
      for (let x = 0; x < after.width * across; x++) out[target + Math.floor(x / across)]! += map[row + x]!;
    }
  }
  return out;
}

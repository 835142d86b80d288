/** Modal results: area, weight and grains of each class, and which class touches which along what length. */
import { type Associations, associations, type ModalShare } from "@sigma-eds/core";
import { type AreaRow, areaRows } from "../../session/derived/area-rows.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface ModalRow extends AreaRow {
  readonly densityGcm3: number | undefined;
  /** Of the classes of known density, 0 to 1. */
  readonly weightFraction: number | undefined;
  readonly pixels: number;
  /** Undefined where nothing measured grains. */
  readonly grains: number | undefined;
  /** Median diameter of the circle of equal area, of grains that the edge does not cut, in `unit` of the statistics. */
  readonly medianDiameter: number | undefined;
}

export function modalRows(analysis: AnalysisSnapshot, modal: readonly ModalShare[]): ModalRow[] {
  const grains = analysis.statistics?.grains.grains;
  return areaRows(analysis, modal).map((row, i): ModalRow => {
    const own = grains?.filter(({ classId }) => classId === row.id);
    const whole = own?.filter(({ touchesEdge }) => !touchesEdge).map(({ equivalentDiameter }) => equivalentDiameter);
    return {
      ...row,
      densityGcm3: modal[i]?.densityGcm3,
      weightFraction: modal[i]?.weightFraction,
      pixels: analysis.classes[i]?.pixels ?? 0,
      grains: own?.length,
      medianDiameter: whole === undefined ? undefined : median(whole),
    };
  });
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const known = new WeakMap<Int32Array, Associations>();

/** Boundary lengths between the classes; computed once for each map of labels: it takes a pass over all pixels. */
export function associationsOf({ labels, classes, grid }: AnalysisSnapshot): Associations | undefined {
  if (labels === undefined || classes.length === 0) return undefined;
  const before = known.get(labels);
  if (before !== undefined) return before;
  const units = grid.pixelSizeUm === undefined ? undefined : "um";
  const axis = (name: string, size: number, scale: number | undefined) => ({ name, size, offset: 0, scale: scale ?? 1, units });
  const found = associations(
    labels,
    classes.map(({ id }) => id),
    [axis("y", grid.height, grid.pixelSizeUm?.[1]), axis("x", grid.width, grid.pixelSizeUm?.[0])],
  );
  known.set(labels, found);
  return found;
}

/** Share of the longest boundary, 0 to 1, for the shade of a cell; rows and columns by place. */
export function shadeOf({ lengths, ids }: Associations, row: number, column: number): number {
  const most = lengths.reduce((largest, length) => Math.max(largest, length), 0);
  return most > 0 ? lengths[row * ids.length + column]! / most : 0;
}

/** Whether any pixel without a class lies beside one with a class. */
export function touchesUnassigned({ lengths, ids }: Associations): boolean {
  const n = ids.length;
  return ids.some((_, i) => i < n - 1 && lengths[i * n + n - 1]! > 0);
}

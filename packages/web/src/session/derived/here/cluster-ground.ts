/** Points that are clustered, and clusters that came of them. */
import { countOf, formatCount, formatNumber } from "@sigma-eds/core";
import { type Ground, pixelsOf } from "./ground.js";
import { levelsOf } from "./levels.js";
import { columnOf } from "./matrix-column.js";
import type { EntryOf } from "./teller.js";

export type Clustered = Ground<EntryOf<"cluster">>;

interface Points {
  readonly dimensions: number;
  readonly data: Float32Array | undefined;
}

/** The points of the step before, by what is clustered. */
function pointsOf({ entry, input }: Clustered): Points {
  if (entry.on === "latent") return { dimensions: input?.latent?.dimensions ?? 2, data: input?.latent?.data };
  if (entry.on === "features") return { dimensions: input?.features?.lines.length ?? 0, data: input?.features?.data };
  const components = input?.decomposition?.components.length ?? 0;
  return { dimensions: components, data: input?.decomposition?.scores };
}

export function dimensionsOf(ground: Clustered): number {
  return pointsOf(ground).dimensions;
}

/** Standard deviation of the points in the first dimension; undefined where there are none yet. */
export function spreadOf(ground: Clustered): number | undefined {
  const { data, dimensions } = pointsOf(ground);
  if (data === undefined || dimensions === 0) return undefined;
  const column = columnOf(data, dimensions, 0);
  const { mean } = levelsOf(column);
  const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, column.length));
  return Number.isFinite(spread) ? spread : undefined;
}

/** A distance beside how far the points spread. */
export function besideSpread(distance: number, ground: Clustered): string {
  const spread = spreadOf(ground);
  if (spread === undefined || spread === 0)
    return `${formatNumber(distance)}, beside points of ${countOf(dimensionsOf(ground), "dimension")}.`;
  return `${formatNumber(distance / spread, 2)} times the spread of the points, ${formatNumber(spread)} in the first dimension.`;
}

/** Classes that the step gave, edits left out; undefined where it was not run like this. */
export function clustersFound({ result }: Clustered): number | undefined {
  const labels = result?.edits?.before.labels ?? result?.labels;
  if (labels === undefined) return undefined;
  return labels.reduce((most, label) => Math.max(most, label), -1) + 1;
}

/** `Gave 8.` or an empty text. */
export function gaveWords(ground: Clustered): string {
  const found = clustersFound(ground);
  return found === undefined ? "" : ` Gave ${countOf(found, "class", "classes")}.`;
}

export const onWords = (value: EntryOf<"cluster">["on"], ground: Clustered): string => {
  const { dimensions } = pointsOf({ ...ground, entry: { ...ground.entry, on: value } });
  const pixels = countOf(pixelsOf(ground.basis), "point");
  return dimensions === 0 ? `${pixels}; nothing was made for it yet.` : `${pixels} in ${countOf(dimensions, "dimension")}.`;
};

/** Pixels that a class would have in the mean. */
export function meanSizeWords(classes: number, { basis }: Clustered): string {
  return `${formatCount(pixelsOf(basis) / Math.max(1, classes))} pixels a class in the mean.`;
}

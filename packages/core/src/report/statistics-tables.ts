/** Tables of proportions, grains and features of classes. Units are in the heads: `um`, `um2`, or `px`, `px2` without a calibration. */
import type { ClassFeatures } from "../algorithms/statistics/class-features.js";
import type { ClassProportions } from "../algorithms/statistics/class-proportions.js";
import type { GrainStatistics } from "../algorithms/statistics/grain-statistics.js";
import { csv } from "./tables.js";

type Named = readonly { readonly id: number; readonly name: string }[];

function nameOf(classes: Named, wanted: number): string {
  return classes.find(({ id }) => id === wanted)?.name ?? `Class ${wanted}`;
}

/** One row per class, and one for unassigned pixels with id -1. */
export function proportionsCsv({ classes, ofPixels, unassignedPixels }: ClassProportions, names: Named): string {
  return csv([
    ["id", "name", "pixels", "proportion", "standard_error", "area_um2", "of_pixels"],
    ...classes.map(({ id, pixels, proportion, standardError, areaUm2 }) => [
      id,
      nameOf(names, id),
      pixels,
      proportion,
      standardError,
      areaUm2,
      ofPixels,
    ]),
    [-1, "Unassigned", unassignedPixels, undefined, undefined, undefined, ofPixels],
  ]);
}

/** One row per grain; for each line the smallest, mean and largest value of its map. */
export function grainsCsv({ grains, unit, lines }: GrainStatistics, names: Named): string {
  const head = [
    "grain",
    "class_id",
    "class",
    "plane",
    "pixels",
    `area_${unit}2`,
    `equivalent_diameter_${unit}`,
    `major_axis_${unit}`,
    `minor_axis_${unit}`,
    "orientation_deg",
    `perimeter_${unit}`,
    "circularity",
    `centroid_x_${unit}`,
    `centroid_y_${unit}`,
    "touches_edge",
    ...lines.flatMap((line) => [`${line}_min`, `${line}_mean`, `${line}_max`]),
  ];
  return csv([
    head,
    ...grains.map((grain) => [
      grain.id,
      grain.classId,
      nameOf(names, grain.classId),
      grain.plane,
      grain.pixels,
      grain.area,
      grain.equivalentDiameter,
      grain.majorAxis,
      grain.minorAxis,
      grain.orientationDeg,
      grain.perimeter,
      grain.circularity,
      grain.centroid.x,
      grain.centroid.y,
      grain.touchesEdge ? 1 : 0,
      ...grain.features.flatMap(({ minimum, mean, maximum }) => [minimum, mean, maximum]),
    ]),
  ]);
}

/** One row per class: mean and standard deviation of each line. */
export function featuresCsv({ ids, lines, pixels, mean, standardDeviation }: ClassFeatures, names: Named): string {
  return csv([
    ["id", "name", "pixels", ...lines.flatMap((line) => [`${line}_mean`, `${line}_sd`])],
    ...ids.map((id, i) => [
      id,
      nameOf(names, id),
      pixels[i],
      ...lines.flatMap((_, k) => [mean.data[i * lines.length + k], standardDeviation.data[i * lines.length + k]]),
    ]),
  ]);
}

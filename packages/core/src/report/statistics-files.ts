import { writeNpy } from "../formats/npy/npy.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ResultFile } from "./result-files.js";
import { featuresCsv, grainsCsv, proportionsCsv } from "./statistics-tables.js";

const encoder = new TextEncoder();

/** The files of the statistics of the class map, where a step took them. */
export function* statisticsFiles({ statistics, classes, image }: Analysis): Generator<ResultFile> {
  if (statistics === undefined) return;
  const { proportions, grains, features } = statistics;
  const table = (name: string, content: string): ResultFile => ({
    path: `statistics/${name}.csv`,
    bytes: encoder.encode(content),
  });
  yield table("proportions", proportionsCsv(proportions, classes));
  yield table("grains", grainsCsv(grains, classes));
  yield { path: "statistics/grains.npy", bytes: writeNpy({ shape: image.counts.navigationShape, data: grains.ids }) };
  if (features !== undefined) yield table("features", featuresCsv(features, classes));
}

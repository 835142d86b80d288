import { writeNpy } from "../formats/npy/npy.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

/** `stability.csv`, one row per class as it was found; `stability.npy`, float32 [y, x]: share of the runs in which the pixel stays in its class. */
export function* stabilityFiles({ stability, image }: Analysis): Generator<ResultFile> {
  if (stability === undefined) return;
  const rows = stability.classes.map(({ id, jaccard, found }) => [id, jaccard, found]);
  yield { path: "stability.csv", bytes: new TextEncoder().encode(csv([["id", "jaccard", "found_again"], ...rows])) };
  yield { path: "stability.npy", bytes: writeNpy({ shape: image.counts.navigationShape, data: stability.pixels }) };
}

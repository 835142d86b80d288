import { associations } from "../algorithms/statistics/associations.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

/** `associations.csv`: one row per pair of classes that touch, longest boundary first; -1 is what has no class. */
export function* associationFiles({ labels, classes, image, identities }: Analysis): Generator<ResultFile> {
  if (labels === undefined || classes.length === 0 || identities === undefined) return;
  const { ids, lengths, preference, unit } = associations(
    labels,
    classes.map(({ id }) => id),
    image.navigationAxes,
  );
  const n = ids.length;
  const nameOf = (id: number) => classes.find((one) => one.id === id)?.name ?? "unassigned";
  const pairs = ids.flatMap((a, i) =>
    ids.slice(i + 1).map((b, k) => ({ a, b, length: lengths[i * n + i + 1 + k]!, preference: preference[i * n + i + 1 + k]! })),
  );
  const rows = pairs
    .filter(({ length }) => length > 0)
    .sort((x, y) => y.length - x.length || x.a - y.a || x.b - y.b)
    .map((pair) => [pair.a, pair.b, nameOf(pair.a), nameOf(pair.b), pair.length, pair.preference]);
  const head = ["id", "neighbour_id", "name", "neighbour_name", `boundary_${unit}`, "preference"];
  yield { path: "associations.csv", bytes: new TextEncoder().encode(csv([head, ...rows])) };
}

/**
 * What is compared with Python, in the order of the table. A row has: `prepare(size, folder)`, which writes the files that both sides read and gives `{ input }` (the
 * names of the files and what else both must know) with what `quality(prepared, out)` needs; `work`, the file in `ours/` and `peers/` that does it (default: its id);
 * `runs`, how often a process does the work (default 2: cold, warm); `targets`, for all peers or by name: what peer over ours must reach, and better still.
 */
import { hdbscan, mixture } from "./clusterings.mjs";
import { nmf, pca } from "./decompositions.mjs";
import { autoencoder, umap } from "./embeddings.mjs";
import { bcf, rpl } from "./files.mjs";
import { autoFound, autoMany, wholeJob } from "./jobs.mjs";
import { neighbours, neighboursMany } from "./neighbours.mjs";

export const rows = [
  wholeJob,
  autoFound,
  autoMany,
  umap,
  neighbours,
  neighboursMany,
  autoencoder,
  mixture,
  hdbscan,
  pca,
  nmf,
  bcf,
  rpl,
];

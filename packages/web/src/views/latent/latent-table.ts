/** The latent space as a table: one row per pixel. */
import type { DataTable, OfferedTable } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

type Latent = NonNullable<AnalysisSnapshot["latent"]>;

export function latentTables(analysis: AnalysisSnapshot | undefined): readonly OfferedTable[] {
  const latent = analysis?.latent;
  if (analysis === undefined || latent === undefined) return [];
  return [{ id: "latent", title: "Coordinates", make: () => latentTable(latent, analysis) }];
}

/** Pixel, x, y, frame where there are several, class id (-1 unassigned), and every dimension. */
export function latentTable({ data, dimensions }: Latent, { labels, grid }: AnalysisSnapshot): DataTable {
  const size = grid.width * grid.height;
  const names = ["pixel", "x", "y", ...(grid.frames > 1 ? ["frame"] : []), "class"];
  const components = Array.from({ length: dimensions }, (_, d) => ({ name: `component_${d + 1}`, title: `Component ${d + 1}` }));
  return {
    columns: [...names.map((name) => ({ name, title: titles[name] ?? name })), ...components],
    rows: data.length / dimensions,
    row: (p) => {
      const inFrame = p % size;
      const frame = grid.frames > 1 ? [Math.floor(p / size)] : [];
      const place = [p, inFrame % grid.width, Math.floor(inFrame / grid.width), ...frame, labels?.[p]];
      return [...place, ...data.subarray(p * dimensions, (p + 1) * dimensions)];
    },
  };
}

const titles: Readonly<Record<string, string>> = { pixel: "Pixel", frame: "Frame", class: "Class id" };

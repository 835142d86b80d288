/** The latent space as a table: one row per pixel. */
import { csvText } from "../../session/csv.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** Pixel, x, y, frame where there are several, class id (-1 unassigned), and every dimension. Undefined without a latent space. */
export function latentTable({ latent, labels, grid }: AnalysisSnapshot): string | undefined {
  if (latent === undefined) return undefined;
  const { data, dimensions } = latent;
  const size = grid.width * grid.height;
  const header = ["pixel", "x", "y", ...(grid.frames > 1 ? ["frame"] : []), "class"];
  const names = Array.from({ length: dimensions }, (_, d) => `component_${d + 1}`);
  const rows = Array.from({ length: data.length / dimensions }, (_, p) => {
    const inFrame = p % size;
    const frame = grid.frames > 1 ? [Math.floor(p / size)] : [];
    const place = [p, inFrame % grid.width, Math.floor(inFrame / grid.width), ...frame, labels?.[p]];
    return [...place, ...data.subarray(p * dimensions, (p + 1) * dimensions)];
  });
  return csvText([[...header, ...names], ...rows]);
}

/**
 * Each pixel as one known spectrum or as a mixture of two. More than two would be wrong: a glass, or a common silicate, lies
 * inside the hull of the others and would be taken for a mixture everywhere.
 */
import { memoryLike } from "../../kernels/threads/same-memory.js";
import { type Component, distance, noiseAlong } from "./components.js";
import type { Explanation } from "./explanation.js";
import { EXPLAINED_PIXELS, type PairTable } from "./rows/explain-blocks.js";
import { type PhaseBlocks, runStage } from "./rows/stages.js";
import type { ScaleState } from "./scale-state.js";
import type { Subspace } from "./subspace.js";

/** Explains all pixels. */
export async function explainPixels(
  state: ScaleState,
  components: readonly Component[],
  space: Subspace,
  detail: number,
  blocks: PhaseBlocks,
): Promise<Explanation> {
  const { scores, inside, effective } = state;
  const pixels = inside.length;
  const result = {
    first: new Uint8Array(memoryLike(scores, pixels)),
    second: new Uint8Array(memoryLike(scores, pixels)),
    fraction: new Float32Array(memoryLike(scores, 4 * pixels)),
    misfit: new Float32Array(pixels),
    pure: new Uint8Array(pixels),
  };
  const stage = { scores, inside, effective, table: pairTable(components, space.axes, detail) };
  await runStage(blocks, "explain", stage, Math.ceil(pixels / EXPLAINED_PIXELS), (part, block) => {
    const from = block * EXPLAINED_PIXELS;
    result.first.set(part.first, from);
    result.second.set(part.second, from);
    result.fraction.set(part.fraction, from);
    result.misfit.set(part.misfit, from);
    result.pure.set(part.pure, from);
  });
  return result;
}

function pairTable(components: readonly Component[], axes: number, detail: number): PairTable {
  const k = components.length;
  const scores = new Float64Array(k * axes);
  const gap = new Float64Array(k * k);
  const along = new Float64Array(k * k);
  components.forEach((a, i) => {
    scores.set(a.score, i * axes);
    components.forEach((b, j) => {
      gap[i * k + j] = distance(a.score, b.score);
      along[i * k + j] = Math.max(noiseAlong(a.noise, a.score, b.score), noiseAlong(b.noise, a.score, b.score));
    });
  });
  const mean = Float64Array.from(components, (c) => c.noise.mean);
  const spread = Float64Array.from(components, (c) => c.noise.spread);
  return { k, axes, scores, gap, along, mean, spread, detail };
}

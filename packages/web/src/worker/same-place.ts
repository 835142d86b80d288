/** Labels of one map on the pixels of another of the same file, which may be cropped and joined in another way. */
import type { Analysis, Recipe } from "@sigma-eds/core";
import { gridOf } from "./grid.js";

interface Mapped {
  readonly recipe: Recipe;
  readonly analysis: Analysis;
}

/** First column and row of the file, and how many of its pixels lie along one of the map. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly factor: number;
}

/** Int32 [pixels of `to`]: the label at the middle of each, -1 where the other map does not reach; undefined where the two have not as many frames. */
export function labelsOnMapOf(from: Mapped & { readonly labels: Int32Array }, to: Mapped): Int32Array | undefined {
  const [one, other] = [gridOf(from.analysis.image), gridOf(to.analysis.image)];
  if (one.frames !== other.frames || from.labels.length !== one.width * one.height * one.frames) return undefined;
  const [here, there] = [placeOf(to.recipe), placeOf(from.recipe)];
  const labels = new Int32Array(other.width * other.height * other.frames).fill(-1);
  for (let p = 0; p < labels.length; p++) {
    const row = Math.floor(p / other.width);
    const x = along(p % other.width, here.left, there.left, here.factor, there.factor);
    const y = along(row % other.height, here.top, there.top, here.factor, there.factor);
    if (x < 0 || y < 0 || x >= one.width || y >= one.height) continue;
    const frame = Math.floor(row / other.height);
    labels[p] = from.labels[(frame * one.height + y) * one.width + x]!;
  }
  return labels;
}

function along(at: number, start: number, otherStart: number, factor: number, otherFactor: number): number {
  return Math.floor((start + (at + 0.5) * factor - otherStart) / otherFactor);
}

function placeOf({ steps }: Recipe): Place {
  const crop = steps.find((entry) => entry.step === "crop");
  const bin = steps.find((entry) => entry.step === "bin");
  return { left: crop?.x?.[0] ?? 0, top: crop?.y?.[0] ?? 0, factor: bin?.factor ?? 1 };
}

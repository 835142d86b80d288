/** Rectangles that a crop keeps: around a selection, in pixels of the file, and as a step of the recipe. */
import { type Recipe, type RecipeInput, stages } from "@sigma-eds/core";
import type { Grid, LoadedImage } from "../../worker/engine-protocol.js";
import { parameterOf } from "../recipe-change.js";
import type { ViewSession } from "../view-session.js";

/** First column and row that are kept, and the first that are not any more, as in the step `crop`. */
export interface Area {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

type Size = Pick<Grid, "width" | "height">;

/** The smallest rectangle around the pixels of a set, in any frame; undefined around none. */
export function areaAround(mask: Uint8Array, { width, height }: Size): Area | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] === 0) continue;
    const x = p % width;
    const y = Math.floor(p / width) % height;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return right < 0 ? undefined : { x: [left, right + 1], y: [top, bottom + 1] };
}

/** The pixels of the file behind an area of the map that a recipe gave, which may be cropped and binned itself. */
export function areaInFile({ x, y }: Area, shown: Recipe | undefined, file: Size): Area {
  const factor = Number((shown && parameterOf(shown, "bin", "factor")) ?? 1);
  const before = cropOf(shown, file);
  const range = ([from, to]: Area["x"], [start, end]: Area["x"]): Area["x"] => [
    start + from * factor,
    Math.min(end, start + to * factor),
  ];
  return { x: range(x, before.x), y: range(y, before.y) };
}

/**
 * What the next run keeps of the map that is shown, in its pixels: undefined where that is all of it. The map is cropped and binned itself by `shown`; what the crop has beyond it cannot be seen
 * there.
 */
export function areaKeptNext(shown: Recipe | undefined, next: Recipe, file: Size): Area | undefined {
  const factor = Number((shown && parameterOf(shown, "bin", "factor")) ?? 1);
  const [before, kept] = [cropOf(shown, file), cropOf(next, file)];
  const range = ([from, to]: Area["x"], [start, end]: Area["x"]): Area["x"] => {
    const size = Math.floor((end - start) / factor);
    const within = (at: number): number => Math.min(size, Math.max(0, (at - start) / factor));
    return [within(from), to >= end ? size : within(to)];
  };
  const area = { x: range(kept.x, before.x), y: range(kept.y, before.y) };
  const size = {
    width: Math.floor((before.x[1] - before.x[0]) / factor),
    height: Math.floor((before.y[1] - before.y[0]) / factor),
  };
  return isWhole(area, size) ? undefined : area;
}

/** The same of what a session shows. */
export function keptNext({ image, analysis, recipe }: Pick<ViewSession, "image" | "analysis" | "recipe">): Area | undefined {
  return image && areaKeptNext(analysis?.recipe, recipe, image.grid);
}

/** What a recipe keeps of the map: all of it where it does not crop. */
export function cropOf(recipe: Recipe | undefined, { width, height }: Size): Area {
  const entry = recipe?.steps.find((step) => step.step === "crop");
  const within = (range: Area["x"] | undefined, size: number): Area["x"] => [range?.[0] ?? 0, Math.min(range?.[1] ?? size, size)];
  return { x: within(entry?.x, width), y: within(entry?.y, height) };
}

export function isWhole({ x, y }: Area, { width, height }: Size): boolean {
  return x[0] === 0 && y[0] === 0 && x[1] >= width && y[1] >= height;
}

/** The recipe that keeps an area; undefined: the whole map. Energies that it crops stay cropped. */
export function withCrop(recipe: Recipe, area: Area | undefined): RecipeInput {
  const before = recipe.steps.find((step) => step.step === "crop");
  const { x: _, y: __, ...rest } = before ?? { step: "crop" as const };
  const crop = area === undefined ? rest : { ...rest, x: [...area.x], y: [...area.y] };
  const others = recipe.steps.filter(({ step }) => step !== "crop");
  const later = others.findIndex(({ step }) => (stages as readonly string[]).indexOf(step) > stages.indexOf("crop"));
  const at = later < 0 ? others.length : later;
  const own = Object.keys(crop).length > 1 ? [crop] : [];
  const steps: readonly unknown[] = [...others.slice(0, at), ...own, ...others.slice(at)];
  return { ...recipe, steps: steps as RecipeInput["steps"] };
}

/** Shares of the map and of its counts that an area of the file holds, 0 to 1, over all frames. */
export function sharesOfArea({ x, y }: Area, { grid, countMap }: Pick<LoadedImage, "grid" | "countMap">) {
  let [counts, all] = [0, 0];
  for (let p = 0; p < countMap.length; p++) {
    const [column, row] = [p % grid.width, Math.floor(p / grid.width) % grid.height];
    all += countMap[p]!;
    if (column >= x[0] && column < x[1] && row >= y[0] && row < y[1]) counts += countMap[p]!;
  }
  return {
    pixels: ((x[1] - x[0]) * (y[1] - y[0])) / Math.max(1, grid.width * grid.height),
    counts: counts / Math.max(1, all),
  };
}

/** Float32 [pixels of the area]: counts in the first frame. */
export function countsOfArea({ x, y }: Area, { grid, countMap }: Pick<LoadedImage, "grid" | "countMap">): Float32Array {
  const width = x[1] - x[0];
  return Float32Array.from({ length: width * (y[1] - y[0]) }, (_, p) => {
    const [column, row] = [x[0] + (p % width), y[0] + Math.floor(p / width)];
    return countMap[row * grid.width + column] ?? 0;
  });
}

/** `x 10 to 29, y 5 to 19`, as the status line counts them. */
export function areaWords({ x, y }: Area): string {
  return `x ${x[0]} to ${x[1] - 1}, y ${y[0]} to ${y[1] - 1}`;
}

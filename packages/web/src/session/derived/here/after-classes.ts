/** What is done with classes that are there: the steps `stability`, `statistics` and `upscale`. */
import { countOf, formatCount, formatNumber, formatPercent, type RecipeStep, steps } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import { type Ground, pixelsOf } from "./ground.js";
import type { EntryOf, Tellers } from "./teller.js";
import { distanceWords, meanCounts, pixelsWords, secondsWords, shareWords } from "./words.js";

type Stability = Ground<EntryOf<"stability">>;

export const stability: Tellers<EntryOf<"stability">> = {
  runs(value, ground) {
    const { measured } = ground;
    const before = measured?.entry.step === "stability" ? measured.entry.runs : undefined;
    const classes = countOf(classesOf(ground), "class", "classes");
    const words = `${classes} are found ${formatCount(value)} times again`;
    if (measured === undefined || before === undefined) return `${words}${makersWords(ground.recipe.steps)}.`;
    return `${words}, about ${secondsWords((measured.seconds / before) * value)} here.`;
  },
  resample(value, { basis }) {
    const counts = meanCounts(basis);
    const words = {
      thinning: `A pixel of ${formatNumber(counts)} counts has about ${formatNumber(counts / 2)} in each run.`,
      bootstrap: `A pixel of ${formatNumber(counts)} counts varies by ${formatNumber(Math.sqrt(counts), 2)} from run to run.`,
      none: `Every run sees the same ${formatNumber(counts)} counts a pixel.`,
    };
    return words[value];
  },
};

function classesOf({ input, result }: Stability): number {
  return (input ?? result)?.classes.length ?? 0;
}

/** `, by “Find phases”` */
function makersWords(entries: readonly RecipeStep[]): string {
  const maker = entries.findLast(({ step }) => step === "find-phases" || step === "cluster");
  return maker === undefined ? "" : `, by “${steps[maker.step].title}”`;
}

type Statistics = Ground<EntryOf<"statistics">>;

export const statistics: Tellers<EntryOf<"statistics">> = {
  connectivity: (value, ground) => grainsWords(ground) ?? `A pixel touches ${formatCount(value)} others.`,
  minimumPixels: (value, { basis }) =>
    `${pixelsWords(value, basis)}, as wide as a disk of ${distanceWords(2 * Math.sqrt(value / Math.PI), basis)}.`,
  excludeEdge(value, { basis: { grid }, result, input }) {
    const labels = (result ?? input)?.labels;
    const edge = 2 * (grid.width + grid.height) - 4;
    const words = `${formatCount(edge)} pixels are at the edge of ${formatCount(grid.width)} × ${formatCount(grid.height)}`;
    const inClass = labels === undefined ? undefined : edgePixels(labels, grid).filter((p) => labels[p]! >= 0).length;
    return `${words}${inClass === undefined ? "" : `, ${formatCount(inClass)} of them in a class`}${value ? "; their grains are left out" : ""}.`;
  },
  soft(value, { result, input }) {
    const analysis = result ?? input;
    const sums = analysis?.membership === undefined ? undefined : softShare(analysis);
    if (sums === undefined) return value ? "Needs probabilities of the step before." : "Each pixel counts in its class alone.";
    return `“${sums.name}” is ${formatPercent(sums.hard)} of the map by its pixels, ${formatPercent(sums.soft)} by probability.`;
  },
  softThreshold(value, { result, input, basis, entry }) {
    const membership = (result ?? input)?.membership;
    if (!entry.soft) return "Without effect: pixels count as given, not by probability.";
    if (membership === undefined) return `From ${formatNumber(value)} on.`;
    return `${shareWords(surePixels(membership, value), basis)} take part.`;
  },
};

function grainsWords({ result }: Statistics): string | undefined {
  const grains = result?.statistics?.grains.grains.length;
  return grains === undefined ? undefined : `Gave ${countOf(grains, "grain")}.`;
}

function edgePixels(labels: Int32Array, { width, height }: { readonly width: number; readonly height: number }): number[] {
  const edge: number[] = [];
  for (let p = 0; p < labels.length; p++) {
    const [x, y] = [p % width, Math.floor(p / width) % height];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edge.push(p);
  }
  return edge;
}

/** Of the largest class: its share by pixels and by probability. */
function softShare({ classes, membership, labels }: AnalysisSnapshot) {
  const [largest] = classes.toSorted((a, b) => b.pixels - a.pixels);
  if (largest === undefined || membership === undefined || labels === undefined) return undefined;
  const column = classes.toSorted((a, b) => a.id - b.id).indexOf(largest);
  let sum = 0;
  for (let p = column; p < membership.data.length; p += membership.classes) sum += membership.data[p]!;
  return { name: largest.name, hard: largest.pixels / labels.length, soft: sum / labels.length };
}

function surePixels({ classes, data }: NonNullable<AnalysisSnapshot["membership"]>, least: number): number {
  let count = 0;
  for (let p = 0; p < data.length; p += classes) {
    let most = 0;
    for (let c = p; c < p + classes; c++) most = Math.max(most, data[c]!);
    if (most > 0 && most >= least) count += 1;
  }
  return count;
}

export const upscale: Tellers<EntryOf<"upscale">> = {
  image(value, { basis }) {
    const picture = basis.images.find(({ name }) => name === value);
    if (picture === undefined) {
      const others = basis.images.map(({ name }) => `“${name}”`).join(", ");
      return others === "" ? "The file has no picture." : `The file has no picture “${value}”; it has ${others}.`;
    }
    return `${formatCount(picture.width)} × ${formatCount(picture.height)} pixels, ${formatNumber(picture.width / basis.grid.width)} for each of the map along x.`;
  },
  method(value, { basis, entry, input }) {
    const picture = basis.images.find(({ name }) => name === entry.image);
    const zoom = picture === undefined ? undefined : picture.width / basis.grid.width;
    const words = `A pixel of the map is ${zoom === undefined ? "some pixels" : zoom === 1 ? "1 pixel" : `${formatNumber(zoom)} pixels`} wide in the picture`;
    if (value === "nearest") return `${words}: borders are steps of it, in ${formatCount(pixelsOf(basis))} pixels.`;
    return `${words}; borders run within, ${input?.membership === undefined ? "by the class alone" : "by the probabilities"}.`;
  },
};

/** Two results beside each other: which class is which, where they disagree, and what was done differently. */
import { ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import { adjustedRandIndex } from "./adjusted-rand-index.js";
import { largestAssignment } from "./assignment.js";
import { contingency } from "./contingency.js";
import { cosineSimilarity } from "./similarity.js";

export interface ComparedResult {
  /** Int32 [pixels], -1 for unassigned. */
  readonly labels: Int32Array;
  readonly shape: readonly number[];
  readonly classes: readonly { readonly id: number; readonly name: string; readonly areaFraction: number }[];
  /** Mean spectrum of each class, in the order of `classes`; may be empty. */
  readonly spectra: readonly Float64Array[];
  readonly recipe: unknown;
}

export interface MatchedClass {
  readonly first: number;
  readonly second: number;
  /** Pixels in both; undefined for two fields. */
  readonly pixels: number | undefined;
  /** Pixels in both over pixels in either (Jaccard 1901); undefined for two fields. */
  readonly overlap: number | undefined;
  /** Cosine of the two spectra; undefined where there are none on one energy axis. */
  readonly similarity: number | undefined;
  readonly areaFirst: number;
  readonly areaSecond: number;
}

export interface Comparison {
  /** `pixels`: one field, classes matched by common pixels; `spectra`: two fields, matched by their spectra. */
  readonly by: "pixels" | "spectra";
  readonly matched: readonly MatchedClass[];
  /** Ids without a partner. */
  readonly onlyFirst: readonly number[];
  readonly onlySecond: readonly number[];
  /** Pixels in common: rows are ids 0 ... of the first, columns of the second, the last of each unassigned; undefined for two fields. */
  readonly confusion: Matrix | undefined;
  readonly adjustedRandIndex: number | undefined;
  /** Uint8 [pixels]: 1 where a pixel went to another class than its own's partner; undefined for two fields. */
  readonly changed: Uint8Array | undefined;
  readonly changedShare: number | undefined;
  readonly recipe: readonly RecipeDifference[];
}

export interface RecipeDifference {
  /** `steps.2.nNeighbors` */
  readonly path: string;
  readonly first: unknown;
  readonly second: unknown;
}

/** Spectra less alike than this are not of one class. */
const LEAST_SIMILARITY = 0.9;

/** Compares two results. Throws {@link ShapeError} where a result has not one label per pixel. */
export function compareResults(first: ComparedResult, second: ComparedResult): Comparison {
  for (const { labels, shape } of [first, second]) {
    const pixels = shape.reduce((product, size) => product * size, 1);
    if (labels.length !== pixels) {
      throw new ShapeError("There must be one label per pixel.", { found: String(labels.length), expected: String(pixels) });
    }
  }
  const isOneField = first.shape.length === second.shape.length && first.shape.every((size, axis) => size === second.shape[axis]);
  const recipe = differences(first.recipe, second.recipe);
  return isOneField ? { ...byPixels(first, second), recipe } : { ...bySpectra(first, second), recipe };
}

function byPixels(first: ComparedResult, second: ComparedResult): Omit<Comparison, "recipe"> {
  const confusion = contingency(first.labels, second.labels);
  const { columns, data } = confusion;
  const weights = matrix(confusion.rows - 1, columns - 1);
  for (let a = 0; a < weights.rows; a++)
    for (let b = 0; b < weights.columns; b++) weights.data[a * weights.columns + b] = data[a * columns + b]!;
  const partner =
    weights.rows === 0 || weights.columns === 0 ? new Int32Array(weights.rows).fill(-1) : largestAssignment(weights);
  const rowTotal = (a: number) => data.subarray(a * columns, (a + 1) * columns).reduce((sum, value) => sum + value, 0);
  const columnTotal = (b: number) => {
    let sum = 0;
    for (let a = 0; a < confusion.rows; a++) sum += data[a * columns + b]!;
    return sum;
  };
  const matched = first.classes.flatMap(({ id }): MatchedClass | [] => {
    const other = partner[id] ?? -1;
    const pixels = other < 0 ? 0 : data[id * columns + other]!;
    if (pixels === 0) return [];
    const overlap = pixels / (rowTotal(id) + columnTotal(other) - pixels);
    return { ...pairOf(first, second, id, other), pixels, overlap };
  });
  const partnerOf = new Map(matched.map((pair) => [pair.first, pair.second]));
  const changed = Uint8Array.from(first.labels, (label, p) => ((partnerOf.get(label) ?? -1) === second.labels[p] ? 0 : 1));
  return {
    by: "pixels",
    matched,
    ...unmatched(first, second, matched),
    confusion,
    adjustedRandIndex: adjustedRandIndex(first.labels, second.labels),
    changed,
    changedShare: changed.reduce((sum, value) => sum + value, 0) / Math.max(1, changed.length),
  };
}

function bySpectra(first: ComparedResult, second: ComparedResult): Omit<Comparison, "recipe"> {
  const weights = matrix(first.spectra.length, second.spectra.length);
  first.spectra.forEach((a, i) => {
    second.spectra.forEach((b, j) => {
      weights.data[i * weights.columns + j] = a.length === b.length ? cosineSimilarity(a, b) : 0;
    });
  });
  const partner = weights.data.length === 0 ? new Int32Array(weights.rows).fill(-1) : largestAssignment(weights);
  const matched = [...partner].flatMap((j, i): MatchedClass | [] => {
    if (j < 0 || weights.data[i * weights.columns + j]! < LEAST_SIMILARITY) return [];
    return { ...pairOf(first, second, first.classes[i]!.id, second.classes[j]!.id), pixels: undefined, overlap: undefined };
  });
  return {
    by: "spectra",
    matched,
    ...unmatched(first, second, matched),
    confusion: undefined,
    adjustedRandIndex: undefined,
    changed: undefined,
    changedShare: undefined,
  };
}

function pairOf(first: ComparedResult, second: ComparedResult, a: number, b: number) {
  const [i, j] = [first.classes.findIndex(({ id }) => id === a), second.classes.findIndex(({ id }) => id === b)];
  const [one, other] = [first.spectra[i], second.spectra[j]];
  return {
    first: a,
    second: b,
    similarity:
      one === undefined || other === undefined || one.length !== other.length ? undefined : cosineSimilarity(one, other),
    areaFirst: first.classes[i]?.areaFraction ?? 0,
    areaSecond: second.classes[j]?.areaFraction ?? 0,
  };
}

function unmatched(first: ComparedResult, second: ComparedResult, matched: readonly MatchedClass[]) {
  return {
    onlyFirst: first.classes.map(({ id }) => id).filter((id) => !matched.some((pair) => pair.first === id)),
    onlySecond: second.classes.map(({ id }) => id).filter((id) => !matched.some((pair) => pair.second === id)),
  };
}

/** Every path at which two JSON documents differ, in the order of the first; what one lacks is undefined. */
export function differences(first: unknown, second: unknown, path = ""): RecipeDifference[] {
  if (isTree(first) && isTree(second)) {
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return keys.flatMap((key) =>
      differences(
        (first as Record<string, unknown>)[key],
        (second as Record<string, unknown>)[key],
        path === "" ? key : `${path}.${key}`,
      ),
    );
  }
  return JSON.stringify(first) === JSON.stringify(second) ? [] : [{ path, first, second }];
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

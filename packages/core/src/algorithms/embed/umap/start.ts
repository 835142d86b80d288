/**
 * Where the points stand before the layout begins: on the smoothest functions of the graph (spectral), on the principal components, or
 * anywhere. A graph in several parts is started part by part, as umap-learn does it: few parts on the axes, many around the
 * principal components of their centroids (umap-learn: a spectral embedding of them), each part spectral in itself.
 */
import { type Matrix, matrix } from "../../../kernels/matrix.js";
import type { RandomStream } from "../../../kernels/random.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import { principalAxes, scoresAlong } from "../principal-axes.js";
import { componentGraph, connectedComponents } from "./components.js";
import type { FuzzyGraph } from "./fuzzy-graph.js";
import { type EigenvectorLimits, graphEigenvectors } from "./graph-eigenvectors.js";

export const starts = ["spectral", "pca", "random"] as const;
export type Start = (typeof starts)[number];

const EXTENT = 10;
const NOISE = 1e-4;
const TOLERANCE = 1e-4;
/** Work for the eigenvectors, in entries of the graph times products; a start need not be exact. */
const MOST_WORK = 1.5e8;

function limitsFor({ column }: FuzzyGraph): EigenvectorLimits {
  return { tolerance: TOLERANCE, mostProducts: Math.min(Math.max(Math.floor(MOST_WORK / column.length), 60), 1000) };
}

/** Float32 [rows x dimensions], each dimension from 0 to 10. */
export async function startPositions(
  kind: Start,
  features: Matrix<Float32Array>,
  graph: FuzzyGraph,
  dimensions: number,
  random: RandomStream,
  context: WorkContext,
): Promise<Float32Array> {
  if (kind === "random") {
    const positions = Float64Array.from({ length: features.rows * dimensions }, () => random.uniform());
    return filled(positions, dimensions);
  }
  const raw =
    kind === "pca"
      ? await componentScores(features, dimensions, context)
      : await spectralPositions(features, graph, dimensions, random, context);
  const largest = raw.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const expansion = largest > 0 ? EXTENT / largest : 1;
  return filled(
    raw.data.map((value) => value * expansion + NOISE * random.normal()),
    dimensions,
  );
}

/** Stretches each dimension to 0 ... 10. */
function filled(positions: Float64Array, dimensions: number): Float32Array {
  const result = new Float32Array(positions.length);
  for (let d = 0; d < dimensions; d++) {
    let least = Infinity;
    let most = -Infinity;
    for (let i = d; i < positions.length; i += dimensions) {
      least = Math.min(least, positions[i]!);
      most = Math.max(most, positions[i]!);
    }
    const scale = most > least ? EXTENT / (most - least) : 0;
    for (let i = d; i < positions.length; i += dimensions) result[i] = (positions[i]! - least) * scale;
  }
  return result;
}

/** Principal components, with columns of zeros where there are fewer than dimensions. */
async function componentScores(
  features: Matrix<Float32Array> | Matrix,
  dimensions: number,
  context: WorkContext,
): Promise<Matrix> {
  const count = Math.min(dimensions, features.columns);
  const scores = scoresAlong(await principalAxes(features, context), features, count);
  const wide = matrix(features.rows, dimensions);
  for (let row = 0; row < features.rows; row++) {
    wide.data.set(scores.data.subarray(row * count, (row + 1) * count), row * dimensions);
  }
  return wide;
}

async function spectralPositions(
  features: Matrix<Float32Array>,
  graph: FuzzyGraph,
  dimensions: number,
  random: RandomStream,
  context: WorkContext,
): Promise<Matrix> {
  const { count, label } = connectedComponents(graph);
  if (count === 1 && graph.vertices > dimensions + 1) {
    return (await graphEigenvectors(graph, dimensions, random, limitsFor(graph), context)).vectors;
  }
  const places = await componentPlaces(features, count, label, dimensions, { signal: context.signal });
  const members = membersOf(count, label);
  const positions = matrix(graph.vertices, dimensions);
  for (let part = 0; part < count; part++) {
    context.onProgress?.(part / count);
    const radius = nearestDistance(places, part) / 2;
    const own = members[part]!;
    const inside = await positionsInside(graph, own, dimensions, radius, random, {
      signal: context.signal,
      threads: context.threads,
    });
    own.forEach((vertex, i) => {
      for (let d = 0; d < dimensions; d++) {
        positions.data[vertex * dimensions + d] = places.data[part * dimensions + d]! + inside[i * dimensions + d]!;
      }
    });
  }
  return positions;
}

/** Positions of one part around the origin, none farther than `radius` along any dimension. */
async function positionsInside(
  graph: FuzzyGraph,
  members: Int32Array,
  dimensions: number,
  radius: number,
  random: RandomStream,
  context: WorkContext,
): Promise<Float64Array> {
  if (members.length < 2 * dimensions || members.length <= dimensions + 1) {
    return Float64Array.from({ length: members.length * dimensions }, () => radius * (2 * random.uniform() - 1));
  }
  const own = componentGraph(graph, members);
  const { vectors } = await graphEigenvectors(own, dimensions, random, limitsFor(own), context);
  const largest = vectors.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return vectors.data.map((value) => (value * radius) / largest);
}

/** A place for each part: up to twice as many as dimensions on the axes, else the principal components of the centroids within -1 ... 1. */
async function componentPlaces(
  features: Matrix<Float32Array>,
  count: number,
  label: Int32Array,
  dimensions: number,
  context: WorkContext,
): Promise<Matrix> {
  if (count <= 2 * dimensions) {
    const half = Math.ceil(count / 2);
    const places = matrix(count, dimensions);
    for (let part = 0; part < count; part++) places.data[part * dimensions + (part % half)] = part < half ? 1 : -1;
    return places;
  }
  const scores = await componentScores(centroids(features, count, label), dimensions, context);
  const largest = scores.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return matrix(
    count,
    dimensions,
    scores.data.map((value) => (largest > 0 ? value / largest : 0)),
  );
}

function centroids({ columns, data }: Matrix<Float32Array>, count: number, label: Int32Array): Matrix {
  const means = matrix(count, columns);
  const sizes = new Int32Array(count);
  label.forEach((part, row) => {
    sizes[part]! += 1;
    for (let c = 0; c < columns; c++) means.data[part * columns + c]! += data[row * columns + c]!;
  });
  for (let i = 0; i < means.data.length; i++) means.data[i]! /= sizes[Math.floor(i / columns)]!;
  return means;
}

function membersOf(count: number, label: Int32Array): Int32Array[] {
  const sizes = new Int32Array(count);
  label.forEach((part) => {
    sizes[part]! += 1;
  });
  const members = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  label.forEach((part, vertex) => {
    members[part]![sizes[part]!] = vertex;
    sizes[part]! += 1;
  });
  return members;
}

/** Distance from a place to the nearest other that is not at the same spot; 1 when there is none. */
function nearestDistance({ rows, columns, data }: Matrix, part: number): number {
  let nearest = Infinity;
  for (let other = 0; other < rows; other++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const difference = data[part * columns + c]! - data[other * columns + c]!;
      sum += difference * difference;
    }
    if (sum > 0 && sum < nearest) nearest = sum;
  }
  return nearest < Infinity ? Math.sqrt(nearest) : 1;
}

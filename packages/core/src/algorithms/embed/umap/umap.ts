import type { Matrix } from "../../../kernels/matrix.js";
import { type RandomStream, randomStream } from "../../../kernels/random.js";
import { breather, partOf, type SeededContext } from "../../../spectrum-image/context.js";
import type { Finding } from "../../../spectrum-image/spectrum-image.js";
import type { Watcher } from "../../../spectrum-image/watcher.js";
import type { Algorithm } from "../../algorithm.js";
import { requireParameter } from "../../parameters.js";
import { type Embedding, type EmbeddingInput, latentOfAll, usedFeatures } from "../embedding.js";
import { connectedComponents } from "./components.js";
import { fitSimilarityCurve, type SimilarityCurve } from "./curve.js";
import { type FuzzyGraph, fuzzyGraph, largestWeight, withoutWeakEdges } from "./fuzzy-graph.js";
import { optimiseLayout } from "./layout.js";
import { neighboursOf, searchFor } from "./neighbour-search.js";
import { type UmapParameters, umapParameters } from "./parameters.js";
import { placeOthers, rowsOf } from "./place-others.js";
import { startPositions } from "./start.js";

/** What the layout was made from. */
export interface GraphFacts {
  /** Neighbours that were used, the pixel itself included; fewer than asked for where there are few pixels. */
  readonly nNeighbors: number;
  /** Pairs of joined pixels. */
  readonly edges: number;
  /** Parts of the graph between which there is no edge; their distances in the picture mean nothing. */
  readonly components: number;
  readonly curve: SimilarityCurve;
  readonly epochs: number;
}

export interface UmapResult extends Embedding {
  readonly graph: GraphFacts;
}

/** What the method may be given besides: who looks at the layout while it grows. */
export interface UmapContext extends SeededContext {
  readonly onLayout?: Watcher<Matrix<Float32Array>> | undefined;
}

const EPOCHS_OF_FEW = 500;
const EPOCHS_OF_MANY = 200;
const FEW = 10_000;
/** Neighbours among which a pixel is placed that took no part in the layout. */
const PLACING_NEIGHBOURS = 5;

/**
 * UMAP: a picture in which pixels with alike features lie together. Graph and curve as in umap-learn 0.5, neighbours exact up to 50,000 pixels; the layout
 * in another order of moves, with the same quality (docs/methods/umap.md). The same input, parameters and seed give the same bits
 * everywhere.
 *
 * Throws ShapeError for a mask of another size, DataCheckError for no pixels or values that are not finite, and ParameterError where
 * `minDist` is above `spread`.
 */
export const umap: Algorithm<typeof umapParameters, EmbeddingInput, UmapResult> = {
  id: "umap",
  name: "UMAP",
  summary: "Lays the pixels out so that those with alike features lie together; distances between groups mean little.",
  reference: "McInnes, Healy and Melville 2018, doi:10.48550/arXiv.1802.03426",
  parameters: umapParameters,
  async run(input, parameters, context: UmapContext) {
    requireParameter(parameters.minDist <= parameters.spread, "minDist", "The smallest distance is above the spread.", {
      where: "umap",
      found: parameters.minDist,
      expected: `at most ${parameters.spread}`,
    });
    const used = usedFeatures(input);
    const { onLayout } = context;
    const watch: Watcher<Matrix<Float32Array>> | undefined =
      onLayout && ((look) => onLayout(() => latentOfAll(used, look(), input.features.rows)));
    const { fitPixels } = parameters;
    const isSampled = fitPixels !== null && used.features.rows > fitPixels;
    const { latent, graph, findings } = isSampled
      ? await embeddedByPart(used.features, fitPixels, parameters, context)
      : await embedded(used.features, parameters, { ...context, onLayout: watch });
    return { latent: latentOfAll(used, latent, input.features.rows), graph, findings };
  },
};

/** Lays out `fitPixels` of the rows, drawn evenly from all, and places the others among them. */
async function embeddedByPart(
  features: Matrix<Float32Array>,
  fitPixels: number,
  parameters: UmapParameters,
  context: SeededContext,
): Promise<UmapResult> {
  const rows = evenlyDrawn(features.rows, fitPixels, randomStream(context.seed, "umap-sample"));
  const part = await embedded(rowsOf(features, rows), parameters, { ...partOf(context, 0, 0.8), onLayout: undefined });
  const placing = {
    k: Math.min(PLACING_NEIGHBOURS, part.graph.nNeighbors - 1),
    metric: parameters.metric,
    localConnectivity: parameters.localConnectivity,
    isQuick: searchFor(features.rows, parameters) === "quick",
  };
  const latent = await placeOthers(features, { rows, positions: part.latent }, placing, partOf(context, 0.8, 1));
  const finding: Finding = {
    severity: "info",
    code: "laid-out-in-part",
    message: `The picture was laid out from ${rows.length} of ${features.rows} pixels; the others were placed among their neighbours in it.`,
  };
  return { ...part, latent, findings: [...part.findings, finding] };
}

/** As many rows of all: one drawn from each of as many equal runs of rows. */
function evenlyDrawn(all: number, wanted: number, random: RandomStream): Int32Array {
  return Int32Array.from({ length: wanted }, (_, i) => Math.floor(((i + random.uniform()) * all) / wanted));
}

async function embedded(features: Matrix<Float32Array>, parameters: UmapParameters, context: UmapContext): Promise<UmapResult> {
  const pause = breather(context);
  const { rows } = features;
  const { nComponents, setOpMixRatio, localConnectivity } = parameters;
  const curve = fitSimilarityCurve(parameters.minDist, parameters.spread);
  const usualEpochs = rows <= FEW ? EPOCHS_OF_FEW : EPOCHS_OF_MANY;
  const epochs = parameters.nEpochs ?? usualEpochs;
  if (rows === 1) {
    context.onProgress?.(1);
    const latent = { rows, columns: nComponents, data: new Float32Array(nComponents) };
    return { latent, graph: { nNeighbors: 1, edges: 0, components: 1, curve, epochs: 0 }, findings: [onePixel] };
  }
  const nNeighbors = rows > parameters.nNeighbors ? parameters.nNeighbors : Math.max(rows - 1, 2);
  const neighbours = await neighboursOf(features, nNeighbors - 1, parameters, partOf(context, 0, 0.3));
  const whole = await fuzzyGraph(neighbours, setOpMixRatio, localConnectivity, context);
  await pause();
  const graph = withoutWeakEdges(whole, largestWeight(whole) / (epochs > 10 ? epochs : usualEpochs));
  await pause();
  const random = randomStream(context.seed, "umap-start");
  const positions = await startPositions(parameters.init, features, graph, nComponents, random, partOf(context, 0.3, 0.4));
  await pause();
  const options = { ...parameters, dimensions: nComponents, epochs, curve };
  const { onLayout } = context;
  const onPositions: Watcher<Float32Array> | undefined =
    onLayout && ((look) => onLayout(() => ({ rows, columns: nComponents, data: look() })));
  const laying = { ...partOf(context, 0.4, 1), onPositions };
  await optimiseLayout(positions, graph, options, laying);
  const components = connectedComponents(graph).count;
  return {
    latent: { rows, columns: nComponents, data: positions },
    graph: { nNeighbors, edges: edgesOf(graph), components, curve, epochs },
    findings: findingsAbout(parameters.nNeighbors, nNeighbors, components),
  };
}

function edgesOf({ column }: FuzzyGraph): number {
  return column.length / 2;
}

const onePixel: Finding = {
  severity: "warning",
  code: "one-pixel",
  message: "There is only one pixel to lay out, so the picture is a single point.",
};

function findingsAbout(asked: number, nNeighbors: number, components: number): Finding[] {
  const findings: Finding[] = [];
  if (nNeighbors < asked) {
    findings.push({
      severity: "warning",
      code: "fewer-neighbours",
      message: `There are too few pixels for neighbourhoods of ${asked}; ${nNeighbors} were used.`,
    });
  }
  if (components > 1) {
    findings.push({
      severity: "info",
      code: "graph-in-parts",
      message: `The pixels fall into ${components} parts without common neighbours; how far apart the parts lie in the picture means nothing.`,
    });
  }
  return findings;
}

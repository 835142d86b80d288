/** Each kernel against its reference in plain TypeScript, on the same data, with the same result. */
import { kernelRounds } from "../packages/core/dist/algorithms/cluster/hdbscan/spanning-tree/kernel-rounds.js";
import { referenceRounds } from "../packages/core/dist/algorithms/cluster/hdbscan/spanning-tree/reference-rounds.js";
import { intoRounds, separatePoints } from "../packages/core/dist/algorithms/cluster/hdbscan/spanning-tree/tree-rounds.js";
import { maximisation, preparedMixture } from "../packages/core/dist/algorithms/cluster/mixture-model.js";
import { kernelPass } from "../packages/core/dist/algorithms/cluster/mixture-pass/kernel-pass.js";
import { SECTION, sectionMoments } from "../packages/core/dist/algorithms/cluster/mixture-pass/mixture-pass.js";
import { referencePass } from "../packages/core/dist/algorithms/cluster/mixture-pass/reference-pass.js";
import { kernelCentres } from "../packages/core/dist/algorithms/cluster/nearest-centres/kernel-centres.js";
import { referenceCentres } from "../packages/core/dist/algorithms/cluster/nearest-centres/reference-centres.js";
import { adam } from "../packages/core/dist/algorithms/embed/autoencoder/adam.js";
import { tensorShapes } from "../packages/core/dist/algorithms/embed/autoencoder/architecture.js";
import { referenceArithmetic } from "../packages/core/dist/algorithms/embed/autoencoder/arithmetic.js";
import { sendBack } from "../packages/core/dist/algorithms/embed/autoencoder/batch-gradients.js";
import { kernelArithmetic, quickestArithmetic } from "../packages/core/dist/algorithms/embed/autoencoder/kernel-arithmetic.js";
import { rowsOf, turned } from "../packages/core/dist/algorithms/embed/autoencoder/matrix-product.js";
import { ALONE, allOf } from "../packages/core/dist/algorithms/embed/autoencoder/member.js";
import { buildNetwork } from "../packages/core/dist/algorithms/embed/autoencoder/network.js";
import { allocateWeights, drawWeights } from "../packages/core/dist/algorithms/embed/autoencoder/weights.js";
import { fitSimilarityCurve } from "../packages/core/dist/algorithms/embed/umap/curve.js";
import { fuzzyGraph } from "../packages/core/dist/algorithms/embed/umap/fuzzy-graph.js";
import { quickestGraphProduct, referenceProduct } from "../packages/core/dist/algorithms/embed/umap/graph-product.js";
import { layoutState } from "../packages/core/dist/algorithms/embed/umap/layout.js";
import { layoutEdges } from "../packages/core/dist/algorithms/embed/umap/layout-edges.js";
import { kernelMoves } from "../packages/core/dist/algorithms/embed/umap/layout-kernel.js";
import { referenceMoves } from "../packages/core/dist/algorithms/embed/umap/layout-moves.js";
import { layoutOrder, ROUNDS } from "../packages/core/dist/algorithms/embed/umap/layout-order.js";
import { pairProgram, referencePairs } from "../packages/core/dist/algorithms/find-phases/rows/pair-programs.js";
import { referenceRows, rowProgram } from "../packages/core/dist/algorithms/find-phases/rows/row-programs.js";
import { rowSizes, rowSmoother } from "../packages/core/dist/algorithms/find-phases/rows/row-smoother.js";
import { referenceScores, scoreProgram } from "../packages/core/dist/algorithms/find-phases/rows/score-programs.js";
import { pairedSize, referenceShares, shareProgram } from "../packages/core/dist/algorithms/find-phases/rows/share-programs.js";
import { referenceSquares, squareProgram } from "../packages/core/dist/algorithms/find-phases/rows/square-programs.js";
import { gaussianKernel } from "../packages/core/dist/algorithms/find-phases/smoothing.js";
import { kernelLikelihood } from "../packages/core/dist/algorithms/unmix/pixel-likelihood/kernel-likelihood.js";
import { referenceLikelihood } from "../packages/core/dist/algorithms/unmix/pixel-likelihood/reference-likelihood.js";
import { poissonSolver } from "../packages/core/dist/algorithms/unmix/poisson-abundances.js";
import { spectraRows } from "../packages/core/dist/algorithms/unmix/spectra-rows.js";
import { kernelProducts } from "../packages/core/dist/algorithms/unmix/thin-products/kernel-products.js";
import { referenceProducts } from "../packages/core/dist/algorithms/unmix/thin-products/reference-products.js";
import { BATCH_ROWS } from "../packages/core/dist/algorithms/unmix/thin-products/thin-products.js";
import { ByteWindow } from "../packages/core/dist/formats/bcf/byte-window.js";
import { LineReader, PIXEL_HEADER } from "../packages/core/dist/formats/bcf/pixel-stream.js";
import { pulseKernel } from "../packages/core/dist/formats/bcf/pulse-kernel.js";
import { bytesOf12 } from "../packages/core/dist/formats/bcf/unpack-pixel.js";
import { CountBlockBuilder } from "../packages/core/dist/formats/count-block-builder.js";
import { foreignKernel } from "../packages/core/dist/kernels/nearest-neighbours/foreign-kernel.js";
import { rowsByLeaf } from "../packages/core/dist/kernels/nearest-neighbours/foreign-neighbours.js";
import { foreignSearch } from "../packages/core/dist/kernels/nearest-neighbours/foreign-search.js";
import { kdTree } from "../packages/core/dist/kernels/nearest-neighbours/kd-tree.js";
import { leafKernel } from "../packages/core/dist/kernels/nearest-neighbours/leaf-kernel.js";
import { LEAF_POINTS } from "../packages/core/dist/kernels/nearest-neighbours/leaf-layout.js";
import { intoTable, leafSearch } from "../packages/core/dist/kernels/nearest-neighbours/leaf-search.js";
import { nearestNeighbours } from "../packages/core/dist/kernels/nearest-neighbours/nearest-neighbours.js";
import { kernelForeign } from "../packages/core/dist/kernels/nearest-neighbours/quick/kernel-foreign.js";
import {
  doStages,
  neighbourPositions,
  placedGraph,
} from "../packages/core/dist/kernels/nearest-neighbours/quick/quick-neighbours.js";
import { referenceForeign } from "../packages/core/dist/kernels/nearest-neighbours/quick/reference-foreign.js";
import { referenceGraph } from "../packages/core/dist/kernels/nearest-neighbours/quick/reference-graph.js";
import { searchAll } from "../packages/core/dist/kernels/nearest-neighbours/search-all.js";
import { randomStream } from "../packages/core/dist/kernels/random.js";
import { storedCounts } from "../packages/core/dist/spectrum-image/counts.js";
import { clouds } from "./data.mjs";

/** What is compared: `prepare` gives `{ reference, kernel }`, two functions that do the same work. */
export const kernelBenches = [
  { name: "UMAP layout, 20,000 points, 5 epochs", prepare: prepareLayout },
  { name: "product of matrices, 64 x 512 by 512 x 256, 20 times", prepare: prepareProduct },
  { name: "autoencoder 512-256-128-2, 5 steps with 64 pixels", prepare: prepareNetwork },
  { name: "layer normalisation and leaky ReLU, 64 x 512, both ways, 20 times", prepare: prepareLayers },
  { name: "Adam, 300,000 weights, 10 steps", prepare: prepareAdam },
  { name: "polynomial of degree 21 of a graph of 20,000 vertices, 6 vectors", prepare: prepareGraphProduct },
  { name: "10,000 sparse spectra times 2,048 x 34, there and back", prepare: () => prepareThinProducts(34) },
  { name: "10,000 sparse spectra times 2,048 x 6, there and back", prepare: () => prepareThinProducts(6) },
  { name: "one step of descent for 10,000 rows of 6, in a pass of NMF", prepare: () => prepareDescent(6) },
  { name: "abundances of 6 spectra in 2,000 pixels, most likely", prepare: prepareAbundances },
  { name: "200 x 40 spectra of 110 bins smoothed by 2 pixels, and their misfits to 8", prepare: prepareRows },
  { name: "one or two of 8 spectra for 20,000 pixels, 16 axes", prepare: preparePairs },
  { name: "shares of 3 spectra in 256 pixels of 80 bins, 100 times", prepare: prepareShares },
  { name: "covariance of 110 bins, 400 spectra", prepare: prepareSquares },
  { name: "300 x 10 sparse spectra along 16 axes, smoothed by 1 pixel", prepare: prepareScores },
  { name: "mixture of 50 Gaussians, expectation and moments, 20,000 x 2", prepare: () => prepareMixture(2) },
  { name: "mixture of 50 Gaussians, expectation and moments, 20,000 x 6", prepare: () => prepareMixture(6) },
  {
    name: "nearest of 50 centres, 20,000 x 2",
    prepare: () => prepareCentres((nearest, centres) => nearest.assign(centres, 0, 20_000)),
  },
  { name: "chances of 50 seeds for k-means, 20,000 x 2", prepare: () => prepareCentres((nearest) => fiftyPotentials(nearest)) },
  { name: "3,000 pixels of a .bcf unpacked, 180 pulses of 12 bits each, 2,048 channels", prepare: preparePulses },
  // As it is done: a file is read once, by a process that has just begun. The kernel's own compilation counts.
  { name: "51,000 such pixels, the first in a process", prepare: preparePulses, first: 17 },
  { name: "rounds of HDBSCAN's spanning tree, 20,000 x 2", prepare: () => prepareSpanningTree(2) },
  { name: "rounds of HDBSCAN's spanning tree, 20,000 x 6", prepare: () => prepareSpanningTree(6) },
  { name: "14 nearest neighbours, 20,000 x 12", prepare: () => prepareNeighbours(12, 14) },
  { name: "14 nearest neighbours, 20,000 x 8", prepare: () => prepareNeighbours(8, 14) },
  { name: "14 nearest neighbours, 20,000 x 6", prepare: () => prepareNeighbours(6, 14) },
  { name: "14 nearest neighbours, 20,000 x 2", prepare: () => prepareNeighbours(2, 14) },
  { name: "quick search, 14 neighbours, 10,000 x 12", prepare: () => prepareQuick(12, 14) },
  { name: "5 nearest of 20,000 points for 4,000 others, 12 columns", prepare: () => prepareForeign(12, 5) },
  { name: "5 nearest of 20,000 points for 4,000 others, 6 columns", prepare: () => prepareForeign(6, 5) },
  {
    name: "quick search, 5 nearest of 20,000 points for 4,000 others, 12 columns",
    prepare: () => prepareForeign(12, 5, quickForeign),
  },
];

/** Bytes before the pixels of a line: their number. */
const LINE_HEADER = 4;

function preparePulses() {
  const [pixels, pulses, channels] = [3_000, 180, 2048];
  const random = randomStream(1, "bench-pulses");
  const size = PIXEL_HEADER + bytesOf12(pulses);
  const bytes = new Uint8Array(LINE_HEADER + pixels * size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, pixels, true);
  // Ten peaks, and a tenth of the pulses anywhere.
  const pulse = () =>
    random.integer(10) === 0 ? random.integer(channels) : 50 + 60 * random.integer(10) + random.integer(8) + random.integer(8);
  for (let x = 0; x < pixels; x++) {
    const at = LINE_HEADER + x * size;
    view.setUint32(at, x, true);
    view.setUint16(at + 12, 1, true);
    view.setUint16(at + 16, pulses, true);
    view.setUint32(at + 18, size - PIXEL_HEADER, true);
    for (let i = 0; i < pulses; i += 4) put12(view, at + PIXEL_HEADER + 1.5 * i, [pulse(), pulse(), pulse(), pulse()]);
  }
  const read = async (kernel) => {
    const window = new ByteWindow(once(bytes), "bench");
    await new LineReader(window, "bench", pixels, channels, kernel).readInto(builder);
    [builder.entries, builder.pixels] = [0, 0];
  };
  const builder = new CountBlockBuilder();
  let kernel;
  return {
    reference: () => read(undefined),
    async kernel() {
      kernel ??= await pulseKernel(pixels, channels);
      await read(kernel);
    },
  };
}

async function* once(bytes) {
  yield bytes;
}

/** Four pulses of 12 bits as three words. */
function put12(view, at, [a, b, c, d]) {
  view.setUint16(at, (a << 4) | (b >> 8), true);
  view.setUint16(at + 2, ((b & 255) << 8) | (c >> 4), true);
  view.setUint16(at + 4, ((c & 15) << 12) | d, true);
}

async function prepareRows() {
  const [width, height, bins, components, entries] = [200, 40, 110, 8, 60];
  const random = randomStream(1, "bench-rows");
  const pixels = width * height;
  const frames = { count: 1, width, height, pixels };
  const rowStart = Uint32Array.from({ length: pixels + 1 }, (_, n) => n * entries);
  const bin = Uint8Array.from({ length: pixels * entries }, () => random.integer(bins));
  const counts = { frames, bins, rowStart, bin, count: new Uint16Array(bin.length).fill(3) };
  const kernel = gaussianKernel(2);
  const sizes = rowSizes(counts, kernel, components);
  const table = Float32Array.from({ length: bins * components }, () => random.uniform() / bins);
  const allRows = (program) => {
    program.arrays.table.set(table);
    program.arrays.shares.fill(1 / components);
    program.arrays.scale.fill(1 / (3 * entries));
    program.arrays.marks.fill(1);
    return () => {
      const smooth = rowSmoother(counts, kernel, program);
      for (let row = 0; row < height; row++) {
        smooth(row);
        program.misfits(3e-4);
      }
    };
  };
  return { reference: allRows(referenceRows(sizes)), kernel: allRows(await rowProgram(sizes)) };
}

async function preparePairs() {
  const sizes = { pixels: 20_000, axes: 16, components: 8 };
  const filled = (program) => {
    const random = randomStream(1, "bench-pairs");
    const { scores, known, cost } = program.arrays;
    for (const values of [scores, known]) for (let i = 0; i < values.length; i++) values[i] = random.normal();
    cost.fill(0.01);
    let pair = 0;
    for (let a = 0; a < sizes.components; a++) {
      for (let b = a + 1; b < sizes.components; b++, pair++) program.setPair(pair, a, b, 32, 30, 1);
    }
    return () => program.explain(sizes.pixels);
  };
  return { reference: filled(referencePairs(sizes)), kernel: filled(await pairProgram(sizes)) };
}

async function prepareShares() {
  const [pixels, filled, bins, components] = [256, 80, 110, 3];
  const step = pairedSize(components);
  const sizes = { pixels, entries: pixels * filled, isWhole: true, room: bins * step, components };
  const improved = (program) => {
    const random = randomStream(1, "bench-shares");
    const { bin, count, spectra, shares, prior } = program.arrays;
    for (let e = 0; e < bin.length; e++) [bin[e], count[e]] = [random.integer(bins), 1 + random.integer(4)];
    for (let i = 0; i < spectra.length; i++) spectra[i] = i % step < components ? random.uniform() : 0;
    for (let i = 0; i < shares.length; i++) [shares[i], prior[i]] = i % step < components ? [1 / components, 1] : [0, 0];
    for (let n = 0; n < pixels; n++) program.setJob(n, n * filled, (n + 1) * filled, 0, components);
    return () => {
      for (let i = 0; i < 100; i++) program.improve(pixels, 1e-9);
    };
  };
  return { reference: improved(referenceShares(sizes)), kernel: improved(await shareProgram(sizes)) };
}

async function prepareSquares() {
  const hundred = (program) => {
    const random = randomStream(1, "bench-squares");
    const { vectors, weights } = program.arrays;
    for (const values of [vectors, weights]) for (let i = 0; i < values.length; i++) values[i] = random.uniform();
    return () => {
      for (let i = 0; i < 100; i++) program.add();
    };
  };
  return { reference: hundred(referenceSquares(110)), kernel: hundred(await squareProgram(110)) };
}

async function prepareScores() {
  const [width, filled, bins] = [300, 80, 110];
  const kernel = gaussianKernel(1);
  const sizes = { width, bins, axes: 16, kept: kernel.length, mostEntries: width * filled, isWhole: true };
  const tenRows = (program) => {
    const random = randomStream(1, "bench-scores");
    const { start, bin, count, table, across, smoothed } = program.arrays;
    for (let x = 0; x <= width; x++) start[x] = x * filled;
    for (let e = 0; e < bin.length; e++) [bin[e], count[e]] = [random.integer(bins), 1 + random.integer(4)];
    for (let i = 0; i < table.length; i++) table[i] = random.normal();
    return () => {
      across.fill(0);
      for (let row = 0; row < 10; row++) {
        program.project();
        smoothed.fill(0);
        for (let i = 0; i < kernel.length; i++) {
          program.addAcross(kernel[i], i, width - kernel.length, row % kernel.length, 0);
          program.addDown(kernel[i], i);
        }
      }
    };
  };
  return { reference: tenRows(referenceScores(sizes)), kernel: tenRows(await scoreProgram(sizes)) };
}

async function prepareGraphProduct() {
  const { vertices, rowStart, column, weight } = await fuzzyGraph(await nearestNeighbours(clouds(20_000, 12), 14), 1, 1);
  const matrix = { vertices, rowStart, column, value: Float64Array.from(weight) };
  const random = randomStream(1, "bench-graph");
  const block = Array.from({ length: 6 }, () => Float64Array.from({ length: vertices }, () => random.normal()));
  const products = block.map((vector) => vector.slice());
  const filter = { centre: -0.5, halfWidth: 2, degree: 21 };
  const twenty = (product) => async () => {
    product.multiply(block, products);
    await product.filter(block, products, filter, async () => {});
  };
  return { reference: twenty(referenceProduct(matrix)), kernel: twenty(await quickestGraphProduct(matrix, 6)) };
}

/** Arrays of normal numbers where an arithmetic wants them. */
function normalNumbers(arithmetic, name) {
  const random = randomStream(1, name);
  return (count) => {
    const made = arithmetic.floats(count);
    made.set(Float32Array.from(made, () => random.normal()));
    return made;
  };
}

async function prepareProduct() {
  const [m, n, k] = [64, 256, 512];
  const prepared = (arithmetic) => {
    const numbers = normalNumbers(arithmetic, "bench-product");
    const [a, b, target] = [rowsOf(numbers(m * k), k), turned(numbers(k * n), k), numbers(m * n)];
    return () => {
      for (let i = 0; i < 20; i++) arithmetic.addProduct(target, allOf(m), n, k, a, b);
    };
  };
  return {
    reference: prepared(referenceArithmetic),
    kernel: prepared(await kernelArithmetic({ bytes: 2 ** 20, packed: 2 ** 18 })),
  };
}

const NETWORK = {
  kind: "autoencoder",
  features: 12,
  hiddenSizes: [512, 256, 128],
  latentDimensions: 2,
  output: "linear",
};

async function prepareNetwork() {
  const pixels = 64;
  const objective = { loss: "mse", divergenceWeight: 0 };
  const target = clouds(pixels, NETWORK.features).data;
  const prepared = (arithmetic) => {
    const weights = allocateWeights(tensorShapes(NETWORK), arithmetic);
    drawWeights(weights, randomStream(1, "bench-network"));
    const network = buildNetwork(NETWORK, weights, pixels, arithmetic);
    const optimiser = adam(weights, 0, arithmetic);
    network.presented.set(target);
    network.target.set(target);
    const rows = allOf(pixels);
    return () => {
      for (let step = 0; step < 5; step++) {
        weights.gradient.fill(0);
        network.forward(rows);
        sendBack(network, rows, pixels, objective);
        network.addGradients(pixels, ALONE);
        optimiser.step(1e-4);
      }
    };
  };
  return { reference: prepared(referenceArithmetic), kernel: prepared(await quickestArithmetic(NETWORK, pixels)) };
}

async function prepareLayers() {
  const [rows, width] = [64, 512];
  const prepared = (arithmetic) => {
    const numbers = normalNumbers(arithmetic, "bench-layers");
    const pair = (count) => ({ values: numbers(count), gradient: numbers(count) });
    const [input, output, scale, shift] = [pair(rows * width), pair(rows * width), pair(width), pair(width)];
    const kept = { mean: arithmetic.doubles(rows), inverseSpread: arithmetic.doubles(rows) };
    return () => {
      for (let i = 0; i < 20; i++) {
        arithmetic.normForward(input.values, output.values, scale.values, shift.values, kept, allOf(rows));
        arithmetic.leakyForward(output.values, input.values, allOf(rows * width));
        arithmetic.leakyBackward(output, input.gradient, allOf(rows * width));
        arithmetic.normBackward(input, output.gradient, scale.values, kept, allOf(rows));
        arithmetic.addNormSums(input.values, output.gradient, scale.gradient, shift.gradient, kept, rows, allOf(width));
      }
    };
  };
  return { reference: prepared(referenceArithmetic), kernel: prepared(await kernelArithmetic({ bytes: 2 ** 20, packed: 1 })) };
}

async function prepareAdam() {
  const prepared = (arithmetic) => {
    const random = randomStream(1, "bench-adam");
    const weights = { values: arithmetic.floats(300_000), gradient: arithmetic.floats(300_000) };
    for (let i = 0; i < 300_000; i++) weights.gradient[i] = random.normal();
    const optimiser = adam(weights, 0, arithmetic);
    return () => {
      for (let step = 0; step < 10; step++) optimiser.step(1e-4);
    };
  };
  return { reference: prepared(referenceArithmetic), kernel: prepared(await kernelArithmetic({ bytes: 2 ** 23, packed: 1 })) };
}

/** Spectra with 120 filled channels each, more of them at the low end. */
function thinRows(pixels, channels) {
  const filled = 120;
  const random = randomStream(1, "bench-thin");
  const channel = new Uint16Array(pixels * filled);
  for (let row = 0; row < pixels; row++) {
    const own = new Set();
    while (own.size < filled) own.add(Math.floor(channels * random.uniform() * random.uniform()));
    channel.set(Uint16Array.from(own).sort(), row * filled);
  }
  const rowStart = Uint32Array.from({ length: pixels + 1 }, (_, row) => row * filled);
  const count = new Uint8Array(channel.length).fill(1);
  const counts = storedCounts([pixels], channels, [{ firstPixel: 0, pixels, rowStart, channel, count }]);
  return spectraRows(counts, undefined, undefined);
}

async function prepareThinProducts(width) {
  const channels = 2048;
  const rows = thinRows(10_000, channels);
  const pass = (thin) => {
    fillNormal(thin.matrix);
    return () => thin.pass(rows, { gather: true, between() {}, scatter: true }, async () => {});
  };
  return { reference: pass(referenceProducts(channels, width)), kernel: pass(await kernelProducts(channels, width)) };
}

/** Products are there already; both are given the same batches. */
async function prepareDescent(width) {
  const pixels = 10_000;
  const row = Int32Array.from({ length: BATCH_ROWS }, (_, r) => r);
  const improved = (thin) => {
    const values = fillNormal(new Float64Array(pixels * width)).map(Math.abs);
    const wanted = fillNormal(new Float64Array(BATCH_ROWS * thin.stride)).map((value) => 3 + value);
    for (let cell = 0; cell < width * width; cell++) thin.descent.gram[cell] = cell % (width + 1) === 0 ? 2 : 1;
    let products;
    const between = (batch) => {
      products = batch.products;
    };
    const ready = thin.pass(thinRows(1, 2048), { gather: true, between, scatter: false }, async () => {});
    return async () => {
      await ready;
      for (let first = 0; first < pixels; first += BATCH_ROWS) {
        const rows = Math.min(BATCH_ROWS, pixels - first);
        const own = values.subarray(first * width, (first + rows) * width);
        products.set(wanted);
        thin.descent.improve({ rows, row, products }, own, 0);
      }
    };
  };
  return { reference: improved(referenceProducts(2048, width)), kernel: improved(await kernelProducts(2048, width)) };
}

function fillNormal(values) {
  const random = randomStream(1, "bench-normal");
  for (let i = 0; i < values.length; i++) values[i] = random.normal();
  return values;
}

/** Spectra with a few peaks each, and pixels of 150 counts drawn from one or two of them. */
async function prepareAbundances() {
  const [pixels, channels, k] = [2000, 2048, 6];
  const random = randomStream(1, "bench-abundances");
  const endmembers = Array.from({ length: k }, () => {
    const [first, second] = [200 + random.integer(800), 200 + random.integer(800)];
    const peak = (c, at) => Math.exp(-((c - at) ** 2) / 72);
    const shape = Float64Array.from(
      { length: channels },
      (_, c) => 0.01 * Math.exp(-c / 700) + peak(c, first) + 0.3 * peak(c, second),
    );
    const sum = shape.reduce((total, value) => total + value, 0);
    return shape.map((value) => (150 * value) / sum);
  });
  const rows = Array.from({ length: pixels }, () => {
    const [a, b, share] = [random.integer(k), random.integer(k), random.uniform()];
    const counts = endmembers[a].map((value, c) => random.poisson(share * value + (1 - share) * endmembers[b][c]));
    const channel = Uint16Array.from(counts.keys()).filter((c) => counts[c] > 0);
    return { channel, count: Float64Array.from(channel, (c) => counts[c]) };
  });
  const own = new Float64Array(k);
  const solved = (likelihood) => {
    const solver = poissonSolver(endmembers, likelihood);
    return () => {
      for (const { channel, count } of rows) solver.solve(channel, count, 0, channel.length, own);
    };
  };
  return { reference: solved(referenceLikelihood(endmembers)), kernel: solved(await kernelLikelihood(endmembers)) };
}

/** Components around points spread evenly among the data, as wide as they lie apart. */
async function prepareMixture(dimensions) {
  const [n, components] = [20_000, 50];
  const points = { n, dimensions, data: Float64Array.from(clouds(n, dimensions).data), rows: undefined };
  const start = maximisation("full", components, dimensions, new Float64Array(components * dimensions));
  for (let i = 0; i < n; i++) start.addTo(Math.floor((i * components) / n), points.data, i * dimensions);
  const first = start.model(0);
  const means = first.means.map((_, cell) => points.data[Math.floor(cell / dimensions) * 400 * dimensions + (cell % dimensions)]);
  const mixture = preparedMixture({ ...first, means, covariances: first.covariances.map((value) => value / 16) });
  const allSections = (pass) => () => {
    const under = pass(mixture);
    for (let first = 0; first < n; first += SECTION) sectionMoments(under, first, Math.min(n, first + SECTION));
  };
  return {
    reference: allSections(referencePass(points, components, false)),
    kernel: allSections(await kernelPass(points, components, false)),
  };
}

async function prepareCentres(work) {
  const [n, dimensions, clusters] = [20_000, 2, 50];
  const points = { n, dimensions, data: Float64Array.from(clouds(n, dimensions).data), rows: undefined };
  const centres = points.data.slice(0, clusters * dimensions);
  const [slow, quick] = [referenceCentres(points), await kernelCentres(points, clusters)];
  return { reference: () => work(slow, centres), kernel: () => work(quick, centres) };
}

function fiftyPotentials(nearest) {
  for (let index = 0; index < 50; index++) nearest.potentialWith(index);
}

async function prepareNeighbours(columns, k) {
  const tree = await kdTree(clouds(20_000, columns));
  const table = () =>
    intoTable(tree, k, { indices: new Int32Array(tree.points * k), distances: new Float64Array(tree.points * k) });
  const slow = leafSearch(tree, k, "squared", table());
  const quick = await leafKernel(tree, k, table());
  const allLeaves = (search) => {
    for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) search(leaf);
  };
  return { reference: () => allLeaves(slow), kernel: () => allLeaves(quick) };
}

/** The stages of the search, whose tree is there already. */
async function prepareQuick(columns, k) {
  const tree = await kdTree(clouds(10_000, columns));
  return {
    reference: () => doStages(referenceGraph(tree, k), tree, {}),
    kernel: async () => doStages((await placedGraph(tree, k)).program, tree, {}),
  };
}

/** Neighbours and core distances are there already. */
async function prepareSpanningTree(columns) {
  const [tree, k] = [await kdTree(clouds(20_000, columns, { apart: 10 })), 9];
  const slow = referenceRounds(tree, k, "squared");
  const quick = await kernelRounds(tree, k);
  for (const { arrays } of [slow, quick]) await searchAll(tree, k, "squared", intoRounds(arrays, tree, k), {});
  const allRounds = (rounds) => () => {
    separatePoints(rounds.arrays, tree);
    do {
      rounds.beginRound();
      for (let leaf = tree.firstLeaf; leaf < tree.nodes; leaf++) rounds.searchLeaf(leaf);
    } while (rounds.addEdges() > 1);
  };
  return { reference: allRounds(slow), kernel: allRounds(quick) };
}

async function exactForeign(tree, _, k) {
  return [foreignSearch(tree, k, "squared"), await foreignKernel(tree, k)];
}

async function quickForeign(tree, others, k) {
  const graph = await neighbourPositions(tree, others, k, {});
  return [referenceForeign(tree, graph, k), await kernelForeign(tree, graph, k)];
}

async function prepareForeign(columns, k, searches = exactForeign) {
  const tree = await kdTree(clouds(20_000, columns));
  const points = clouds(24_000, columns);
  const others = { rows: 4_000, columns, data: points.data.subarray(20_000 * columns) };
  const asking = rowsByLeaf(tree, others);
  const inOrder = Float32Array.from(
    { length: others.data.length },
    (_, i) => others.data[asking[Math.floor(i / columns)] * columns + (i % columns)],
  );
  const sink = () => {};
  const lots = (search) => () => {
    for (let first = 0; first < others.rows; first += LEAF_POINTS) {
      search(inOrder.subarray(first * columns, Math.min(first + LEAF_POINTS, others.rows) * columns), sink);
    }
  };
  const [slow, quick] = await searches(tree, others, k);
  return { reference: lots(slow), kernel: lots(quick) };
}

async function prepareLayout() {
  const graph = await fuzzyGraph(await nearestNeighbours(clouds(20_000, 12), 14), 1, 1);
  const random = randomStream(1, "bench-layout");
  const start = Float32Array.from({ length: 2 * graph.vertices }, () => 10 * random.uniform());
  const edges = await layoutEdges(graph, 1, layoutOrder(start, 2));
  const options = { dimensions: 2, curve: fitSimilarityCurve(0.1, 1), repulsionStrength: 1, negativeSampleRate: 5 };
  const state = () => layoutState(start, edges, options, 1);
  const slow = referenceMoves(state());
  const quick = await kernelMoves(state());
  return { reference: () => fiveEpochs(edges, slow), kernel: () => fiveEpochs(edges, quick) };
}

function fiveEpochs({ groupBlocks }, moves) {
  for (let epoch = 0; epoch < 5; epoch++) {
    for (let round = 0; round < ROUNDS; round++) {
      moves.drawPushers(epoch, round);
      for (let block = groupBlocks[round]; block < groupBlocks[round + 1]; block++) moves.firstEnds(epoch, 0.5, round, block);
      moves.byPulls(round);
    }
  }
}

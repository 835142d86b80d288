/**
 * Writes docs/methods/pictures: what each method does on one phantom, 80 x 60 pixels of seven minerals in carbon, 150 counts per pixel, seed 1.
 * Run: node scripts/method-pictures.mjs (a minute or two). The same version writes the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { ensureBuilt, ensurePackages, root } from "./setup.mjs";

ensurePackages();
ensureBuilt();
const core = await import("../packages/core/dist/index.js");
const part = (path) => import(`../packages/core/dist/${path}.js`);
const { curveFigure } = await part("report/figures/curve-plot");
const { latentFigure } = await part("report/figures/latent-plot");
const { phaseMapFigure } = await part("report/figures/phase-map");
const { scalarMapFigure } = await part("report/figures/scalar-map");
const { spectrumFigure } = await part("report/figures/spectrum-plot");
const { upscaledLabels } = await part("algorithms/statistics/upscaled-labels");
const { fitSpectrum } = await part("algorithms/line-fit/fit-spectrum");
const { depthDistribution, materialOf } = await part("xray/physics/depth-distribution");
const { chooseClassesOfMap, chooseClassesOfMapParameters } = await part("pipeline/choose-classes");

const folder = `${root}docs/methods/pictures/`;
const size = { width: 80, height: 60 };
const geometry = { ...size, pixelSizeUm: undefined };
const lines = ["O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
const preset = core.phantomPresets["seven-minerals"].parameters;
const { image } = await core.makePhantom({ ...preset, ...size, countsPerPixel: 150, zeroPeakCounts: 20, seed: 1 });
const toFeatures = [{ step: "elements", lines }, { step: "maps" }, { step: "features" }, { step: "normalise" }];
const umap = { step: "embed", method: "umap", minDist: 0.02 };
const mixture = { step: "cluster", method: "gaussian-mixture", nComponents: 8 };

async function analysed(...steps) {
  const recipe = core.parseRecipe({ schemaVersion: 1, seed: 1, steps });
  return (await core.runRecipe(image, recipe)).analysis;
}

function save(name, svg) {
  writeFileSync(`${folder}${name}.svg`, `${svg}\n`);
  process.stderr.write(`${name}\n`);
}

function scalarMap(name, data, title, unit, colours = "inferno", contrast = "percentile") {
  const description = `${title}, ${unit}, at every pixel of the phantom.`;
  save(name, scalarMapFigure({ geometry, data, title, unit, colours, contrast, description, pictureWidth: 240 }));
}

function column(data, columns, j) {
  return Float32Array.from({ length: data.length / columns }, (_, i) => data[i * columns + j]);
}

function latentPlot(name, { latent, labels, classes }) {
  const description = "All pixels in the latent space, coloured by class.";
  save(name, latentFigure({ data: latent.data, dimensions: latent.dimensions, labels, classes, size: 320, description }));
}

function spectrum(name, traces, description, { range: [from, to] = [0.1, 8], marked = [], unit } = {}) {
  const { offset, scale } = image.energyAxis;
  const named = marked.map((line, i) => ({ name: line, energyKev: core.lineNamed(line).energyKev, priority: marked.length - i }));
  const energy = { offsetKev: offset, scaleKev: scale };
  save(
    name,
    spectrumFigure({
      traces,
      energy,
      from,
      to,
      drawFrom: from,
      lines: named,
      unit,
      width: 640,
      height: 200,
      scale: "sqrt",
      description,
    }),
  );
}

function phaseMap(name, { labels, classes }, description) {
  save(name, phaseMapFigure({ id: name, geometry, labels, classes, pictureWidth: 300, description }));
}

function curve(name, x, y, xName, yName, chosen) {
  save(name, curveFigure({ x, y, xName, yName, chosen, width: 380, height: 200, description: `${yName} over ${xName}.` }));
}

const trace = (name, values, i) => ({ name, values, style: "line", colour: core.classColours[i] });

/** Spectra, element maps and features. */
async function drawPreparation() {
  const found = await analysed({ step: "elements" });
  const sum = [{ name: "Sum of all pixels", values: found.sumSpectrum, style: "area" }];
  spectrum("zero-peak", sum, "Low end of the sum spectrum, with the zero peak.", { range: [-0.2, 1], unit: "Counts" });
  spectrum("choose-lines", sum, "Sum spectrum with the lines that were chosen.", { marked: found.lines, unit: "Counts" });
  const known = ["O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka"];
  spectrum("calibration", sum, "Peaks whose energies are known.", { range: [0.4, 2], marked: known, unit: "Counts" });
  const { elementMaps, features } = await analysed(...toFeatures);
  const iron = lines.indexOf("Fe_Ka");
  scalarMap("features", elementMaps[iron].data, "Fe Kα", "counts");
  scalarMap("normalise", column(features.data, lines.length, iron), "Fe Kα, averaged and scaled", "σ");
  const binned = await analysed({ step: "bin", factor: 2 }, { step: "elements", lines }, { step: "maps" });
  const half = { ...geometry, width: size.width / 2, height: size.height / 2 };
  const { data } = binned.elementMaps[iron];
  const description = "Fe counts with 2 x 2 pixels joined.";
  const look = { unit: "counts", colours: "inferno", contrast: "percentile", pictureWidth: 240 };
  save("bin-crop-mask", scalarMapFigure({ ...look, geometry: half, data, title: "Fe Kα, binned 2 x 2", description }));
}

/** Latent spaces, and clusters in one of them. */
async function drawLatentSpaces() {
  const small = { hiddenSizes: [64, 32], epochs: 30, learningRate: 1e-3 };
  const embeddings = { "pca-of-features": { method: "pca" }, autoencoder: { method: "autoencoder", ...small } };
  for (const [name, embed] of Object.entries(embeddings)) {
    latentPlot(name, await analysed(...toFeatures, { step: "embed", ...embed }, mixture, { step: "spectra" }));
  }
  latentPlot("umap", { ...(await analysed(...toFeatures, umap)), classes: [] });
  const clusterings = {
    "gaussian-mixture": { method: "gaussian-mixture", nComponents: 8 },
    "bayesian-gaussian-mixture": { method: "bayesian-gaussian-mixture", nComponents: 12, maxIter: 500 },
    "k-means": { method: "k-means", nClusters: 8 },
    birch: { method: "birch", threshold: 0.5, nClusters: 8 },
    hdbscan: { method: "hdbscan", minClusterSize: 60, minSamples: 10 },
  };
  for (const [name, cluster] of Object.entries(clusterings)) {
    latentPlot(name, await analysed(...toFeatures, umap, { step: "cluster", ...cluster }, { step: "spectra" }));
  }
}

/** The three curves of the choice of a number. */
async function drawNumbers() {
  const recipe = core.parseRecipe({
    schemaVersion: 1,
    seed: 1,
    steps: [...toFeatures, { step: "embed", method: "pca", nComponents: 5 }],
  });
  const { analysis } = await core.runRecipe(image, recipe);
  const given = chooseClassesOfMapParameters.parse({ fewest: 2, most: 12, runs: 4, resample: "none" });
  const choice = await chooseClassesOfMap(analysis, recipe.steps, given, { seed: 1 });
  const tried = choice.numbers.map(({ nClasses }) => nClasses);
  const of = (key) => choice.numbers.map((point) => point[key]);
  curve("choosing-classes", tried, of("bic"), "classes", "BIC", choice.nClasses);
  curve("silhouette", tried, of("silhouette"), "classes", "mean silhouette");
  curve("stability", tried, of("stability"), "classes", "mean adjusted Rand index of two runs");
}

/** Components, endmembers, abundances, statistics and phases. */
async function drawResults() {
  const decomposed = async (given) => (await analysed({ step: "decompose", ...given })).decomposition;
  const pca = await decomposed({ method: "pca" });
  const shares = Array.from(pca.scree.replication.slice(0, 12));
  curve(
    "pca",
    shares.map((_, i) => i + 1),
    shares,
    "component",
    "replication, standard errors",
    pca.scree.suggested,
  );
  for (const [name, given, title] of [
    ["varimax", { method: "pca", nComponents: 6, rotation: "varimax-maps" }, "Second rotated component"],
    ["ica", { method: "ica", nComponents: 6, on: "spectra" }, "Second independent component"],
  ]) {
    const { scores, components } = await decomposed(given);
    scalarMap(name, column(scores, components.length, 1), title, "score", "viridis");
  }
  const nmf = await decomposed({ method: "nmf", nComponents: 6 });
  spectrum(
    "nmf",
    nmf.components.slice(0, 3).map((values, j) => trace(`Component ${j}`, values, j)),
    "Three components of NMF.",
  );
  const chain = await analysed(
    ...toFeatures,
    umap,
    mixture,
    { step: "spectra" },
    { step: "statistics" },
    { step: "unmix", method: "nmf" },
  );
  phaseMap("sigma-presets", chain, "Classes of SIGMA's chain.");
  spectrum(
    "class-spectra",
    chain.classSpectra.slice(1, 3).map((values, j) => trace(chain.classes[j + 1].name, values, j)),
    "Mean spectra of two classes.",
  );
  const { abundances, endmembers, residual } = chain.unmixing;
  scalarMap("nmf-unmixing", column(abundances, endmembers.length, 1), "Second endmember", "share", "viridis", [0, 1]);
  scalarMap("abundances", residual, "What the fit leaves", "σ");
  drawGrains(chain.statistics.grains.grains);
  const auto = await analysed({ step: "elements" }, { step: "find-phases" }, { step: "spectra" });
  phaseMap("find-phases", auto, "Phases that were found without being told their number.");
  const finer = { width: 6 * size.width, height: 6 * size.height };
  const fine = await upscaledLabels({ ...size, labels: auto.labels }, { ...finer, method: "smooth" }, {});
  const description = "The class map on a grid six times as fine, borders where the probabilities are equal.";
  save(
    "upscale",
    phaseMapFigure({
      id: "upscale",
      geometry: { ...geometry, ...finer },
      labels: fine,
      classes: auto.classes,
      pictureWidth: 300,
      description,
    }),
  );
  const [first, second] = [...auto.classes].sort((a, b) => a.pixels - b.pixels);
  const merged = await analysed(
    { step: "elements" },
    { step: "find-phases" },
    { step: "edit", action: "merge", ids: [first.id, second.id] },
    { step: "spectra" },
  );
  phaseMap("edits", merged, "The same map after the two smallest classes were merged.");
}

function drawGrains(grains) {
  const edges = Array.from({ length: 11 }, (_, i) => 2 ** i);
  const counts = edges.map((edge) => grains.filter(({ pixels }) => pixels >= edge && pixels < 2 * edge).length);
  curve(
    "statistics",
    edges.map((_, i) => i),
    counts,
    "log2 of the pixels of a grain",
    "grains",
  );
}

async function drawQuantification() {
  const quantified = await analysed({
    step: "quantify",
    method: "cliff-lorimer",
    lines: ["Mg_Ka", "Al_Ka", "Si_Ka", "Ca_Ka", "Fe_Ka"],
    minimumCounts: 20,
  });
  const { atomicFraction, elements } = quantified.quantification;
  scalarMap(
    "cliff-lorimer",
    column(atomicFraction, elements.length, elements.indexOf("Si")),
    "Si",
    "at. fraction",
    "viridis",
    [0, 1],
  );
}

/** Net intensities, elements, depth distribution, names and mixed pixels. */
async function drawIdentification() {
  const auto = await analysed({ step: "elements" }, { step: "find-phases" }, { step: "spectra" }, { step: "identify" });
  const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: core.polymerWindowDetector };
  const symbols = [...new Set(auto.lines.map((line) => core.lineNamed(line).element))];
  const fit = fitSpectrum(auto.sumSpectrum, image.energyAxis, conditions, symbols);
  const measured = { name: "Sum of all pixels", values: auto.sumSpectrum, style: "area" };
  const fitted = [measured, trace("Model", fit.model, 0), trace("Continuum", fit.continuum, 3)];
  spectrum("net-intensities", fitted, "Sum spectrum, fitted model and its continuum.", { range: [0.2, 8], unit: "Counts" });
  const mica = auto.identities.findIndex(({ shown }) => shown[0]?.series?.includes("biotite"));
  const marked = auto.identities[mica].elements.flatMap(({ lines: evidence }) => evidence.map(({ line }) => line));
  const own = [trace(auto.classes[mica].name, auto.classSpectra[mica], 0)];
  spectrum("identify", own, "Spectrum of one class with the lines of the elements identified in it.", {
    range: [0.2, 8],
    marked,
  });
  const quartz = core.massFractions(core.parseFormula("SiO2"));
  const { a, b, A, B, surface } = depthDistribution(materialOf(quartz), 1.839, 15, 0.86);
  const depths = Array.from({ length: 60 }, (_, i) => i * 0.02);
  const phi = depths.map((mg) => {
    const z = mg / 1000;
    return A * Math.exp(-a * z) + (B * z + surface - A) * Math.exp(-b * z);
  });
  curve("xpp", depths, phi, "depth in quartz, mg/cm²", "ionisations of Si K at 15 keV");
  const named = auto.classes.map((one, i) => ({ ...one, name: auto.identities[i].name ?? one.name }));
  phaseMap("names", { labels: auto.labels, classes: named }, "Phases with the names that fit them best.");
  const { abundances, endmembers } = auto.unmixing;
  const largest = Float32Array.from({ length: auto.labels.length }, (_, p) =>
    Math.max(...abundances.subarray(p * endmembers.length, (p + 1) * endmembers.length)),
  );
  scalarMap("doubt", largest, "Largest share of a pixel", "share", "viridis", [0, 1]);
}

/** Six tiles with overlaps of 6 pixels and shifts of up to 2, and the map that they become. */
async function drawMosaic() {
  const corners = [0, 1].flatMap((row) => [0, 1, 2].map((column) => [25 * column + row, 27 * row + column]));
  const tiles = corners.map(([x, y]) =>
    core.cropImage(image, {
      navigation: [
        [y, y + 31],
        [x, x + 29],
      ],
    }),
  );
  const { image: joined, places, field } = await core.mosaicImage(tiles, { grid: { rows: 2, columns: 3 } });
  const [counts] = await core.pass(joined.counts, [core.countMap(joined.counts)]);
  const owner = new Int32Array(field.width * field.height).fill(-1);
  for (const [i, { x, y }] of places.entries()) {
    for (let p = 0; p < owner.length; p++) {
      const [dx, dy] = [field.x + (p % field.width) - x, field.y + Math.floor(p / field.width) - y];
      if (owner[p] === -1 && dx >= 0 && dx < 29 && dy >= 0 && dy < 31) owner[p] = i;
    }
  }
  const areaFraction = (i) => owner.filter((id) => id === i).length / owner.length;
  const colours = ["#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#edc948", "#76b7b2"];
  const classes = places.map((_, i) => ({ id: i, name: `tile ${i + 1}`, colour: colours[i], areaFraction: areaFraction(i) }));
  const place = { width: field.width, height: field.height, pixelSizeUm: undefined };
  const base = { width: field.width, height: field.height, data: counts };
  const description = "Six overlapping maps joined into one; the colour says which map gave the pixel.";
  save("mosaic", phaseMapFigure({ id: "mosaic", geometry: place, labels: owner, classes, base, pictureWidth: 300, description }));
}

mkdirSync(folder, { recursive: true });
await drawMosaic();
await drawPreparation();
await drawIdentification();
await drawQuantification();
await drawResults();
await drawNumbers();
await drawLatentSpaces();

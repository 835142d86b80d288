import { countOf, formatCount, formatNumber, formatPercent } from "@sigma-eds/core";
import type { Basis } from "./basis.js";
import { type Ground, pixelsOf } from "./ground.js";
import type { EntryOf, MethodEntry, Tellers } from "./teller.js";
import { pixelsWords, secondsWords, shareWords } from "./words.js";

type Umap = MethodEntry<"embed", "umap">;

/** Epochs that the layout takes by itself, and pixels up to which it takes the larger number. */
const [FEW_EPOCHS, MANY_EPOCHS, MANY_UP_TO] = [200, 500, 10_000];
const [GUARANTEED_UP_TO, EXACT_UP_TO] = [50_000, 100_000];

export const umap: Tellers<Umap> = {
  nNeighbors: (value, { basis }) =>
    `${shareWords(value, basis)}; an island smaller than this (${pixelsWords(value, basis)}) merges with others.`,
  minDist: (value, { entry }) =>
    `Alike pixels lie as near as ${formatPercent(value / entry.spread)} of the spread of ${formatNumber(entry.spread)}.`,
  spread: (value, ground) => `${extentWords(ground)} Pixels ${formatNumber(3 * value)} apart are hardly alike.`.trim(),
  nComponents(value, { basis }) {
    const words = `${formatCount(pixelsOf(basis))} pixels become ${countOf(value, "number")} each`;
    return value === 2
      ? `${words}: the picture shows all of it.`
      : value < 2
        ? `${words}.`
        : `${words}; the picture shows 2 at a time.`;
  },
  metric(value, ground) {
    const columns = `${countOf(featuresOf(ground), "feature")} of a pixel`;
    const words = {
      euclidean: "squares of the differences are summed",
      manhattan: "differences are summed as they are",
      cosine: "only the ratios count",
    };
    return `Of the ${columns}, ${words[value]}.`;
  },
  nEpochs(value, { basis, entry, measured }) {
    const usual = usualEpochs(laidOut(basis, entry));
    const epochs = value ?? usual;
    const words = `${value === null ? "Automatic: " : ""}${countOf(epochs, "epoch")} over about ${formatCount(laidOut(basis, entry) * entry.nNeighbors)} neighbours`;
    if (measured?.entry.step !== "embed" || measured.entry.method !== "umap") return `${words}.`;
    const before = measured.entry.nEpochs ?? usual;
    const seconds = `${secondsWords(measured.seconds)} for ${countOf(before, "epoch")}, search for neighbours included`;
    return `${words}; the last run took ${seconds}.`;
  },
  init(value, { recipe, basis, entry }) {
    const components = countOf(entry.nComponents, "principal component");
    const words = { spectral: "From the graph of neighbours", pca: `From ${components}`, random: "From random places" };
    return `${words[value]}, for ${formatCount(pixelsOf(basis))} pixels; seed ${formatCount(recipe.seed)} decides the rest.`;
  },
  learningRate: (value, ground) =>
    `${extentWords(ground)} In the first epoch 1 neighbour moves a pixel by ${formatNumber(4 * value)} at the most, along an axis.`.trim(),
  repulsionStrength: (value, { entry }) =>
    `${formatCount(entry.negativeSampleRate)} repulsions for each attraction weigh ${formatNumber(value * entry.negativeSampleRate)} together.`,
  negativeSampleRate: (value, { entry, basis }) =>
    `${formatCount(value * entry.nNeighbors)} random pixels of ${formatCount(laidOut(basis, entry))} for the ${formatCount(entry.nNeighbors)} neighbours of each pixel, in an epoch that takes all of them.`,
  setOpMixRatio: (value, { entry }) =>
    value === 1
      ? `A pixel may be joined to more than its ${formatCount(entry.nNeighbors)} neighbours: to all that count it as theirs.`
      : `A pair that is joined one way alone keeps ${formatPercent(value)} of its weight.`,
  localConnectivity: (value, { entry }) =>
    `Of the ${formatCount(entry.nNeighbors)} neighbours of each pixel the nearest ${formatNumber(value)} ${value === 1 ? "is" : "are"} held with full weight.`,
  neighbourSearch(value, { basis, entry }) {
    const pixels = laidOut(basis, entry);
    const isQuick = value === "quick" || (value === "auto" && entry.neighbourError === null && pixels > GUARANTEED_UP_TO);
    const words = `${formatCount(pixels)} pixels`;
    return isQuick ? `Quick for ${words}: a few neighbours may be missed.` : `Guaranteed for ${words}.`;
  },
  neighbourError(value, { basis, entry }) {
    const pixels = laidOut(basis, entry);
    const error = value ?? (pixels <= EXACT_UP_TO ? 0 : 0.5);
    const automatic = `${value === null ? "Automatic for" : "For"} ${formatCount(pixels)} pixels: `;
    return error === 0
      ? `${automatic}exact, no neighbour is missed.`
      : `${automatic}a neighbour is at most ${formatPercent(error)} farther than the true one.`;
  },
  fitPixels(value, { basis }) {
    const all = pixelsOf(basis);
    if (value === null || value >= all) return `All ${countOf(all, "pixel")} are laid out together.`;
    return `${formatCount(value)} are laid out, ${shareWords(value, basis)}; the other ${formatCount(all - value)} are placed among them.`;
  },
};

function usualEpochs(pixels: number): number {
  return pixels <= MANY_UP_TO ? MANY_EPOCHS : FEW_EPOCHS;
}

function laidOut(basis: Basis, { fitPixels }: Umap): number {
  return Math.min(pixelsOf(basis), fitPixels ?? Infinity);
}

/** Features of a pixel where they were made; else the lines. */
export function featuresOf({ input, result }: Ground<EntryOf<"embed">>): number {
  const known = input ?? result;
  return known?.features?.lines.length ?? known?.lines.length ?? 0;
}

/** `The picture is 21.3 wide.` */
function extentWords({ result }: Ground<Umap>): string {
  const latent = result?.latent;
  if (latent === undefined) return "";
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < latent.data.length; i += latent.dimensions) {
    const x = latent.data[i]!;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return high > low ? `The picture is ${formatNumber(high - low)} wide.` : "";
}

import { z } from "zod";
import { starts } from "./start.js";

/** Parameters of UMAP, with umap-learn's names in camelCase and its defaults. */
export const umapParameters = z.strictObject({
  nNeighbors: z.int().min(2).max(1000).default(15).meta({
    title: "Neighbours",
    description:
      "How many nearest pixels, the pixel itself included, count as its neighbourhood; few show fine detail, many the large groups.",
    unit: "pixels",
  }),
  minDist: z.number().min(0).max(10).default(0.1).meta({
    title: "Smallest distance",
    description: "How close alike pixels may come in the picture; small values give tight groups. Not above the spread.",
    unit: "units of the picture",
  }),
  spread: z.number().min(0.01).max(10).default(1).meta({
    title: "Spread",
    description: "Scale of the picture: the distance over which alikeness fades.",
    unit: "units of the picture",
  }),
  nComponents: z.int().min(1).max(50).default(2).meta({
    title: "Number of dimensions",
    description: "How many dimensions the picture has: 2 to look at, more to cluster in.",
    unit: "dimensions",
  }),
  metric: z.enum(["euclidean", "manhattan", "cosine"]).default("euclidean").meta({
    title: "Distance between features",
    description:
      "euclidean: straight; manhattan: sum of the differences; cosine: angle, so that only the ratios of the features count.",
  }),
  nEpochs: z.int().min(1).max(10_000).nullable().default(null).meta({
    title: "Epochs",
    description: "How many times the layout is improved; null stands for 500 up to 10,000 pixels and 200 above.",
    unit: "epochs",
  }),
  init: z.enum(starts).default("spectral").meta({
    title: "Start",
    description:
      "spectral: from the smoothest functions of the graph; pca: from the principal components; random: from random places.",
  }),
  learningRate: z.number().gt(0).max(100).default(1).meta({
    title: "Learning rate",
    description: "Length of the steps in the first epoch; they shrink evenly to nothing.",
    unit: "units of the picture",
  }),
  repulsionStrength: z.number().min(0).max(100).default(1).meta({
    title: "Repulsion",
    description: "How strongly pixels that are not neighbours drive each other apart.",
    unit: "",
  }),
  negativeSampleRate: z.int().min(0).max(100).default(5).meta({
    title: "Negative samples",
    description: "From how many random pixels a pixel is driven apart for each neighbour that it is drawn to.",
    unit: "pixels",
  }),
  setOpMixRatio: z.number().min(0).max(1).default(1).meta({
    title: "Union or intersection",
    description: "1: two pixels are joined if either counts the other as a neighbour; 0: only if both do.",
    unit: "",
  }),
  localConnectivity: z.number().min(1).max(100).default(1).meta({
    title: "Local connectivity",
    description: "How many nearest pixels each pixel is joined to in full.",
    unit: "pixels",
  }),
  neighbourSearch: z.enum(["auto", "guaranteed", "quick"]).default("auto").meta({
    title: "Search for neighbours",
    description:
      "guaranteed: none is missed beyond the error below; quick: nearly all are found, with no guarantee, in a time that grows little faster than the number of pixels; auto: guaranteed up to 50,000 pixels or where an error is given, else quick.",
  }),
  neighbourError: z.number().min(0).max(10).nullable().default(null).meta({
    title: "Error of the neighbours",
    description:
      "How much farther than the true one of its rank a neighbour may be in a guaranteed search, as a share of the distance; 0: the search is exact; null stands for 0 up to 100,000 pixels and 0.5 above.",
    unit: "",
  }),
  fitPixels: z.int().min(1000).max(10_000_000).nullable().default(null).meta({
    title: "Pixels to lay out",
    description:
      "A map with more pixels is laid out from so many of them, drawn evenly over the map, and the others are placed among their neighbours there; null stands for all.",
    unit: "pixels",
  }),
});

export type UmapParameters = z.output<typeof umapParameters>;

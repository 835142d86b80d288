/** Which pixels an edit means: regions in the latent space and on the map, classes and conditions, combined in their order. */

import { log } from "../../kernels/math.js";
import { polygonMask } from "../../spectrum-image/mask.js";
import { normaliseLineName } from "../../xray/line-names.js";
import type { Analysis } from "../analysis.js";
import type { ImageFeatures } from "../image-features.js";
import type { Region } from "./edit-schema.js";
import { gateTest, parseGate } from "./gate-expression.js";
import { type GrainGrid, grainAreas, grainGridOf } from "./grain-areas.js";
import { latentSha256, pixelsInPolygon } from "./latent-polygon.js";
import { type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";
import { presentClass } from "./present-class.js";

/** The pixels of all regions together, uint8 [pixels], or why a region cannot be used. */
export async function selectionOf(state: EditState, regions: readonly Region[]): Promise<Uint8Array | Refusal> {
  const first = regions[0]?.mode;
  const selection = new Uint8Array(state.labels.length).fill(first === "subtract" || first === "intersect" ? 1 : 0);
  for (const region of regions) {
    const pixels = await pixelsOf(state, region);
    if (isRefusal(pixels)) return pixels;
    combine(selection, pixels, region.mode);
  }
  return selection;
}

function combine(selection: Uint8Array, region: Uint8Array, mode: Region["mode"]): void {
  for (let p = 0; p < selection.length; p++) {
    const [before, here] = [selection[p] === 1, region[p] === 1];
    const after = {
      replace: here,
      add: before || here,
      subtract: before && !here,
      intersect: before && here,
    } satisfies Record<Region["mode"], boolean>;
    selection[p] = after[mode] ? 1 : 0;
  }
}

function pixelsOf(state: EditState, region: Region): Uint8Array | Refusal | Promise<Uint8Array | Refusal> {
  switch (region.on) {
    case "latent":
      return inLatent(state.analysis, region);
    case "map":
      return onMap(state.analysis, region);
    case "class":
      return ofClasses(state, region.ids);
    case "gate":
      return throughGate(groundOf(state), region.expression, region.of);
  }
}

type RegionOn<On extends Region["on"]> = Extract<Region, { readonly on: On }>;

async function inLatent({ latent }: Analysis, region: RegionOn<"latent">): Promise<Uint8Array | Refusal> {
  if (latent === undefined) return refuse("missing", "There is no latent space for the polygon to lie in.");
  if (region.latentSha256 !== undefined && region.latentSha256 !== (await latentSha256(latent))) {
    return refuse("other-latent", "The polygon was drawn on another latent space, where the same place means other pixels.");
  }
  if (region.dimensions.some((dimension) => dimension >= latent.dimensions)) {
    const drawn = region.dimensions.join(" and ");
    return refuse("other-latent", `The polygon was drawn in dimensions ${drawn}; the latent space has ${latent.dimensions}.`);
  }
  return pixelsInPolygon(latent, region.dimensions, region.corners);
}

function onMap({ image }: Analysis, { corners, shape }: RegionOn<"map">): Uint8Array | Refusal {
  const { navigationShape } = image.counts;
  if (shape !== undefined && (shape.length !== navigationShape.length || shape.some((size, i) => size !== navigationShape[i]))) {
    return refuse(
      "other-map",
      `The polygon was drawn on a map of ${shape.join(" x ")} pixels; this one has ${navigationShape.join(" x ")}.`,
    );
  }
  return polygonMask(
    navigationShape,
    corners.map(([x, y]) => ({ x, y })),
  );
}

function ofClasses(state: EditState, ids: readonly number[]): Uint8Array | Refusal {
  for (const id of ids) {
    const entry = presentClass(state, id);
    if (isRefusal(entry)) return entry;
  }
  const wanted = new Set(ids);
  return Uint8Array.from(state.labels, (label) => (wanted.has(label) ? 1 : 0));
}

/** What a condition may look at; without a grid it may not ask for grains. */
export interface GateGround extends Pick<Analysis, "labels" | "features" | "elementMaps" | "membership"> {
  readonly grid?: GrainGrid | undefined;
}

function groundOf({ analysis, labels }: EditState): GateGround {
  const { features, elementMaps, membership, image } = analysis;
  return { labels, features, elementMaps, membership, grid: grainGridOf(image) };
}

/** Pixels for which a condition holds, uint8 [pixels], or why it cannot be asked. Throws `ParameterError` for a condition that cannot be read. */
export function throughGate(analysis: GateGround, expression: string, of: "features" | "maps"): Uint8Array | Refusal {
  const gate = parseGate(expression);
  const values = new Map<string, (pixel: number) => number>();
  for (const name of gate.names) {
    const value = valueNamed(analysis, name, of);
    if (typeof value !== "function") return value;
    values.set(name, value);
  }
  const test = gateTest(gate, (name) => values.get(name)!);
  return Uint8Array.from({ length: analysis.labels?.length ?? 0 }, (_, pixel) => (test(pixel) ? 1 : 0));
}

function valueNamed(analysis: GateGround, name: string, of: "features" | "maps"): ((pixel: number) => number) | Refusal {
  if (name === "membership" || name === "entropy") return certainty(analysis, name);
  if (name === "grain_px" || name === "grain_um2") return grainNamed(analysis, name);
  return of === "features" ? featureNamed(analysis, name) : mapNamed(analysis, name);
}

function featureNamed({ features }: GateGround, name: string): ((pixel: number) => number) | Refusal {
  if (features === undefined) return refuse("missing", "There are no features for the condition to look at.");
  const { lines, data, images } = features;
  const column = Math.max(lines.indexOf(name), lines.indexOf(normaliseLineName(name) ?? name));
  if (column < 0) return pictureNamed(images, name) ?? unknownFeature([...lines, ...(images?.names ?? [])], name);
  return (pixel) => data[pixel * lines.length + column]!;
}

function pictureNamed(images: ImageFeatures | undefined, name: string): ((pixel: number) => number) | undefined {
  const column = images?.names.indexOf(name) ?? -1;
  if (images === undefined || column < 0) return undefined;
  return (pixel) => images.data[pixel * images.names.length + column]!;
}

function unknownFeature(names: readonly string[], name: string): Refusal {
  return refuse("unknown-name", `There is no feature ${name}; there are ${names.join(", ")}.`);
}

function mapNamed({ elementMaps }: GateGround, name: string): ((pixel: number) => number) | Refusal {
  if (elementMaps.length === 0) return refuse("missing", "There are no element maps for the condition to look at.");
  const map = elementMaps.find(({ line }) => line === name || line === normaliseLineName(name));
  if (map === undefined) {
    return refuse(
      "unknown-name",
      `There is no element map ${name}; there are ${elementMaps.map(({ line }) => line).join(", ")}.`,
    );
  }
  return (pixel) => map.data[pixel]!;
}

function grainNamed({ labels, grid }: GateGround, name: "grain_px" | "grain_um2"): ((pixel: number) => number) | Refusal {
  if (labels === undefined || grid === undefined)
    return refuse("missing", "There are no classes whose grains could be measured.");
  const { pixelSizeUm } = grid;
  if (name === "grain_um2" && pixelSizeUm === undefined)
    return refuse("missing", "The image has no pixel size in micrometres, so there is no grain_um2; grain_px counts pixels.");
  const areas = grainAreas(labels, grid);
  const unit = name === "grain_px" || pixelSizeUm === undefined ? 1 : pixelSizeUm[0] * pixelSizeUm[1];
  return (pixel) => areas[pixel]! * unit;
}

/**
 * Probability of the most probable class, or the entropy of the probabilities over that of equal ones (0: certain, 1: all alike); NaN at a pixel that
 * has none.
 */
function certainty({ membership }: GateGround, name: "membership" | "entropy"): ((pixel: number) => number) | Refusal {
  if (membership === undefined) return refuse("missing", `The classes have no membership, so there is no ${name}.`);
  const { classes, data } = membership;
  const most = log(Math.max(2, classes));
  return (pixel) => {
    let highest = 0;
    let entropy = 0;
    for (let j = pixel * classes; j < (pixel + 1) * classes; j++) {
      const p = data[j]!;
      highest = Math.max(highest, p);
      if (p > 0) entropy -= p * log(p);
    }
    if (highest === 0) return Number.NaN;
    return name === "membership" ? highest : entropy / most;
  };
}

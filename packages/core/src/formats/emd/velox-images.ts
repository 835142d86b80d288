/** Pictures of Velox files: detectors' images and element maps, kept as y, x, frame. */
import { isSigmaError, throwIfAborted } from "../../errors.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { pictureData } from "../arrays/array-images.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import { numberAt, type Tree, textAt } from "../hyperspy/metadata-tree.js";
import { tryJson } from "./velox-metadata.js";

const LARGEST_PICTURE = 1 << 26;

/** All pictures, each the mean of its frames. What cannot be read is noted in `problems`. */
export async function readVeloxImages(
  root: Hdf5Group,
  fileName: string,
  problems: string[],
  signal: AbortSignal | undefined,
): Promise<NavigationImage[]> {
  const group = await root.group("Data/Image");
  if (group === undefined) return [];
  const labels = await imageLabels(root, fileName, problems);
  const images: NavigationImage[] = [];
  for (const name of group.names) {
    throwIfAborted(signal);
    try {
      const entry = await group.group(name);
      const data = await entry?.dataset("Data");
      if (entry === undefined || data === undefined) continue;
      const tree = await tryJson(entry, "Metadata", fileName, problems);
      const label = labels.get(name) ?? textAt(tree, "BinaryResult", "Detector") ?? name;
      const image = await readImage(data, label, pixelSize(tree), signal);
      if (image === undefined) problems.push(`The picture ${label} is of a form that is not read (${data.shape.join(" x ")}).`);
      else images.push(image);
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push(error.message);
    }
  }
  return images;
}

async function readImage(
  data: Hdf5Dataset,
  name: string,
  pixelSizeUm: NavigationImage["pixelSizeUm"],
  signal: AbortSignal | undefined,
): Promise<NavigationImage | undefined> {
  const [height = 0, width = 0, frames = 1] = data.shape;
  if (!data.isNumeric || data.shape.length < 2 || data.shape.length > 3 || height * width < 1 || height * width > LARGEST_PICTURE)
    return undefined;
  if (data.shape.length === 2 || frames === 1) {
    return { name, width, height, data: pictureData(await data.numbers()), pixelSizeUm };
  }
  const mean = new Float64Array(height * width);
  for (let f = 0; f < frames; f++) {
    throwIfAborted(signal);
    const frame = await data.numbers([0, 0, f], [height, width, 1], signal);
    for (let i = 0; i < mean.length; i++) mean[i]! += frame[i]!;
  }
  for (let i = 0; i < mean.length; i++) mean[i]! /= frames;
  return { name, width, height, data: mean, pixelSizeUm };
}

function pixelSize(tree: Tree): readonly [number, number] | undefined {
  const x = numberAt(tree, "BinaryResult", "PixelSize", "width");
  const y = numberAt(tree, "BinaryResult", "PixelSize", "height");
  if (textAt(tree, "BinaryResult", "PixelUnitX") !== "m" || !x || !y || x < 0 || y < 0) return undefined;
  return [x * 1e6, y * 1e6];
}

/** Names of pictures by their id: Velox shows them under a title, which for element maps is the element. */
async function imageLabels(root: Hdf5Group, fileName: string, problems: string[]): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  for (const path of ["Displays/ImageDisplay", "Presentation/Displays/ImageDisplay"]) {
    const displays = await root.group(path);
    for (const name of displays?.names ?? []) {
      const display = await tryJson(displays!, name, fileName, problems);
      const label = textAt(display, "title") ?? textAt(display, "display", "label");
      const reference = textAt(display, "data");
      const target =
        textAt(display, "dataPath") ??
        (reference === undefined ? undefined : await dataPath(root, reference, fileName, problems));
      const id = target?.split("/").at(-1);
      if (label !== undefined && id !== undefined && id !== "") labels.set(id, label);
    }
  }
  return labels;
}

async function dataPath(root: Hdf5Group, reference: string, fileName: string, problems: string[]): Promise<string | undefined> {
  return textAt(await tryJson(root, reference, fileName, problems), "dataPath");
}

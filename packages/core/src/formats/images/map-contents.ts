import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import { imagesFormat } from "./images-format.js";

const HEAD = 4096;

/** Whether a file is a picture, table or array, of which a folder of maps may consist: by its content, else by its extension. */
export async function isPictureFile(source: ByteSource, options: OpenOptions = {}): Promise<boolean> {
  const head = await source.read(0, Math.min(HEAD, source.size), options.signal);
  return imagesFormat.detect(head, source.name) !== "no";
}

/** The pictures of a folder as one image of element maps named `title`; throws what {@link openMaps} and {@link imageOfMaps} throw. */
export async function openMapFolder(
  sources: readonly ByteSource[],
  title: string,
  options: OpenOptions = {},
): Promise<FileContents> {
  const [{ openMaps }, { imageOfMaps }] = await mapReading();
  const set = await openMaps(sources, options);
  return { format: imagesFormat.id, datasets: [imageOfMaps(set, title)], images: [] };
}

/** What a file of pictures alone holds, with its element maps as a dataset where at least two of its pictures show elements; else as it is. */
export async function withMapsAsDataset(contents: FileContents, title: string): Promise<FileContents> {
  const { datasets, images, findings = [] } = contents;
  if (datasets.length > 0 || images.length < 2) return contents;
  const [{ mapSetOf }, { imageOfMaps }, { roleOfPicture }] = await mapReading();
  if (images.filter(({ name }) => roleOfPicture(name).kind === "element").length < 2) return contents;
  return { ...contents, datasets: [imageOfMaps(mapSetOf(images, findings), title)], images: [], findings: [] };
}

/** Loaded when there are pictures: most files hold a spectrum image, and names of maps need the tables of X-ray lines. */
function mapReading() {
  return Promise.all([import("./open-maps.js"), import("./image-of-maps.js"), import("./map-names.js")]);
}

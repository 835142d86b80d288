/** Pictures of H5OINA files: electron images, maps of elements, maps of an EBSD acquisition. Each is a column of height x width values. */
import { isSigmaError, throwIfAborted } from "../../errors.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { pictureData } from "../arrays/array-images.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import { numberAt, type Tree } from "../hyperspy/metadata-tree.js";
import { cells } from "./h5oina-header.js";

const MOST_BYTES = 512 * 1024 * 1024;

/** Groups of `Data` of an EDS acquisition that hold one map per element or line. */
const ELEMENT_MAPS = ["Window Integral", "Peak Area", "Composition", "Composition Sigma", "Apparent Concentration", "K Ratio"];
const ELECTRON_IMAGES = ["SE", "BSE", "FSE", "FSD"];
const EBSD_MAPS = ["Phase", "Band Contrast"];

/** Pictures as they are read, with what was left out. */
export class PictureReading {
  readonly problems: string[] = [];
  readonly #signal: AbortSignal | undefined;
  #bytesLeft = MOST_BYTES;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Maps of elements of an EDS acquisition, named for their group and element, for example `Window Integral Al Ka1`. */
  async elementMaps(data: Hdf5Group, header: Tree): Promise<NavigationImage[]> {
    const images: NavigationImage[] = [];
    for (const kind of ELEMENT_MAPS) images.push(...(await this.#all(await data.group(kind), kind, header)));
    return images;
  }

  async electronImages(data: Hdf5Group, header: Tree): Promise<NavigationImage[]> {
    const images: NavigationImage[] = [];
    for (const kind of ELECTRON_IMAGES) images.push(...(await this.#all(await data.group(kind), kind, header)));
    return images;
  }

  async ebsdMaps(data: Hdf5Group, header: Tree): Promise<NavigationImage[]> {
    const images: NavigationImage[] = [];
    for (const name of EBSD_MAPS) {
      const dataset = await data.dataset(name);
      if (dataset !== undefined) images.push(...(await this.#one(dataset, `EBSD ${name}`, header)));
    }
    return images;
  }

  async #all(group: Hdf5Group | undefined, kind: string, header: Tree): Promise<NavigationImage[]> {
    const images: NavigationImage[] = [];
    for (const name of group?.names ?? []) {
      const dataset = await group!.dataset(name);
      if (dataset !== undefined)
        images.push(...(await this.#one(dataset, name.startsWith(kind) ? name : `${kind} ${name}`, header)));
    }
    return images;
  }

  async #one(dataset: Hdf5Dataset, name: string, header: Tree): Promise<NavigationImage[]> {
    throwIfAborted(this.#signal);
    const size = cells(header);
    const total = dataset.shape.reduce((product, length) => product * length, 1);
    if (size === undefined || total !== size.height * size.width || !dataset.isNumeric) {
      this.problems.push(`The picture ${name} does not have one number per pixel and was left out.`);
      return [];
    }
    this.#bytesLeft -= total * dataset.type.size;
    if (this.#bytesLeft < 0) {
      this.problems.push(`The picture ${name} was left out: the pictures of the file are larger than ${MOST_BYTES} bytes.`);
      return [];
    }
    try {
      return [
        {
          name,
          ...size,
          data: pictureData(await dataset.numbers(undefined, undefined, this.#signal)),
          pixelSizeUm: pixelSize(header),
        },
      ];
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      this.problems.push(`The picture ${name} was left out: ${error.message}`);
      return [];
    }
  }
}

function pixelSize(header: Tree): readonly [number, number] | undefined {
  const x = numberAt(header, "X Step");
  const y = numberAt(header, "Y Step");
  return x !== undefined && y !== undefined && x > 0 && y > 0 ? [x, y] : undefined;
}

import { basename } from "node:path";
import {
  DataCheckError,
  type FileContents,
  type InputFile,
  mosaicImage,
  type NavigationImage,
  type OpenOptions,
  type SpectrumImage,
  stackImages,
  tileOrder,
} from "@sigma-eds/core";
import { chooseDataset, type OpenInput, openInput } from "./input.js";
import type { ImageJoin } from "./join-options.js";

/** The spectrum image that a run works on, from one file or from several joined into one. */
export interface OpenImage {
  readonly image: SpectrumImage;
  /** For titles: the name of the file, or of the first one and how many there are. */
  name(files: readonly InputFile[]): string;
  /** SHA-256 of every file that was opened, in the order in which they were joined. */
  hashes(): Promise<InputFile[]>;
  close(): Promise<void>;
}

export interface ImageChoice extends OpenOptions {
  /** Which spectrum image of each file. */
  readonly dataset: number;
  /** How several files become one image; `undefined` for one file. */
  readonly join: ImageJoin | undefined;
  /** Files with pictures of the same field, to be joined to those of the image. */
  readonly pictures?: readonly string[] | undefined;
}

/**
 * Opens the files and takes the chosen dataset of each. Several become one image: a stack in the order given, a mosaic in the order of their names.
 * Throws what `openInput`, `stackImages` and `mosaicImage` throw.
 */
export async function openImage(
  given: readonly string[],
  { dataset, join, pictures = [], ...options }: ImageChoice,
): Promise<OpenImage> {
  const paths = join?.as === "mosaic" ? tileOrder(given.map((path) => basename(path))).map((i) => given[i]!) : given;
  const inputs: OpenInput[] = [];
  const close = async (): Promise<void> => {
    for (const input of inputs) await input.close();
  };
  try {
    const images: SpectrumImage[] = [];
    for (const path of paths) {
      const input = await openInput(path, options);
      inputs.push(input);
      images.push(chooseDataset(input.contents, dataset, path));
    }
    const added: NavigationImage[] = [];
    for (const path of pictures) {
      const input = await openInput(path, { signal: options.signal, axes: options.axes });
      inputs.push(input);
      added.push(...picturesOf(input.contents, path));
    }
    return {
      image: withPictures(await joinedImage(images, join, options.signal), added),
      name: (files) => (join !== undefined ? `${files[0]!.name} and ${paths.length - 1} more` : files[0]!.name),
      hashes: async () => (await Promise.all(inputs.map((input) => input.hashes()))).flat(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function joinedImage(
  images: readonly SpectrumImage[],
  join: ImageJoin | undefined,
  signal: AbortSignal | undefined,
): Promise<SpectrumImage> {
  if (join === undefined) return images[0]!;
  if (join.as === "stack") return stackImages(images).image;
  return (await mosaicImage(images, join.options, { signal })).image;
}

function picturesOf({ images, datasets }: FileContents, path: string): readonly NavigationImage[] {
  const all = [...images, ...datasets.flatMap((dataset) => dataset.images)];
  if (all.length > 0) return all;
  throw new DataCheckError("The file holds no picture.", {
    where: path,
    expected: "a TIFF, PNG, JPEG, .npy or table of numbers",
  });
}

/** Throws {@link DataCheckError} when a picture would have a name that is taken: recipes choose pictures by name. */
function withPictures(image: SpectrumImage, added: readonly NavigationImage[]): SpectrumImage {
  if (added.length === 0) return image;
  const images = [...image.images, ...added];
  const names = images.map(({ name }) => name);
  const twice = added.find(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice === undefined) return { ...image, images };
  throw new DataCheckError("A picture that was added has a name that another has.", {
    where: "--add-image",
    found: twice.name,
    remedy: "Rename its file.",
  });
}

import { type InputFile, type OpenOptions, type SpectrumImage, stackImages } from "@sigma-eds/core";
import { UsageError } from "./exit-codes.js";
import { chooseDataset, type OpenInput, openInput } from "./input.js";

/** The spectrum image that a run works on, from one file or from several as one stack. */
export interface OpenImage {
  readonly image: SpectrumImage;
  /** For titles: the name of the file, or of the first one and how many there are. */
  name(files: readonly InputFile[]): string;
  /** SHA-256 of every file that was opened, in the order of the command line. */
  hashes(): Promise<InputFile[]>;
  close(): Promise<void>;
}

export interface ImageChoice extends OpenOptions {
  /** Which spectrum image of each file. */
  readonly dataset: number;
  readonly stack: boolean;
}

/**
 * Opens the files and takes the chosen dataset of each. Several become one image with a new slowest axis. Throws {@link UsageError} for several files
 * without `stack` and for one file with it, and what `openInput` and `stackImages` throw.
 */
export async function openImage(paths: readonly string[], { dataset, stack, ...options }: ImageChoice): Promise<OpenImage> {
  if (paths.length > 1 && !stack) {
    throw new UsageError(`${paths.length} files were given: run them one by one, or join them into one image with --stack.`);
  }
  if (paths.length === 1 && stack) throw new UsageError("--stack needs at least two files.");
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
    return {
      image: stack ? stackImages(images).image : images[0]!,
      name: (files) => (stack ? `${files[0]!.name} and ${paths.length - 1} more` : files[0]!.name),
      hashes: async () => (await Promise.all(inputs.map((input) => input.hashes()))).flat(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A result to compare with, from a file: the zip of a result's folder, or a session file. */
import { type ComparedResult, FormatError, readResultArchive, readSessionArchive } from "@sigma-eds/core";
import type { Grid } from "../worker/engine-protocol.js";
import type { SavedSession } from "./saved-page.js";

/** `grid`: of what is open; a session file tells no shape, so one of as many pixels is taken to be of the same field. Throws {@link FormatError}. */
export async function resultOfFile(name: string, bytes: Uint8Array, grid: Grid): Promise<ComparedResult> {
  if (!/\.sigma$/i.test(name)) return readResultArchive(bytes, name);
  const { page, run } = (await readSessionArchive(bytes, name)) as Partial<SavedSession>;
  const known = run?.states.at(-1)?.known;
  if (known?.labels === undefined || page === undefined) {
    throw new FormatError("The session holds no classes.", {
      where: name,
      remedy: "Save the session after its phases were found, or choose the zip of a result.",
    });
  }
  const { labels, classes, classSpectra } = known;
  const { width, height, frames } = grid;
  const isSameSize = labels.length === width * height * frames;
  const shape = isSameSize ? (frames > 1 ? [frames, height, width] : [height, width]) : [labels.length];
  return { labels, shape, classes, spectra: classSpectra, recipe: page.shownRecipe ?? page.recipe };
}

import { type StandardEntry, standardOfFile } from "@sigma-eds/core";
import { openFiles } from "./input-files.js";

/** Each file as a standard, in the order given: all of them, or what is wrong with the first that cannot be one. */
export async function standardsOf(files: readonly File[]): Promise<StandardEntry[]> {
  const { signal } = new AbortController();
  const standards: StandardEntry[] = [];
  for (const file of files) {
    const { contents } = await openFiles([file], signal);
    standards.push(await standardOfFile(contents, file.name, signal));
  }
  return standards;
}

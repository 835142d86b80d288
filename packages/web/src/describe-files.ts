import { bytesOfBlob, isSigmaError, openFile } from "@sigma-eds/core";

/** What the first of the chosen files holds, in words; the others are its set. A file that cannot be read gives the reason. */
export async function describeFiles(files: readonly File[]): Promise<string> {
  const [first, ...others] = files;
  if (first === undefined) return "No file was chosen.";
  const siblings = others.map((file) => bytesOfBlob(file.name, file));
  try {
    const contents = await openFile(bytesOfBlob(first.name, first, siblings));
    return contents.datasets
      .map(({ title, counts, metadata }) => {
        const elements = metadata.elements.length > 0 ? `, elements ${metadata.elements.join(" ")}` : "";
        return `${title || first.name}: ${[...counts.navigationShape, counts.channels].join(" x ")}${elements}`;
      })
      .join("\n");
  } catch (error) {
    if (isSigmaError(error)) return error.message;
    throw error;
  }
}

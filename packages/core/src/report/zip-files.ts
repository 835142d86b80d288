import type { ResultFile } from "./result-files.js";

/**
 * One zip of a result's files, in their order, for hosts that hand over a single file. The same files give the same bytes: nothing of the clock is in it.
 * Pictures that are compressed already are stored as they are.
 */
export async function zipFiles(files: readonly ResultFile[]): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  const entries = files.map(({ path, bytes }) => [path, [bytes, { level: /\.png$/.test(path) ? 0 : 6 }]] as const);
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0], { mtime: "1980-01-01T00:00:00" });
}

/** Files that appear together and whole: each is written under another name beside its place, and all get their names at the end. */
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { OutputConflictError, type WrittenFile } from "@sigma-eds/core";

export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes files into a folder, which is made if need be. When the work fails or is stopped nothing is left, and what was there before is untouched.
 * Throws {@link OutputConflictError} when one of the names is taken and `overwrite` is false, or taken by a folder.
 */
export async function writeFiles(folder: string, files: readonly WrittenFile[], overwrite: boolean): Promise<OutputFile[]> {
  const target = resolve(folder);
  for (const { name } of files) await checkFree(join(target, name), overwrite);
  await mkdir(target, { recursive: true });
  const temporary = await mkdtemp(join(target, ".sigma-partial-"));
  try {
    const written: OutputFile[] = [];
    for (const { name, content } of files) {
      await writeFile(join(temporary, name), content);
      written.push({ path: join(folder, name), bytes: (await stat(join(temporary, name))).size });
    }
    for (const { name } of files) await checkFree(join(target, name), overwrite);
    for (const { name } of files) await rename(join(temporary, name), join(target, name));
    return written;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Throws {@link OutputConflictError} when a path is taken; with `overwrite` only when a folder has it. */
export async function checkFree(path: string, overwrite: boolean): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined || (overwrite && found.isFile())) return;
  throw new OutputConflictError(found.isFile() ? "The output file exists." : "A folder has the name of the output file.", {
    where: join(dirname(path), basename(path)),
    remedy: found.isFile() ? "Choose another name, or replace it with --overwrite." : "Choose another name.",
  });
}

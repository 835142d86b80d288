import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { OutputConflictError } from "@sigma-eds/core";

/**
 * A folder that appears whole or not at all: files go to a temporary folder beside it, which gets the final name at the end.
 * When the work fails or is stopped, the temporary folder is removed and what was there before is untouched.
 */
export interface OutputFolder {
  /** Writes a file; `path` is relative, with `/` between folders. */
  write(path: string, content: Uint8Array | string | AsyncIterable<Uint8Array>): Promise<void>;
  /** Gives the folder its name. */
  commit(): Promise<void>;
  /** Removes everything written so far. Does nothing after `commit`. */
  discard(): Promise<void>;
}

export interface OutputOptions {
  /** Replace a folder that an earlier run wrote (it holds `marker`). Anything else is never replaced. */
  readonly overwrite: boolean;
  /** File by which a folder is known as ours. */
  readonly marker: string;
}

/** Prepares to write `folder`. Throws {@link OutputConflictError} at once when it could not be put there in the end. */
export async function openOutputFolder(folder: string, options: OutputOptions): Promise<OutputFolder> {
  const target = resolve(folder);
  await checkTarget(target, options);
  await mkdir(dirname(target), { recursive: true });
  const temporary = await mkdtemp(join(dirname(target), `.${basename(target)}.partial-`));
  let committed = false;
  return {
    async write(path, content) {
      const file = join(temporary, ...path.split("/"));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    },
    async commit() {
      await checkTarget(target, options);
      const old = (await exists(target)) ? `${temporary}-old` : undefined;
      if (old !== undefined) await rename(target, old);
      await rename(temporary, target);
      committed = true;
      if (old !== undefined) await rm(old, { recursive: true, force: true });
    },
    async discard() {
      if (!committed) await rm(temporary, { recursive: true, force: true });
    },
  };
}

async function checkTarget(target: string, { overwrite, marker }: OutputOptions): Promise<void> {
  if (!(await exists(target))) return;
  if (!(await stat(target)).isDirectory()) {
    throw new OutputConflictError("A file has the name of the output folder.", {
      where: target,
      remedy: "Choose another folder with --out.",
    });
  }
  const entries = await readdir(target);
  if (entries.length === 0) return;
  if (!entries.includes(marker)) {
    throw new OutputConflictError("The output folder holds files that no earlier run wrote; they are left alone.", {
      where: target,
      found: entries.slice(0, 3).join(", "),
      remedy: "Choose another folder with --out.",
    });
  }
  if (!overwrite) {
    throw new OutputConflictError("The output folder holds an earlier result.", {
      where: target,
      remedy: "Choose another folder with --out, or replace it with --overwrite.",
    });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
